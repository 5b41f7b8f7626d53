import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";

/**
 * Takes the state directory for this process; false when another launcher has it. Two systems on one state would both
 * believe that they alone own a record's Durable Object. The lock is a listening socket, because the operating system
 * ends it with the process, whatever kills that. Where the path cannot be one (too long, Windows) there is no lock.
 */
export async function lockState(lockFile: string): Promise<boolean> {
  if (await isAnswered(lockFile)) return false;
  rmSync(lockFile, { force: true });
  const lock = createServer((visitor) => visitor.end());
  lock.on("error", () => {});
  lock.listen(lockFile).unref();
  return true;
}

async function isAnswered(lockFile: string): Promise<boolean> {
  const socket = connect(lockFile);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
