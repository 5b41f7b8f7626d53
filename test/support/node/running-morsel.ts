import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { waitUntil } from "./wait-until.ts";

/** Where `npm start` runs and what the printed lines are relative to. */
export const ROOT = join(import.meta.dirname, "../../..");
const READY_TIMEOUT_MS = 60_000;

interface Process {
  pid: number;
  command: string;
}

/** A real `npm start` on a port and a state of its own. */
export interface RunningMorsel {
  port: number;
  stateDir: string;
  origin: string;
  npmPid: number;
  /** Everything that it and npm have printed. */
  output: () => string;
  /** npm, the shell, the launcher, wrangler, workerd. */
  processes: () => Process[];
  /** npm's exit code, once all of them have let go of the output. */
  ended: Promise<number | null>;
}

/**
 * Runs `npm start` without waiting for anything; the end of the test ends it. Give a state directory and port to start on
 * what another one left.
 */
export async function launchMorsel(
  given: { port?: number | string; stateDir?: string; environment?: Record<string, string> } = {},
): Promise<RunningMorsel> {
  const port = given.port ?? (await findFreePort());
  const stateDir = given.stateDir ?? (await makeStateDir());
  const npm = spawn("npm", ["start"], {
    cwd: ROOT,
    detached: true,
    env: { ...environmentOfAUser(), ...given.environment, PORT: String(port), MORSEL_STATE_DIR: stateDir },
  });
  if (npm.pid === undefined) throw new Error("npm could not be run");
  const npmPid = npm.pid;
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const morsel: RunningMorsel = {
    port: Number(port),
    stateDir,
    origin: `http://localhost:${port}`,
    npmPid,
    output: () => output,
    processes: () => processTree(npmPid),
    ended: once(npm, "close").then(([code]) => code as number | null),
  };
  onTestFinished(() => cutPower(morsel).then(() => {}));
  return morsel;
}

async function makeStateDir(): Promise<string> {
  const stateDir = await mkdtemp(join(tmpdir(), "morsel-"));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  return stateDir;
}

/** Runs `npm start` and resolves when it says that it is ready. */
export async function startMorsel(
  given: { port?: number; stateDir?: string; environment?: Record<string, string> } = {},
): Promise<RunningMorsel> {
  const morsel = await launchMorsel(given);
  const ready = waitUntil(() => morsel.output().includes(`Morsel is ready on ${morsel.origin}\n`), READY_TIMEOUT_MS);
  const outcome = await Promise.race([ready, morsel.ended.then(() => false)]);
  if (!outcome) throw new Error(`npm start did not become ready:\n${morsel.output()}`);
  return morsel;
}

/** Ends it as Ctrl-C in a terminal does, which signals npm, its shell and the launcher alike. */
export function pressCtrlC(morsel: RunningMorsel): Promise<number | null> {
  process.kill(-morsel.npmPid, "SIGINT");
  return morsel.ended;
}

/** A power cut: nothing of it gets to do anything any more. */
export function cutPower(morsel: RunningMorsel): Promise<number | null> {
  for (const { pid } of morsel.processes()) killIfAlive(pid);
  return morsel.ended;
}

/** `kill -9` of the launcher alone. */
export function killLauncher(morsel: RunningMorsel): Promise<number | null> {
  const launcher = morsel.processes().find(({ command }) => /^\S*node src\/cli\/start\.mjs$/.test(command));
  if (launcher === undefined) throw new Error("the launcher does not run");
  process.kill(launcher.pid, "SIGKILL");
  return morsel.ended;
}

/** Resolves with the port if nobody listens on it, rejects otherwise; without one, with any free port. */
export async function findFreePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

/** The test runner's own variables would change how npm and wrangler behave. */
function environmentOfAUser(): NodeJS.ProcessEnv {
  const foreign = /^(npm_|VITEST|NODE_ENV$|TEST$|FORCE_COLOR$|NO_COLOR$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** The process and all its descendants, parents first. */
function processTree(rootPid: number): Process[] {
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

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went with its parent.
  }
}
