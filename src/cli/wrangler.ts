import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { errorToShow } from "./error-line.ts";
import { type Layout, shown } from "./layout.ts";

/** How long wrangler may take to stop on its own before it is killed; it needs 0.05 s when nothing is wrong. */
const STOP_GRACE_MS = 2000;

/** After this line wrangler waits for someone to fix the source. */
const BUILD_FAILED = "Build failed with";

/** Offline and quiet: no version check, no telemetry, no look-up of `request.cf`, no log files outside the project. */
const QUIET_ENVIRONMENT = {
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_WRITE_LOGS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  // A stray .env of the user's would otherwise become variables of the Worker.
  CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
  X_LOCAL_EXPLORER: "false",
  // Its traces make a call of a Durable Object twenty times dearer and fill the disk.
  X_LOCAL_OBSERVABILITY: "false",
  FORCE_COLOR: "0",
};

/** One running wrangler and what it has started. */
export interface Wrangler {
  /** Its exit code, null when it was killed. */
  ended: Promise<number | null>;
  /** It has ended, or its source does not build. */
  isBroken: () => boolean;
  /** Resolves when no process of its group is left. */
  stop: () => Promise<void>;
}

/**
 * Starts wrangler in a process group of its own, so that Ctrl-C reaches the launcher alone, which then stops it in
 * order. What it prints goes into the log, and errors to the terminal too. The pipe to its standard input is for
 * `child-guard.mjs`.
 */
export function startWrangler(layout: Layout, args: string[]): Wrangler {
  const guard = pathToFileURL(join(import.meta.dirname, "child-guard.mjs")).href;
  const program = join(layout.root, "node_modules/wrangler/bin/wrangler.js");
  const child = spawn(process.execPath, ["--import", guard, program, ...args], {
    cwd: layout.root,
    detached: true,
    // Where wranglers find each other; by default all projects of the machine share one place.
    env: { ...process.env, ...QUIET_ENVIRONMENT, WRANGLER_REGISTRY_PATH: layout.registryDir },
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  let buildFailed = false;
  let lastError: string | null = null;
  const report = (line: string) => {
    appendFileSync(layout.logFile, `${line}\n`);
    buildFailed ||= line.includes(BUILD_FAILED);
    const error = errorToShow(line);
    // One that comes with every request is shown once.
    if (error === null || error === lastError) return;
    lastError = error;
    process.stderr.write(`${error} (more in ${shown(layout, layout.logFile)})\n`);
  };
  for (const output of [child.stdout, child.stderr])
    createInterface(output).on("line", (line) => report(stripVTControlCharacters(line)));
  return {
    ended,
    isBroken: () => hasEnded || buildFailed,
    stop: async () => {
      child.kill("SIGTERM");
      const patience = setTimeout(() => killGroup(child.pid), STOP_GRACE_MS);
      await ended;
      clearTimeout(patience);
      killGroup(child.pid);
    },
  };
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, "SIGKILL");
  } catch {
    // ESRCH: no one is left, as it should be.
  }
}
