import { log } from "../log.ts";
import type { OutboxEntry } from "../webhooks/outbox.ts";
import { recover, resend, type Repair, type RepairOutcome, type StoredDelivery } from "../webhooks/repair.ts";
import { deliverNext, releaseHeld, recordOutcomes, type OutboxPort } from "../webhooks/send-events.ts";
import { AttemptUnderWay } from "./attempt-under-way.ts";
import { IttyBase } from "./itty-base.ts";
import type { ObjectDeps } from "./object-deps.ts";
import { Listeners, type KnownRecord } from "../records/live/listeners.ts";
import { timers } from "../records/live/timers.ts";
import { Projection } from "./projection.ts";
import { RecordAlarm } from "./record-alarm.ts";
import { CALL_PATH, EVENTS_STATUS, type CallName, type RecordCalls, type RecordMethods } from "./record-calls.ts";
import type { NutritionRecord } from "../records/record.ts";
import {
  begin,
  finish,
  postpone,
  progress,
  type BeginResult,
  type FinishResult,
  type PostponeResult,
} from "../records/analysis-steps.ts";
import { isAtWork, isSettledSequence, nextDueAt, nextStep, waitsForConsumer } from "../records/next-step.ts";
import { startSequence, type ChangeResult, type StepContext, type Sequence, type Step } from "../records/sequence.ts";
import {
  cancel,
  remove,
  requestReanalysis,
  update,
  type ReanalyzeResult,
  type UpdateResult,
} from "../records/user-steps.ts";
import { outboxOf } from "./sequence-outbox.ts";
import { SequenceStore } from "./sequence-store.ts";
import { isFinal } from "../records/transitions.ts";

/** A decision was made on what is no longer so: read again what it needs, and decide again. */
const AGAIN = Symbol("again");

/**
 * The sequencer of one record: a thin shell over `sequence.ts`. It is the only writer of the record's row after
 * `pending`. Whatever it decides it reads, decides and stores in one turn, so that no other call can come in between; what
 * was awaited before is compared with the present first. The alarm makes the world agree with what is stored, one
 * `nextStep` after the other: first D1, then the webhooks.
 *
 * Everything is in private fields: itty-durable would take public ones for state to store, and its `this.state[BINDING]`
 * mistakes every service binding for a Durable Object.
 */
export class RecordSequencer extends IttyBase implements RecordMethods {
  readonly #deps: ObjectDeps;
  readonly #alarm: RecordAlarm;
  readonly #store: SequenceStore;
  readonly #outbox: OutboxPort;
  readonly #projection: Projection;
  /** The removal of a deleted record that is under way, if any. */
  #erasing: Promise<void> | null = null;
  readonly #attempt = new AttemptUnderWay();
  /** Those who listen and wait, and whether the record was deleted for good. Both die with the object. */
  readonly #listeners = new Listeners(timers);
  #isGone = false;

