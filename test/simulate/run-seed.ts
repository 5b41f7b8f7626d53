import { createHmac } from "node:crypto";
import { administer, lookForOpenRecords } from "./administrators.ts";
import { FINAL, type Cast, type Tenant } from "./cast.ts";
import { Clients, type Answer, type Sent } from "./clients.ts";
import { checkAtRest } from "./invariants/at-rest.ts";
import { checkBudget } from "./invariants/budget.ts";
import { Ledger } from "./invariants/ledger.ts";
import { recordRows } from "./invariants/rows.ts";
import { stateOf } from "./invariants/object-state.ts";
import { watchObjects } from "./invariants/watch-objects.ts";
import { watchRows } from "./invariants/watch-rows.ts";
import { WebhookWatch } from "./invariants/watch-webhooks.ts";
import { follow } from "./people.ts";
import { ADMINISTRATOR, type Scene } from "./scene.ts";
import { FAULT_RATES, letFail, MODES, type Mode } from "./faults.ts";
import { servePhotos, upload } from "./uploads.ts";
import { Platform, type Workshop } from "./world/platform.ts";
import { Receiver } from "./world/receivers.ts";
import { World } from "./world/world.ts";

const USERS = ["ada", "bob"];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Things fail for so long, and then no more. */
const FAULTS_END_MS = 9 * MINUTE_MS;
/** The world goes on for at least so long after that, where nothing failed and elsewhere … */
const LEAST_REST_MS = { faultless: 5 * MINUTE_MS, faulty: 40 * MINUTE_MS };
/** … and at most for so long: longer than any schedule of analyses. */
const LONGEST_MS = 30 * HOUR_MS;

/** An hour and ten minutes before midnight (UTC), when daily quotas end. */
const FIRST_START = Date.UTC(2026, 11, 1, 22, 50);
/** Worlds of a process begin so far apart: nothing that an isolate remembers lasts from one to the next. */
const APART_MS = 4 * 24 * HOUR_MS;

/** Which run, and how. */
export interface SeedRun {
  seed: number;
  /** The seed's own when left out. */
  mode?: Mode | null;
  tape?: readonly number[] | null;
  /** Stops at the first violation. */
  stopsEarly?: boolean;
}

export interface SeedResult {
  seed: number;
  mode: Mode;
  violations: readonly string[];
  trace: readonly string[];
  tape: readonly number[];
  steps: number;
  accepted: number;
  webhooks: number;
  crashes: number;
  /** From acceptance to the final status in D1, milliseconds. */
  endsMs: readonly number[];
}

/** Where a circuit is about to close: triggers that were late come one after the other. */
const SWEEPS_IN_A_ROW = 40;
const BETWEEN_SWEEPS_MS = 400;

let worlds = 0;

/** Runs one seed from its beginning to its rest. */
export async function runSeed(
  workshop: Workshop,
  { seed, mode = null, tape = null, stopsEarly = true }: SeedRun,
): Promise<SeedResult> {
  const world = new World({ seed, tape, start: FIRST_START + worlds++ * APART_MS });
  const own = world.tape.pick(MODES);
  const run = new Run(world, workshop, mode ?? own, stopsEarly);
  try {
    return await run.play(seed);
  } finally {
    run.platform.close();
  }
}

class Run {
  readonly platform: Platform;
  readonly #world: World;
  readonly #mode: Mode;
  readonly #cast: Cast = { tenants: [], records: [] };
  readonly #scene: Scene;
  readonly #webhooks: WebhookWatch;
  readonly #stopsEarly: boolean;
  readonly #endsMs: number[] = [];
  /** How many people are still about to do something. */
  #busy = 0;
  /** When people begin to come, after the start. */
  #entranceMs = 0;

