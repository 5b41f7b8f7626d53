import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

export interface RunningProcess {
  pid: number;
  command: string;
}

/** The process and all its descendants, parents first. */
export function processTree(rootPid: number): RunningProcess[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).matchAll(
    /^ *(\d+) +(\d+) (.*)$/gm,
  );
  const all = [...rows].map(([, pid, parent, command]) => ({
    pid: Number(pid),
    parent: Number(parent),
    command: command ?? "",
  }));
  const tree = all.filter(({ pid }) => pid === rootPid);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

export function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went with its parent.
  }
}

/** The program that `npm start` runs. */
export const isLauncher = ({ command }: RunningProcess): boolean => /^\S*node src\/cli\/start\.mjs$/.test(command);

/** A script runner's own variables would change how npm and wrangler behave. */
export function environmentOfAUser(): NodeJS.ProcessEnv {
  const foreign = /^(npm_|VITEST|NODE_ENV$|TEST$|FORCE_COLOR$|NO_COLOR$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** Resolves with the port if nobody listens on it, rejects otherwise; without one, with any free port. */
export async function findFreePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}
