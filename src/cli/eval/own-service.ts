import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onStopRequest } from "../stop-signals.ts";
import { fail, ok, type Result } from "../../result.ts";

/** A service that runs for this evaluation alone. */
export interface OwnService {
  origin: string;
  stop: () => Promise<void>;
}

/** What a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130;
/** The service may still write while it is told to end; each retry waits a tenth of a second longer. */
const REMOVE_RETRIES = 5;

const LAUNCHER = join(import.meta.dirname, "../start.mjs");

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

/**
 * Runs what `npm start` runs, on a free port and with a state that is deleted afterwards; the environment, such as
 * `LOCAL_VLM_URL`, is passed on. A sentence when it does not become ready: the launcher has a time limit of its own.
 */
export async function startOwnService(): Promise<Result<OwnService, string>> {
  const port = await findFreePort();
  const stateDir = mkdtempSync(join(tmpdir(), "morsel-eval-"));
  const launcher = spawn(process.execPath, [LAUNCHER], {
    env: { ...process.env, PORT: String(port), MORSEL_STATE_DIR: stateDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(launcher, "exit");
  let output = "";
  for (const stream of [launcher.stdout, launcher.stderr]) stream.on("data", (text) => (output += String(text)));
  const removeState = () => rmSync(stateDir, { recursive: true, force: true, maxRetries: REMOVE_RETRIES });
  const stop = async (): Promise<void> => {
    launcher.kill("SIGTERM");
    await ended;
    removeState();
  };
  // Miniflare ends the process at a signal on its own, so nothing that takes time can follow it.
  process.on("exit", () => launcher.kill("SIGTERM") && removeState());
  onStopRequest(() => process.exit(INTERRUPTED));
  const origin = `http://localhost:${port}`;
  const isReady = await new Promise<boolean>((resolve) => {
    launcher.stdout.on("data", () => output.includes(`Morsel is ready on ${origin}`) && resolve(true));
    void ended.then(() => resolve(false));
  });
  if (isReady) return ok({ origin, stop });
  await stop();
  return fail(`The service did not start: ${output.trim()}`);
}
