import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { parse } from "smol-toml";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { deriveLocalConfig } from "../../src/cli/local-config.ts";
import { ROOT, type WorkerOptions } from "./servers.ts";

/** The service as it would be deployed, with its local bindings. */
export interface Service {
  worker: WorkerOptions;
  /** The secret that access tokens are signed with. */
  tokenKey: string;
  gzippedBytes: number;
}

const QUIET_ENVIRONMENT = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_WRITE_LOGS: "false",
  WRANGLER_HIDE_BANNER: "true",
};
/** Any id that is not the embedded detector's is asked as a chat model. */
const INSTANT_MODEL = "@bench/instant";

/** Bundles the service as `wrangler deploy` does; its bindings are those of `npm start`, but for the model. */
export async function buildService(dir: string): Promise<Service> {
  const bundleDir = join(dir, "bundle");
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  await promisify(execFile)(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", bundleDir], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET_ENVIRONMENT },
  });
  const production = parse(readFileSync(join(ROOT, "wrangler.toml"), "utf8"));
  const { services, ...local } = deriveLocalConfig(production, ROOT, 0);
  // The models here are others than those of `npm start`, and the pictures' turning is Miniflare's own.
  const model = (services as { entrypoint: string }[]).filter(({ entrypoint }) => entrypoint === "LocalAI");
  const config: typeof local = { ...local, services: model, images: production["images"] };
  const vars = config["vars"] as Record<string, string>;
  const configFile = join(dir, "wrangler.json");
  writeFileSync(configFile, JSON.stringify(config));
  const worker: WorkerOptions = {
    ...workerOptionsOf(configFile).workerOptions,
    name: "morsel",
    modulesRoot: bundleDir,
    modules: [{ type: "ESModule", path: join(bundleDir, "index.js") }, ...photosIn(bundleDir)],
    bindings: { ...vars, PUBLIC_URL: "", PRECISE_MODELS: INSTANT_MODEL, FAST_MODELS: INSTANT_MODEL },
  };
  const [, tokenKey = ""] = /^[^:]*:([^,]*)/.exec(vars["TOKEN_KEYS"] ?? "") ?? [];
  return { worker, tokenKey, gzippedBytes: gzippedSize(bundleDir) };
}

/** The sample photos of the front page, which are modules of their own. */
const photosIn = (bundleDir: string) =>
  readdirSync(bundleDir)
    .filter((name) => name.endsWith(".jpg"))
    .map((name) => ({ type: "Data" as const, path: join(bundleDir, name) }));

/** What is uploaded: everything but wrangler's own notes and the source map. */
function gzippedSize(bundleDir: string): number {
  const files = readdirSync(bundleDir).filter((name) => name !== "README.md" && !name.endsWith(".map"));
  return files.reduce((sum, name) => sum + gzipSync(readFileSync(join(bundleDir, name))).length, 0);
}

const FLOOR_DIR = join(import.meta.dirname, "floor");

const benchWorker = (name: string, file: string, options: object = {}): WorkerOptions => ({
  name,
  // Without a root, paths are taken relative to the working directory.
  modulesRoot: FLOOR_DIR,
  modules: [{ type: "ESModule", path: join(FLOOR_DIR, file) }],
  compatibilityDate: "2026-10-23",
  ...options,
});

/** The service and everything that it is bound to. */
export const wholeService = (service: Service): WorkerOptions[] => [
  service.worker,
  benchWorker("morsel-local-ai", "instant-model.mjs"),
];

/** A family of models that say where foods are, as its recognizer knows it. */
const LOCATING_MODEL = "@cf/moondream/bench";

/** The service with a model that sees six foods in every photo and is asked where each of them is. */
export const serviceWithBoxes = ({ worker }: Service): WorkerOptions[] => [
  {
    ...worker,
    // Workers AI's own models are given the caller's signal; between two Workers that needs a flag.
    compatibilityFlags: [...(worker.compatibilityFlags ?? []), "enable_abortsignal_rpc"],
    bindings: { ...worker.bindings, PRECISE_MODELS: LOCATING_MODEL },
  },
  benchWorker("morsel-local-ai", "locating-model.mjs"),
];

/** The service with its queues led into the void: what is measured ends with the answer to the upload. */
export const serviceWithoutConsumer = (service: Service): WorkerOptions[] => {
  const { queueConsumers, ...worker } = service.worker;
  return [...wholeService({ ...service, worker }), benchWorker("drain", "drain.mjs", { queueConsumers })];
};

const QUEUE = "floor";
/** As the service's own consumer, so that both are given equal batches. */
const CONSUMER = { queueConsumers: { [QUEUE]: { maxBatchSize: 10, maxBatchTimeout: 0 } } };
const STORAGE = { r2Buckets: ["PHOTOS"], queueProducers: { QUEUE } };

export const uploadsFloor = (): WorkerOptions[] => [
  benchWorker("floor", "uploads.mjs", { ...STORAGE, d1Databases: ["DB"] }),
  benchWorker("drain", "drain.mjs", CONSUMER),
];

export const pollsFloor = (tokenKey: string): WorkerOptions[] => [
  benchWorker("floor", "polls.mjs", { bindings: { TOKEN_KEY: tokenKey } }),
];

export const chainFloor = (webhookUrl: string): WorkerOptions[] => [
  benchWorker("floor", "chain.mjs", { ...STORAGE, ...CONSUMER, bindings: { WEBHOOK_URL: webhookUrl } }),
];
