import { Bucket } from "./bucket.ts";
import { Database, type Tables } from "./database.ts";
import { EdgeCache } from "./edge-cache.ts";
import { enter } from "./globals.ts";
import { Images } from "./images.ts";
import { Isolates, type Programs } from "./isolates.ts";
import { Models } from "./models.ts";
import { Network } from "./network.ts";
import { MessageQueue } from "./queue.ts";
import { RecordObjects, type ObjectObserver } from "./record-objects.ts";
import { Runner } from "./runner.ts";
import type { World } from "./world.ts";

/** What a process keeps for all of its worlds. */
export interface Workshop {
  programs: Programs;
  tables: Tables;
}

export const ADMIN_TOKEN = "test-admin-token-0123456789";

/** Of sweeps without work one of so many is run all the same: it may have work that this world does not know of. */
const IDLE_SWEEPS = 3;
const MAX_SKEW_MS = 1_000;
const SWEEP_IS_DUE = `
  WITH moment AS (SELECT ? AS now)
  SELECT EXISTS (SELECT 1 FROM records, moment WHERE sweep_at <= now)
    OR EXISTS (SELECT 1 FROM endpoint_health, moment WHERE probe_at <= now OR releasing = 1)
    OR EXISTS (SELECT 1 FROM recoveries WHERE finished_at IS NULL)
    OR EXISTS (SELECT 1 FROM erasures, moment WHERE status <> 'done' AND next_at <= now) AS due`;

/** The names are real ones, so that the program asks them as it would; nobody answers but this world. */
const PRECISE = "@cf/google/gemma-4-26b-a4b-it";
const SECOND = "@cf/qwen/qwen3.8-vl";

/** The whole platform of one world. */
export class Platform {
  readonly world: World;
  readonly tables: Tables;
  readonly database: Database;
  readonly bucket: Bucket;
  readonly queue: MessageQueue;
  readonly objects: RecordObjects;
  readonly models: Models;
  readonly network: Network;
  readonly isolates: Isolates;
  readonly runner: Runner;
  #sweeps = 0;

  constructor(world: World, { programs, tables }: Workshop, observer: ObjectObserver) {
    this.world = world;
    this.tables = tables;
    tables.clear();
    this.database = new Database(world, tables);
    this.bucket = new Bucket(world);
    this.models = new Models(world);
    this.network = new Network(world);
    const bindings: Record<string, unknown> = {};
    this.isolates = new Isolates(world, programs, bindings);
    this.runner = new Runner(world, this.isolates);
    this.queue = new MessageQueue(world, this.runner);
    this.objects = new RecordObjects(world, this.isolates, observer);
    Object.assign(bindings, {
      DB: this.database,
      PHOTOS: this.bucket,
      AI: this.models,
      IMAGES: new Images(world),
      RATE_LIMITS: { limit: async () => ({ success: true }) },
      RECORDS: this.objects.binding,
      ANALYSIS_QUEUE: this.queue,
      TOKEN_KEYS: "test:test-token-key-0123456789abcdef0123456789",
      MASTER_KEYS: "test:dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY=",
      ADMIN_TOKEN,
      PRECISE_MODELS: `${PRECISE},${SECOND}`,
      FAST_MODELS: `${PRECISE},${SECOND}`,
      TEXT_MODELS: PRECISE,
      LABEL_MODELS: `${PRECISE},${SECOND}`,
      TRANSLATION_MODEL: "",
    });
    enter({ world, network: this.network, cache: new EdgeCache(world) });
  }

  /** The cron trigger. Most of the sweeps that would find nothing to do are left out: they are most of a run's work. */
  async sweep(): Promise<void> {
    this.#sweeps += 1;
    if (this.#sweeps % IDLE_SWEEPS !== 0 && !this.#isSweepDue()) return;
    const ended = await this.runner.invoke("sweep", (isolate, context) =>
      isolate.program.default.scheduled({}, isolate.env, context),
    );
    if (ended.outcome === "threw") this.world.note(`the sweep threw: ${ended.error.message}`);
  }

  /** A new version is deployed: every isolate is another one, every object is reset, requests may be cut off. */
  deploy(): void {
    this.world.note("DEPLOYMENT: all isolates are replaced, all objects reset");
    for (const domain of this.runner.running) if (this.world.choose(2) === 1) this.world.kill(domain);
    this.isolates.replaceAll(1 + this.world.choose(2));
    for (const cell of this.objects.all.values()) cell.reset();
  }

  #isSweepDue(): boolean {
    const [row] = this.tables.read<{ due: number }>(SWEEP_IS_DUE, this.world.now + MAX_SKEW_MS);
    return row?.due !== 0;
  }

  close(): void {
    this.objects.close();
    enter(null);
  }
}
