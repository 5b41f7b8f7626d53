import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "smol-toml";
import { type Layout, layOut, pathBetween, shown } from "./layout.ts";
import { createLocalApplication, fetchDemoAuthorization } from "./local-application.ts";
import {
  type ChatServerVars,
  deriveLocalConfig,
  moveConfig,
  type OperationsVars,
  readChatServerVars,
  readOperationsVars,
  type WranglerConfig,
} from "./local-config.ts";
import { findDueMigrations } from "./local-database.ts";
import { lockState } from "./state-lock.ts";
import { onStopRequest } from "./stop-signals.ts";
import { welcomeText } from "./welcome.ts";
import { startWrangler, type Wrangler } from "./wrangler.ts";
import { HOUR_MS } from "../time.ts";

/** A first start takes up to 20 s; a slow machine gets five times that before an error is reported. */
const READY_TIMEOUT_MS = 100_000;
const READY_POLL_MS = 25;
/** wrangler holds requests back while it builds, forever if the build has failed. */
const HEALTH_TIMEOUT_MS = 2000;

/**
 * `wrangler dev` does not fire cron triggers on its own. More often than the cron trigger in wrangler.toml, because the
 * local queue forgets everything when it stops: after a restart the sweep is all that moves an open record.
 */
const SWEEP_INTERVAL_MS = 10_000;
/**
 * At most this many looks in a row, as far apart, that get no response: wrangler lives on without its workerd, and
 * starts no other.
 */
const MAX_UNHEARD_LOOKS = 6;
/** Longer than a busy machine takes. */
const LOOK_TIMEOUT_MS = 10_000;

/** A look back at many days of trying things out, never a full disk. */
const LOG_LIMIT_BYTES = 10_000_000;

/** Well within the 24 hours of a token. */
const RENEWAL_INTERVAL_MS = 12 * HOUR_MS;

const MIGRATION_FAILED = "The local database could not be migrated";

interface ServeOptions {
  root: string;
  /** The folder of everything that is written; two running systems need one each. */
  stateDir: string;
  port: number;
  /** The environment of `npm start`, for the settings that are passed on. */
  environment: Record<string, string | undefined>;
}

/**
 * Starts the whole system and stays until it is told to stop. Resolves with a sentence when it cannot, or no longer,
 * run.
 */
