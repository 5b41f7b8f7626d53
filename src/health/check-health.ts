import type { ModelState } from "../analysis/model-states.ts";
import { MINUTE_MS } from "../time.ts";

/** How long a dependency may take to respond before it counts as down. */
const PATIENCE_MS = 3_000;

/**
 * The endpoint is public, and must not cause storage calls on every request: results are cached for this long. Failures
 * are checked again sooner.
 */
const REMEMBER_WELL_MS = 5_000;
const REMEMBER_ILL_MS = 1_000;

/** What is looked at, each by the cheapest thing that it can be asked. A record's object has nothing so cheap. */
export interface HealthCheckPorts {
  /** How many migrations the database has. */
  appliedMigrations(): Promise<number>;
  reachPhotos(): Promise<unknown>;
  reachQueue(): Promise<unknown>;
  /** The models that failed recently; none is called for this check. */
  modelsInTrouble(): Promise<ModelState[]>;
  neededMigrations: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

export const DEPENDENCIES = ["database", "photos", "queue"] as const;
type Dependency = (typeof DEPENDENCIES)[number];

/** The response of a dependency: its time in milliseconds, or a failure. */
export type Reached = { isWell: true; latencyMs: number } | { isWell: false };

export interface Health {
  /** Unix milliseconds. */
  checkedAt: number;
  dependencies: Record<Dependency, Reached>;
  /** `applied` is null when the database did not say. */
  migrations: { applied: number | null; needed: number };
  /** Models, and the Images binding, in trouble; none when the database did not say. */
  models: readonly ModelState[];
}

/** A busy model is an everyday thing, until it goes on for so long. */
const BUSY_TOO_LONG_MS = 5 * MINUTE_MS;

const keepsAnalysesWaiting = ({ kind, since, lastAt }: ModelState): boolean =>
  kind !== "busy" || lastAt - since >= BUSY_TOO_LONG_MS;

/**
 * Whether analyses wait for something that an operator should know about. The service is still healthy then: it accepts
 * photos, responds and sends webhooks as usual, and nothing would improve if a load balancer took it out of rotation.
 */
export const isDegraded = ({ models }: Health): boolean => models.some(keepsAnalysesWaiting);

/**
 * Whether the service can do its work. More migrations than it needs are those of a newer one, which is being deployed.
 */
export const isWell = ({ dependencies, migrations }: Health): boolean =>
  DEPENDENCIES.every((name) => dependencies[name].isWell) && (migrations.applied ?? 0) >= migrations.needed;

/** What is wrong, one sentence each. */
export function whatIsWrong({ dependencies, migrations }: Health): string {
  const down = DEPENDENCIES.filter((name) => !dependencies[name].isWell).map((name) => `The ${name} did not respond.`);
  const { applied, needed } = migrations;
  const behind =
    applied !== null && applied < needed
      ? [`The database has ${applied} of ${needed} migrations: run npx wrangler d1 migrations apply morsel --remote.`]
      : [];
  return [...down, ...behind].join(" ");
}

interface Asked<Answer> {
  reached: Reached;
  answer: Answer | null;
}

async function ask<Answer>(question: () => Promise<Answer>, { now, sleep }: HealthCheckPorts): Promise<Asked<Answer>> {
  const started = now();
  const late = sleep(PATIENCE_MS).then(() => {
    throw new Error("no response in time");
  });
  try {
    const answer = await Promise.race([question(), late]);
    return { reached: { isWell: true, latencyMs: now() - started }, answer };
  } catch {
    return { reached: { isWell: false }, answer: null };
  }
}

async function look(ports: HealthCheckPorts): Promise<Health> {
  const [database, photos, queue, models] = await Promise.all([
    ask(() => ports.appliedMigrations(), ports),
    ask(() => ports.reachPhotos(), ports),
    ask(() => ports.reachQueue(), ports),
    ask(() => ports.modelsInTrouble(), ports),
  ]);
  return {
    checkedAt: ports.now(),
    dependencies: { database: database.reached, photos: photos.reached, queue: queue.reached },
    migrations: { applied: database.answer, needed: ports.neededMigrations },
    models: models.answer ?? [],
  };
}

/**
 * Looks at the dependencies, at most once in a while, however often it is asked. What is remembered is what was found,
 * never a look in progress: a Worker's request cannot wait for the input and output of another.
 */
export function createHealthCheck(ports: HealthCheckPorts): () => Promise<Health> {
  let latest: Health | null = null;
  return async () => {
    if (latest !== null) {
      const rememberMs = isWell(latest) ? REMEMBER_WELL_MS : REMEMBER_ILL_MS;
      if (ports.now() < latest.checkedAt + rememberMs) return latest;
    }
    latest = await look(ports);
    return latest;
  };
}