  constructor(world: World, workshop: Workshop, mode: Mode, stopsEarly: boolean) {
    this.#world = world;
    this.#mode = mode;
    this.#stopsEarly = stopsEarly;
    this.platform = new Platform(world, workshop, watchObjects(world, workshop.tables));
    this.#scene = {
      platform: this.platform,
      clients: new Clients(this.platform),
      cast: this.#cast,
      ledger: new Ledger(world),
      start: world.start,
    };
    const isFaultless = FAULT_RATES[mode] === 0;
    this.#webhooks = new WebhookWatch(world, workshop.tables, this.#cast, { isFaultless });
  }

  async play(seed: number): Promise<SeedResult> {
    const world = this.#world;
    await this.#setTheStage();
    world.note(`seed ${seed}, ${this.#mode}`);
    world.onDatabaseChange = watchRows(world, this.platform.tables, (id) => this.#noteEnd(id));
    world.hasChance = true;
    world.faultRate = FAULT_RATES[this.#mode];
    world.slowClass = world.choose(world.slowClasses + 1, this.#mode === "quiet" ? 1 : 0.3);
    this.#entranceMs = letFail(this.platform, this.#cast, this.#mode);
    this.#enter();
    await this.#passTime();
    const { tenants, records } = this.#cast;
    const webhooks = tenants.reduce((sum, { receiver }) => sum + receiver.arrivals.length, 0);
    const { violations, trace, steps, crashes } = world;
    const { choices: tape } = world.tape;
    const counts = { accepted: records.length, webhooks, steps, crashes };
    return { seed, mode: this.#mode, violations, trace, tape, ...counts, endsMs: this.#endsMs };
  }

  /** Applications and their users, before anything is left to chance. */
  async #setTheStage(): Promise<void> {
    const { tape } = this.#world;
    servePhotos(this.#scene);
    const count = tape.choose(2, 0.5) + 1;
    for (let place = 0; place < count; place++) await this.#addTenant(place + 1);
  }

  async #addTenant(id: number): Promise<void> {
    const world = this.#world;
    const name = `shop ${id}`;
    const receiver = new Receiver(world, id);
    const all = ["processing", "completed", "failed", "updated", "canceled"];
    const events = world.tape.choose(2) === 0 ? ["completed", "failed"] : all;
    const made = await this.#now("POST", "/admin/applications", {
      headers: ADMINISTRATOR,
      body: { id, name, webhook_url: receiver.url, webhook_events: events },
    });
    const keys = made.json() as { hmac_key: string; webhook_signature_key: string };
    const tokens: Tenant["tokens"] = new Map();
    for (const user of world.tape.choose(3) === 1 ? USERS : USERS.slice(0, 1)) {
      const signature = createHmac("sha256", keys.hmac_key).update(user).digest("hex");
      const login = { application_id: id, application_user_id: user, signature };
      const answer = await this.#now("POST", "/auth/hmac", { body: login });
      tokens.set(user, { authorization: `Bearer ${(answer.json() as { access_token: string }).access_token}` });
    }
    const tenant: Tenant = {
      id,
      name,
      receiver,
      tokens,
      webhookKeys: [keys.webhook_signature_key],
      areKeysKnown: true,
      events,
      mayLoseEvents: false,
      erased: [],
      areEventsRepeated: false,
    };
    receiver.onArrival = (arrival) => this.#webhooks.arrives(arrival);
    receiver.onSend = (eventId) => this.#webhooks.sends(eventId);
    this.platform.network.servers.set(receiver.host, receiver);
    this.#cast.tenants.push(tenant);
  }

  /** A call that must succeed, while nothing is left to chance. */
  async #now(method: string, path: string, sent: Sent): Promise<Answer> {
    const calling = this.#scene.clients.send("setup", `${method} ${path}`, method, path, sent);
    let answer: Answer | null | undefined;
    void calling.then((heard) => (answer = heard));
    await this.#world.drain();
    await this.#world.run(this.#world.now + MINUTE_MS, () => answer !== undefined);
    if (answer === undefined || answer === null || answer.status >= 300) {
      throw new Error(`${method} ${path} failed before the run: ${answer?.status} ${answer?.text}`);
    }
    return answer;
  }

  /** People come and do things. */
  #enter(): void {
    const world = this.#world;
    const { tenants } = this.#cast;
    const count = this.#entranceMs > 0 ? 3 : 1 + world.choose(3);
    for (let place = 0; place < count; place++) {
      const tenant = tenants[world.choose(tenants.length)];
      if (tenant === undefined) throw new Error("nobody has entered");
      const user = tenant.tokens.has("bob") && world.choose(2) === 1 ? "bob" : "ada";
      world.at(world.start + this.#entranceMs + world.choose(8) * (this.#entranceMs === 0 ? 700 : 1200), () => {
        this.#busy += 1;
        void this.#live(tenant, user, `R${place}`).finally(() => (this.#busy -= 1));
      });
    }
  }

  async #live(tenant: Tenant, user: string, name: string): Promise<void> {
    const record = await upload(this.#scene, tenant, user, name);
    if (record === null) return;
    const acting = [follow(this.#scene, record, "phone")];
    if (this.#world.choose(2) === 1) acting.push(follow(this.#scene, record, "laptop"));
    if (this.#world.choose(2) === 1) acting.push(administer(this.#scene, record));
    await Promise.all(acting);
  }

  async #passTime(): Promise<void> {
    const world = this.#world;
    const { start } = world;
    const isOver = (): boolean => this.#stopsEarly && world.violations.length > 0;
    for (let minute = 1; minute <= 12; minute++) this.#sweepAt(start + minute * MINUTE_MS);
    const crowd = this.#entranceMs > 0 ? SWEEPS_IN_A_ROW : 0;
    for (let place = 0; place < crowd; place++) this.#sweepAt(start + this.#entranceMs + place * BETWEEN_SWEEPS_MS);
    await world.drain();
    await world.run(start + FAULTS_END_MS, isOver);
    this.#endFaults();
    await world.run(start + 12 * MINUTE_MS, isOver);
    if (world.choose(3) === 1) void lookForOpenRecords(this.#scene);
    const leastRest = FAULT_RATES[this.#mode] === 0 ? LEAST_REST_MS.faultless : LEAST_REST_MS.faulty;
    for (let at = start + 13 * MINUTE_MS; at < start + LONGEST_MS && !isOver();) {
      const isEarly = at < start + 20 * MINUTE_MS;
      this.#sweepAt(at);
      at += (isEarly ? 2 : 10) * MINUTE_MS;
      await world.run(at, isOver);
      if (at > start + FAULTS_END_MS + leastRest && this.#isAtRest()) break;
    }
    if (isOver()) return;
    checkAtRest(this.platform, this.#cast, this.#webhooks);
    if (this.#mode === "quiet") checkBudget(this.platform, this.#cast, this.#endsMs);
  }

  #endFaults(): void {
    const world = this.#world;
    world.faultRate = 0;
    world.outages.length = 0;
    world.slowClass = 0;
    this.platform.models.trouble = 0;
    for (const { receiver } of this.#cast.tenants) {
      receiver.health = 1;
      receiver.down = null;
    }
    world.note("from here on nothing fails");
  }

  #sweepAt(at: number): void {
    this.#world.at(at, () => void this.platform.sweep());
  }

  /** Nothing is left to do but what an alarm or a schedule will do later. */
  #isAtRest(): boolean {
    const { tables, queue, objects } = this.platform;
    if (queue.backlog > 0 || this.#busy > 0) return false;
    if (
      [...recordRows(tables).values()].some(
        ({ status, sweep_at: at }) => !FINAL.has(status) || (at !== null && at < this.#world.now),
      )
    ) {
      return false;
    }
    if (tables.read("SELECT 1 FROM erasures WHERE status <> 'done'").length > 0) return false;
    if (tables.read("SELECT 1 FROM endpoint_health WHERE probe_at IS NOT NULL OR releasing = 1").length > 0)
      return false;
    return [...objects.all.values()].every((cell) => cell.storage.committedAlarm !== null || stateOf(cell) === null);
  }

  #noteEnd(id: string): void {
    const record = this.#cast.records.find((each) => each.id === id);
    if (record !== undefined) this.#endsMs.push(this.#world.now - record.acceptedAt);
  }
}