export async function serve({ root, stateDir, port, environment }: ServeOptions): Promise<string | null> {
  const chatServer = readChatServerVars(environment);
  if (typeof chatServer === "string") return chatServer;
  const operations = readOperationsVars(environment);
  if (typeof operations === "string") return operations;
  const layout = layOut(root, stateDir);
  mkdirSync(dirname(layout.lockFile), { recursive: true });
  if (!(await lockState(layout.lockFile)))
    return `Morsel is already running on ${shown(layout, stateDir)}: stop it first, or set MORSEL_STATE_DIR to another folder.`;
  writeLocalConfigs(layout, port, chatServer, operations);
  if ((statSync(layout.logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) rmSync(layout.logFile);

  const running: Wrangler[] = [];
  let stopping: Promise<unknown> | undefined;
  const stop = () => (stopping ??= Promise.all(running.map((wrangler) => wrangler.stop())));
  onStopRequest(() => void stop().then(() => process.exit(0)));

  const start = (args: string[]): Wrangler => {
    const wrangler = startWrangler(layout, args);
    running.push(wrangler);
    return wrangler;
  };
  const reason = await run(layout, port, start).catch((error: Error) => error.message);
  // Errors after a requested shutdown are irrelevant; the handler above exits.
  if (stopping !== undefined) return null;
  await stop();
  return `${reason}; see the log ${shown(layout, layout.logFile)}.`;
}

/** Resolves with the reason why it ended, be it at once or after a week. */
async function run(layout: Layout, port: number, start: (args: string[]) => Wrangler): Promise<string> {
  const origin = `http://localhost:${port}`;
  const migrations = findDueMigrations(layout);
  if (migrations !== null) {
    // Not while the service runs: any request, even a health check, would lock the database against a migration.
    if ((await start(migrations.wranglerArguments).ended) !== 0) return MIGRATION_FAILED;
    migrations.markApplied();
  }
  const service = start(serviceArguments(layout, port));
  if (!(await untilReady(origin, service))) return "Morsel did not become ready";
  await createLocalApplication(origin);
  // Without a demo user, whose application's key was rotated, the service runs anyway.
  await renewAuthorization(layout, origin).catch(({ message }: Error) =>
    process.stderr.write(
      `No demo user: ${message}. To use the lines below, put a token into ${shown(layout, layout.authorizationFile)}.\n`,
    ),
  );
  const silence = keepUp(layout, origin);
  process.stdout.write(
    welcomeText({
      origin,
      authorizationFile: shown(layout, layout.authorizationFile),
      logFile: shown(layout, layout.logFile),
    }),
  );
  return Promise.race([service.ended.then(() => "Morsel has stopped unexpectedly"), silence]);
}

function writeLocalConfigs(
  { root, ...files }: Layout,
  port: number,
  chatServer: ChatServerVars,
  operations: OperationsVars,
): void {
  const localAiDir = join(root, "src/local-ai");
  const toRoot = pathBetween(files.serviceConfig, root);
  const toLocalAi = pathBetween(files.localAiConfig, localAiDir);
  writeJson(
    files.serviceConfig,
    deriveLocalConfig(readToml(join(root, "wrangler.toml")), toRoot, port, chatServer, operations),
  );
  writeJson(files.localAiConfig, {
    ...moveConfig(readToml(join(localAiDir, "wrangler.toml")), toLocalAi),
    vars: chatServer,
  });
}

const readToml = (file: string): WranglerConfig => parse(readFileSync(file, "utf8"));
const writeJson = (file: string, value: unknown) => writeFileSync(file, JSON.stringify(value, null, 2));

const serviceArguments = (layout: Layout, port: number): string[] => [
  "dev",
  `--config=${layout.serviceConfig}`,
  `--config=${layout.localAiConfig}`,
  `--persist-to=${layout.persistDir}`,
  `--port=${port}`,
  "--inspector-port=0",
  // A higher level would keep the service's own lines out of the log file.
  "--log-level=log",
];

async function untilReady(origin: string, service: Wrangler): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!service.isBroken() && Date.now() < deadline) {
    if (await isHealthy(origin)) return true;
    await sleep(READY_POLL_MS);
  }
  return false;
}

/** The response to a GET, without its body; null when there is none in time. */
const ask = async (url: string, timeoutMs: number): Promise<Response | null> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    return response;
  } catch {
    return null;
  }
};

const isHealthy = async (origin: string): Promise<boolean> =>
  (await ask(`${origin}/healthz`, HEALTH_TIMEOUT_MS))?.ok ?? false;

async function renewAuthorization(layout: Layout, origin: string): Promise<void> {
  writeFileSync(layout.authorizationFile, await fetchDemoAuthorization(origin), { mode: 0o600 });
}

/**
 * What a deployment gets from its cron trigger, and what keeps the printed lines working tomorrow. Resolves with the
 * reason when the service no longer responses.
 */
function keepUp(layout: Layout, origin: string): Promise<string> {
  // Either may hit a Worker that is being rebuilt; the next round makes up for it.
  const sweep = () => void fetch(`${origin}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`).catch(() => {});
  sweep();
  setInterval(sweep, SWEEP_INTERVAL_MS);
  setInterval(() => void renewAuthorization(layout, origin).catch(() => {}), RENEWAL_INTERVAL_MS);
  return new Promise((resolve) => {
    let unheard = 0;
    const look = async () => {
      unheard = (await ask(`${origin}/healthz`, LOOK_TIMEOUT_MS)) === null ? unheard + 1 : 0;
      if (unheard === MAX_UNHEARD_LOOKS) resolve("Morsel no longer responds");
    };
    setInterval(look, LOOK_TIMEOUT_MS);
  });
}
