import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  environmentOfAUser,
  isLauncher,
  killIfAlive,
  processTree,
  type RunningProcess,
} from "../support/node/processes.ts";
import { waitUntil } from "../support/node/wait-until.ts";

const ROOT = join(import.meta.dirname, "../..");
/** A start takes 5 to 20 s beside a load; the launcher itself gives up 50 s after the migrations. */
const READY_TIMEOUT_MS = 240_000;
/** wrangler has another workerd running after 1 to 2 s. */
const REPLACED_TIMEOUT_MS = 60_000;
/** The processes of a launcher that is gone notice at once. */
const GONE_TIMEOUT_MS = 60_000;
const HEALTH_TIMEOUT_MS = 2000;
const POLL_MS = 50;
/** On a machine that is busy with other things several starts may take longer than the launcher waits. */
const ATTEMPTS = 8;

/** The workerd that runs the Worker: it listens on a port that nobody knows … */
const IS_WORKER = /workerd serve .*--socket-addr=entry=127\.0\.0\.1:/;

/** A real `npm start` on a port and a state of its own, started as often as it is killed. */
export interface Service {
  origin: string;
  /** Starts it, and resolves when it is ready; throws when it is not in time. */
  start(): Promise<void>;
  /** Begins a start, and does not wait for it. */
  beginStart(): void;
  /** `kill -9` of the workerd that runs the Worker, which wrangler replaces; false when there was none. */
  killWorkerd(): boolean;
  /** `kill -9` of the launcher alone: its processes notice and go. */
  killLauncher(): Promise<boolean>;
  /** `kill -9` of everything. */
  killTree(): Promise<void>;
  /** The same, for good: nothing of it is started any more. */
  stop(): Promise<void>;
  /** Resolves with whether it answers again after its workerd was killed. */
  isBack(): Promise<boolean>;
}

/** One run of `npm start`. */
interface Npm {
  pid: number;
  output: () => string;
  /** Resolves once nobody holds its output any more: when all of its processes are gone. */
  ended: Promise<unknown>;
}

function launch(environment: Record<string, string>): Npm {
  const npm = spawn("npm", ["start"], { cwd: ROOT, detached: true, env: { ...environmentOfAUser(), ...environment } });
  if (npm.pid === undefined) throw new Error("npm could not be run");
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  return { pid: npm.pid, output: () => output, ended: once(npm, "close") };
}

/** `environment` is what `npm start` gets besides its port and its state. */
export function createService(port: number, stateDir: string, environment: Record<string, string>): Service {
  const origin = `http://localhost:${port}`;
  let npm: Npm | null = null;
  let isStopped = false;

  const processes = (): RunningProcess[] => (npm === null ? [] : processTree(npm.pid));
  const isHealthy = (): Promise<boolean> =>
    fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) }).then(
      (response) => response.ok,
      () => false,
    );

  const begin = (): Npm => (npm = launch({ ...environment, PORT: String(port), MORSEL_STATE_DIR: stateDir }));

  /** Kills who was there, and waits until they are gone. */
  async function end(victims: readonly RunningProcess[]): Promise<void> {
    for (const { pid } of victims) killIfAlive(pid);
    await npm?.ended;
    npm = null;
  }

  async function start(): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (isStopped) break;
      const { output, ended } = begin();
      const ready = waitUntil(() => output().includes(`Morsel is ready on ${origin}\n`), READY_TIMEOUT_MS);
      if (await Promise.race([ready, ended.then(() => false)])) return;
      process.stderr.write(`npm start did not become ready (attempt ${attempt}):\n${output()}\n`);
      await end(processes());
    }
    throw new Error("npm start does not become ready");
  }

  return {
    origin,
    start,
    beginStart: () => void begin(),
    killWorkerd() {
      const worker = processes().find(({ command }) => IS_WORKER.test(command));
      if (worker !== undefined) killIfAlive(worker.pid);
      return worker !== undefined;
    },
    async killLauncher() {
      const all = processes();
      const launcher = all.find(isLauncher);
      if (launcher === undefined) return false;
      killIfAlive(launcher.pid);
      const ended = Promise.resolve(npm?.ended).then(() => true);
      const gone = await Promise.race([ended, sleep(GONE_TIMEOUT_MS, false, { ref: false })]);
      if (!gone) await end(all);
      npm = null;
      return gone;
    },
    killTree: () => end(processes()),
    stop() {
      isStopped = true;
      return end(processes());
    },
    async isBack() {
      const deadline = Date.now() + REPLACED_TIMEOUT_MS;
      while (Date.now() < deadline) {
        if (await isHealthy()) return true;
        await sleep(POLL_MS);
      }
      return false;
    },
  };
}
