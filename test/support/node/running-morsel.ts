import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  environmentOfAUser,
  findFreePort,
  isLauncher,
  killIfAlive,
  processTree,
  type RunningProcess,
} from "./processes.ts";
import { waitUntil } from "./wait-until.ts";

/** Where `npm start` runs and what the printed lines are relative to. */
export const ROOT = join(import.meta.dirname, "../../..");
const READY_TIMEOUT_MS = 120_000;

/** A real `npm start` on a port and a state of its own. */
export interface RunningMorsel {
  port: number;
  stateDir: string;
  origin: string;
  npmPid: number;
  /** Everything that it and npm have printed. */
  output: () => string;
  /** npm, the shell, the launcher, wrangler, workerd. */
  processes: () => RunningProcess[];
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
  const launcher = morsel.processes().find(isLauncher);
  if (launcher === undefined) throw new Error("the launcher does not run");
  process.kill(launcher.pid, "SIGKILL");
  return morsel.ended;
}
