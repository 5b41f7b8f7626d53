import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_splitSqlQuery as splitSql } from "wrangler";
import { workerdChildren } from "./process-usage.ts";

export type WorkerOptions = V4WorkerOptions;

export const ROOT = join(import.meta.dirname, "../..");

/** A folder for state, in memory if there is a file system there: a disk's mood would be measured otherwise. */
export function makeStateRoot(): string {
  const prefix = "morsel-bench-";
  try {
    accessSync("/dev/shm", constants.W_OK);
    return mkdtempSync(join("/dev/shm", prefix));
  } catch {
    return mkdtempSync(join(tmpdir(), prefix));
  }
}

/** A workerd of its own with fresh state. */
export interface Server {
  /** Without a trailing slash. */
  origin: string;
  /** workerd's process; null where there is no /proc. */
  pid: number | null;
  /** Where the isolates of a server can be inspected that was started for it. */
  inspectorUrl: () => Promise<URL>;
  stop: () => Promise<void>;
}

/**
 * Starts the first Worker behind HTTP, with the others beside it. Miniflare's own API: `wrangler dev` puts a proxy in
 * front that costs more than the program. A Worker with a `DB` gets the service's tables. To be inspected, it has to be
 * started for that, which costs a little speed.
 */
export async function startServer(
  stateRoot: string,
  workers: WorkerOptions[],
  { inspect = false } = {},
): Promise<Server> {
  const stateDir = mkdtempSync(join(stateRoot, "server-"));
  const others = new Set(workerdChildren());
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers,
      resourcePersistencePath: stateDir,
      // No look-up of `request.cf`, no log lines, and no traces, which make a call of a Durable Object twenty times dearer.
      cf: false,
      logRequests: false,
      unsafeObservability: false,
      telemetry: { enabled: false },
      ...(inspect && { inspectorPort: 0 }),
    }),
  );
  const url = await miniflare.ready;
  if (workers[0]?.d1Databases !== undefined) await migrate(miniflare);
  return {
    origin: url.origin,
    pid: workerdChildren().find((pid) => !others.has(pid)) ?? null,
    inspectorUrl: () => miniflare.getInspectorURL(),
    stop: async () => {
      await miniflare.dispose();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

async function migrate(miniflare: Miniflare): Promise<void> {
  const database = await miniflare.getD1Database("DB");
  const dir = join(ROOT, "migrations");
  const files = readdirSync(dir).filter((name) => name.endsWith(".sql"));
  for (const file of files.sort()) {
    for (const statement of splitSql(readFileSync(join(dir, file), "utf8"))) await database.prepare(statement).run();
  }
}

/** What a server is still busy with after its last answer belongs to that turn, and not to the other side's next. */
const SETTLE_MS = 200;

export const settle = (): Promise<void> => sleep(SETTLE_MS);