  constructor(state: DurableObjectState, env: object, deps: ObjectDeps) {
    super(state, env);
    this.state.initialized = true;
    this.state.router.post(CALL_PATH, (request) => this.#respond(request));
    this.#deps = deps;
    this.#alarm = new RecordAlarm(state.storage, {
      now: deps.now,
      report: (event, message, error) => this.#report(event, message, error),
    });
    this.#store = new SequenceStore(state.storage);
    this.#outbox = outboxOf(this.#store);
    this.#projection = new Projection({
      current: () => this.#store.load(),
      write: (record, sweepAt) => this.#deps.projectRecord(record, sweepAt),
      written: () => this.#tell(),
    });
  }

  /** Every call comes as a POST with a JSON body, through itty-durable's router. */
  async #respond(request: Request): Promise<Response> {
    const name = new URL(request.url).pathname.slice(1) as CallName;
    const result = await (this as RecordMethods)[name](await request.json());
    return result instanceof Response ? result : Response.json(result);
  }

  /** A client listens. When the object stops, the stream breaks; the client comes back with the last id it has heard. */
  async events({ recordId, lastEventId }: RecordCalls["events"]["sent"]): Promise<Response> {
    const known = await this.#look(recordId);
    if (known === null) return new Response(null, { status: EVENTS_STATUS.unknown });
    const opened = this.#listeners.open(known, lastEventId);
    return new Response(opened.outcome === "open" ? opened.body : null, { status: EVENTS_STATUS[opened.outcome] });
  }

  async wait({ recordId, status, waitMs }: RecordCalls["wait"]["sent"]): Promise<null> {
    const known = await this.#look(recordId);
    if (known !== null) await this.#listeners.wait(known, status, waitMs);
    return null;
  }

  async begin({ recordId }: RecordCalls["begin"]["sent"]): Promise<BeginResult | null> {
    const watched = this.#listeners.wantStages;
    const result = await this.#step(recordId, (sequence, context) => begin(sequence, { ...context, watched }));
    if (result?.outcome === "leased") {
      // Pollers see `processing` from D1. Nobody waits for it: a later projection overtakes it by its version.
      this.state.waitUntil(this.#project());
    }
    return result;
  }

  async finish({ recordId, leaseId, outcome, isAwaited }: RecordCalls["finish"]["sent"]): Promise<FinishResult | null> {
    const result = await this.#step(recordId, (sequence, context) => finish(sequence, leaseId, outcome, context));
    // The alarm may be waiting for a slow endpoint: readers see the end without it.
    const projected = this.#project();
    if (isAwaited) await projected;
    else this.state.waitUntil(projected);
    return result;
  }

  /** Tells those who listen how far the analysis is. */
  async progress({ recordId, leaseId, stage }: RecordCalls["progress"]["sent"]): Promise<ChangeResult | null> {
    return this.#step(recordId, (sequence, context) => progress(sequence, leaseId, stage, context));
  }

  /** Puts an analysis off. The alarm brings it to D1 if D1 is down: the sweep then sends the wake-up call. */
  async postpone({ recordId, leaseId, why }: RecordCalls["postpone"]["sent"]): Promise<PostponeResult | null> {
    const result = await this.#step(recordId, (sequence, context) =>
      postpone(sequence, leaseId, why, this.#deps.retries, context),
    );
    if (result !== null && result.outcome !== "stale") await this.#project();
    return result;
  }

  /** D1 has it when this returns; if D1 is down, the alarm writes it. */
  async cancel({ recordId }: RecordCalls["cancel"]["sent"]): Promise<ChangeResult | null> {
    const result = await this.#step(recordId, (sequence, context) => cancel(sequence, context));
    await this.#project();
    return result;
  }

  /** D1 has the change when this returns; if D1 is down, the alarm writes it. */
  async update({ recordId, change, expectedVersion }: RecordCalls["update"]["sent"]): Promise<UpdateResult | null> {
    const result = await this.#step(recordId, (sequence, context) =>
      update(sequence, change, expectedVersion, context),
    );
    if (result?.outcome === "updated") {
      await this.#project();
    }
    return result;
  }

  /** D1 has the new version, with the sweep's time, when this returns; if D1 is down, the alarm writes it. */
  async reanalyze(call: RecordCalls["reanalyze"]["sent"]): Promise<ReanalyzeResult | null> {
    const { recordId, hint, expectedVersion } = call;
    const result = await this.#step(recordId, (sequence, context) =>
      requestReanalysis(sequence, hint, expectedVersion, context),
    );
    if (result?.outcome === "accepted") {
      await this.#project();
    }
    return result;
  }

  /** Deletes the record everywhere. Stopped halfway, the alarm goes on; doing it twice changes nothing. */
  async remove({ recordId }: RecordCalls["remove"]["sent"]): Promise<{ outcome: "removed" }> {
    await this.#withSequence(recordId, (sequence) => {
      if (sequence === null || sequence.deleted) return;
      this.#keep(sequence, remove(sequence).next);
    });
    if (this.#store.load() !== null) await this.#erase();
    return { outcome: "removed" };
  }

  /** One attempt of an event, now; the schedule stays as it is. */
  async resend({ recordId, eventId }: RecordCalls["resend"]["sent"]): Promise<{ outcome: RepairOutcome } | null> {
    return this.#repair(recordId, eventId, (outbox, stored, now) => resend(outbox, eventId, stored, now));
  }

  /** Puts an undelivered event back, unless it was tried after `until` (Unix milliseconds). */
  async recover({
    recordId,
    eventId,
    until,
  }: RecordCalls["recover"]["sent"]): Promise<{ outcome: RepairOutcome } | null> {
    return this.#repair(recordId, eventId, (outbox, stored, now) => recover(outbox, stored, until, now));
  }

  /** Stopped before its own write, nothing has happened; after it, the alarm, which was set with it, goes on. */
  async #repair(
    recordId: string,
    eventId: string,
    decide: (outbox: readonly OutboxEntry[], stored: StoredDelivery | null, now: number) => Repair,
  ): Promise<{ outcome: RepairOutcome } | null> {
    const { changes } = this.#store;
    const stored = await this.#deps.readDelivery(eventId);
    const result = await this.#step<{ outcome: RepairOutcome } | typeof AGAIN>(recordId, (sequence, { now }) => {
      // Its outbox may have let the event go since that was read: D1 then knows more than `stored` says.
      if (this.#store.changes !== changes) return { next: sequence, result: AGAIN };
      const { outbox, outcome } = decide(sequence.outbox, stored, now);
      return { next: outcome === "queued" ? { ...sequence, outbox } : sequence, result: { outcome } };
    });
    if (result === AGAIN) return this.#repair(recordId, eventId, decide);
    // D1 has it before this returns, so that the sweep would find it. If D1 is down, the alarm writes it.
    if (result?.outcome === "queued") {
      await recordOutcomes(this.#outbox, this.#deps.webhooks).catch((error: unknown) =>
        this.#report("delivery.record_failed", "recording a delivery outcome failed", error),
      );
    }
    return result;
  }

  /** The record is new, the sweep found it standing still, or its endpoint's circuit has closed: look at what is due. */
  async wake({ recordId }: RecordCalls["wake"]["sent"]): Promise<{ outcome: "woken" | "waiting" | "settled" }> {
    const settled = await this.#withSequence(recordId, (sequence) => {
      if (sequence === null) return null;
      if (this.#store.load() === null && isSettledSequence(sequence)) return sequence.record;
      const now = this.#deps.now();
      this.#store.save(sequence);
      releaseHeld(this.#outbox, now);
      this.#alarm.set(now);
      return waitsForConsumer(sequence, now) ? "waiting" : "woken";
    });
    if (settled === "waiting" || settled === "woken") return { outcome: settled };
    if (settled !== null) await this.#deps.webhooks.scheduleSweep(settled, null);
    return { outcome: "settled" };
  }

  async alarm({ retryCount = 0 }: Partial<AlarmInvocationInfo> = {}): Promise<void> {
    await this.#alarm.ring(retryCount, () => this.#syncOutside());
  }

  /** Does what is to be done next until nothing is; whatever happens meanwhile has its say before each step. */
  async #syncOutside(): Promise<void> {
    for (let sequence = this.#store.load(); sequence !== null; sequence = this.#store.load()) {
      const next = nextStep(sequence, this.#projection.version, this.#deps.now());
      switch (next.do) {
        case "erase":
          return this.#erase();
        case "project":
          await this.#projection.bringUpToDate();
          break;
        case "record":
          await recordOutcomes(this.#outbox, this.#deps.webhooks);
          break;
        case "deliver":
          await this.#deliver();
          break;
        case "clear":
          return this.#store.clear();
        case "sleep":
          return this.#alarm.setAgain(next.until);
        case "rest":
          return;
      }
    }
  }

  /** Makes the attempt that is due. */
  #deliver(): Promise<void> {
    return this.#attempt.make((signal) => deliverNext(this.#outbox, { ...this.#deps.webhooks, signal }));
  }

  /** Removes what is stored of a deleted record, here last. Calls that come meanwhile wait for the same removal. */
  async #erase(): Promise<void> {
    this.#erasing ??= this.#removeEverything().finally(() => (this.#erasing = null));
    return this.#erasing;
  }

  async #removeEverything(): Promise<void> {
    const sequence = this.#store.load();
    if (sequence === null) return;
    // A client that is told that the record is gone gets no webhook about it afterwards.
    await this.#attempt.withdraw();
    await this.#deps.deleteRecord(sequence.record);
    // From here on a row that was read before counts no more.
    this.#isGone = true;
    this.#listeners.endAll();
    await this.#store.clear();
  }

  #context(): StepContext {
    return { now: this.#deps.now(), newId: this.#deps.newId };
  }

  /** Applies one pure step and stores its result in the same turn; null when there is no such record. */
  async #step<Result>(
    recordId: string,
    decide: (sequence: Sequence, context: StepContext) => Step<Result>,
  ): Promise<Result | null> {
    const result = await this.#withSequence(recordId, (before) => {
      if (before === null || before.deleted) return null;
      const announced = this.#deps.announcedEvents.peek(before.record.applicationId);
      if (announced === null) return { applicationId: before.record.applicationId };
      const step = decide(before, { ...this.#context(), announced });
      if (step.next !== before) this.#keep(before, step.next);
      return step;
    });
    if (result === null) return null;
    if ("result" in result) return result.result;
    await this.#deps.announcedEvents.refresh(result.applicationId);
    return this.#step(recordId, decide);
  }

  /** Stores what a step has come to, with the alarm that acts upon it. */
  #keep(before: Sequence, next: Sequence): void {
    this.#store.save(next);
    const hasEnded = !isFinal(before.record.status) && isFinal(next.record.status) && !next.deleted;
    if (hasEnded) this.#deps.countRecord(next.record);
    // An analysis that runs is looked after by its lease; that it is to run again, D1 must hear of.
    const isNews =
      next.reanalysis !== before.reanalysis || next.record.retry !== before.record.retry || nextDueAt(next) !== null;
    if (!isAtWork(next) || isNews) this.#alarm.set(this.#deps.now());
    this.#tell();
  }

  /**
   * Decides in one turn over the stored sequence; an empty object begins with its row in D1, where a record that ended long
   * ago is found final, null when there is none. A row that was read while something happened here is read again: it may
   * be older than what has been done and forgotten since.
   */
  async #withSequence<Decision>(recordId: string, decide: (sequence: Sequence | null) => Decision): Promise<Decision> {
    for (;;) {
      const stored = this.#store.load();
      if (stored !== null) return decide(stored);
      const { changes } = this.#store;
      const row = await this.#deps.readRecord(recordId);
      if (this.#store.changes !== changes) continue;
      if (row === null || this.#isGone) return decide(null);
      const { sweepAt: sweepTime, ...record } = row;
      this.#projection.saw(record.version);
      return decide(startSequence(record, sweepTime, this.#context()));
    }
  }

  /** The record for those who listen: nobody is told of what D1 does not know. Null when there is none. */
  async #look(recordId: string): Promise<KnownRecord | null> {
    await this.#project();
    return this.#withSequence(recordId, (sequence) =>
      sequence === null || sequence.deleted ? null : this.#known(sequence.record),
    );
  }

  #known(record: NutritionRecord): KnownRecord {
    return { record, knownVersion: this.#projection.version };
  }

  /** A record that is about to be deleted is not news: its listeners are let go when it is gone. */
  #tell(): void {
    const sequence = this.#store.load();
    if (sequence?.deleted === false) this.#listeners.tell(this.#known(sequence.record));
  }

  /** Brings D1 up to date, or leaves that to the alarm when D1 is down. */
  async #project(): Promise<void> {
    await this.#projection
      .bringUpToDate()
      .catch((error: unknown) => this.#report("record.projection_failed", "writing a record to D1 failed", error));
  }

  #report(event: string, message: string, error: unknown): void {
    log("error", event, message, { record_id: this.#store.load()?.record.id }, error);
  }
}
