import { createObjectDeps, type ObjectDeps } from "../wiring/record-object.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { isSettled, type OutboxEntry } from "../webhooks/outbox.ts";
import { recover, resend, type Repair, type RepairOutcome, type StoredDelivery } from "../webhooks/repair.ts";
import { deliverDue, letHeldGo, recordOutcomes, type OutboxPort } from "../webhooks/send-events.ts";
import { IttyBase } from "./itty-base.ts";
import { Listeners, type KnownRecord } from "./live/listeners.ts";
import { timers } from "./live/timers.ts";
import { callOf, EVENTS_STATUS, type RecordCalls } from "./record-calls.ts";
import type { NutritionRecord, Stage } from "./record.ts";
import {
  begin,
  cancel,
  finish,
  giveUp,
  isAtWork,
  isSettledSequence,
  nextDueAt,
  progress,
  release,
  remove,
  requestReanalysis,
  startSequence,
  sweepAt,
  update,
  waitsForConsumer,
  type BeginAnswer,
  type ChangeAnswer,
  type FinishAnswer,
  type GiveUpAnswer,
  type Moment,
  type ReanalyzeAnswer,
  type Sequence,
  type Step,
  type UpdateAnswer,
} from "./sequence.ts";
import { SequenceStore } from "./sequence-store.ts";
import { PENDING_GRACE_MS } from "./sweep-times.ts";
import { isFinal } from "./transitions.ts";

/** After an alarm that could not do its work (D1 is down), the next one tries again this much later. */
const ALARM_RETRY_MS = 30_000;

/**
 * The sequencer of one record: a thin shell over `sequence.ts`. It is the only writer of the record's row after
 * `pending`. Transitions are synchronous and stored before anything else happens; the outside world is met in `alarm()`
 * alone, which makes it agree with what is stored: first D1, then the webhooks.
 *
 * Everything is in private fields: itty-durable would take public ones for state to store, and its `this.state[BINDING]`
 * mistakes every service binding for a Durable Object.
 */
export class RecordObject extends IttyBase {
  readonly #deps: ObjectDeps;
  readonly #storage: DurableObjectStorage;
  readonly #store: SequenceStore;
  /** The write to D1 that is under way, if any, and the version that D1 has. Both die with the object: the next alarm then projects again, which changes nothing. */
  #projecting: Promise<void> | null = null;
  #projectedVersion = 0;
  /** Those who listen and wait, and whether the record was deleted for good. Both die with the object. */
  readonly #listeners = new Listeners(timers);
  #isGone = false;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#deps = createObjectDeps(env);
    this.#storage = state.storage;
    this.#store = new SequenceStore(state.storage);
  }

  /** Contents travel as a body, because itty-durable would put them into a header; the last two are answered late. */
  override async fetch(request: Request): Promise<Response> {
    switch (callOf(request)) {
      case "finish":
        return Response.json(await this.finish(await request.json()));
      case "update":
        return Response.json(await this.update(await request.json()));
      case "reanalyze":
        return Response.json(await this.reanalyze(await request.json()));
      case "events":
        return this.#events(await request.json());
      case "wait":
        return this.#wait(await request.json());
      case null:
        return super.fetch(request);
    }
  }

  /** A client listens. When the object stops, the stream breaks; the client comes back with the last id it has heard. */
  async #events({ recordId, lastEventId }: RecordCalls["events"]): Promise<Response> {
    const known = await this.#look(recordId);
    if (known === null) return new Response(null, { status: EVENTS_STATUS.unknown });
    const opened = this.#listeners.open(known, lastEventId);
    return new Response(opened.outcome === "open" ? opened.body : null, { status: EVENTS_STATUS[opened.outcome] });
  }

  async #wait({ recordId, status, waitMs }: RecordCalls["wait"]): Promise<Response> {
    const known = await this.#look(recordId);
    if (known !== null) await this.#listeners.wait(known, status, waitMs);
    return new Response(null, { status: 204 });
  }

  async begin(recordId: string): Promise<BeginAnswer | null> {
    const watched = this.#listeners.wantStages;
    const answer = await this.#step(recordId, (sequence, moment) => begin(sequence, { ...moment, watched }));
    if (answer?.outcome === "leased") {
      // Pollers see `processing` from D1. Nobody waits for it: a later projection overtakes it by its version.
      this.state.waitUntil(this.#project().catch((error: unknown) => this.#report("projection failed", error)));
    }
    return answer;
  }

  async finish({ recordId, leaseId, outcome, isAwaited }: RecordCalls["finish"]): Promise<FinishAnswer | null> {
    const answer = await this.#step(recordId, (sequence, moment) => finish(sequence, leaseId, outcome, moment));
    if (isAwaited) await this.#project().catch((error: unknown) => this.#report("projection failed", error));
    return answer;
  }

  /** Tells those who listen how far the analysis is. */
  async progress(recordId: string, leaseId: string, stage: Stage): Promise<ChangeAnswer | null> {
    return this.#step(recordId, (sequence, moment) => progress(sequence, leaseId, stage, moment));
  }

  /** Gives the record back unfinished. The sweep leaves it to the queue, whose message comes back by itself. */
  async release(recordId: string, leaseId: string, retryAfterMs: number): Promise<ChangeAnswer | null> {
    const answer = await this.#step(recordId, (sequence) => release(sequence, leaseId));
    if (answer?.outcome === "changed") {
      await this.#deps.webhooks.scheduleSweep(recordId, this.#deps.now() + retryAfterMs + PENDING_GRACE_MS);
    }
    return answer;
  }

  async giveUp(recordId: string): Promise<GiveUpAnswer | null> {
    return this.#step(recordId, (sequence, moment) => giveUp(sequence, moment));
  }

  async cancel(recordId: string): Promise<ChangeAnswer | null> {
    return this.#step(recordId, (sequence, moment) => cancel(sequence, moment));
  }

  /** D1 has the change when this answers, unless D1 is down: then the alarm brings it. */
  async update({ recordId, change, expectedVersion }: RecordCalls["update"]): Promise<UpdateAnswer | null> {
    const answer = await this.#step(recordId, (sequence, moment) => update(sequence, change, expectedVersion, moment));
    if (answer?.outcome === "updated") {
      await this.#project().catch((error: unknown) => this.#report("projection failed", error));
    }
    return answer;
  }

  /** D1 has the new version, with the sweep's time, when this answers; if D1 is down, the alarm brings it. */
  async reanalyze(call: RecordCalls["reanalyze"]): Promise<ReanalyzeAnswer | null> {
    const { recordId, hint, expectedVersion } = call;
    const answer = await this.#step(recordId, (sequence, moment) =>
      requestReanalysis(sequence, hint, expectedVersion, moment),
    );
    if (answer?.outcome === "accepted") {
      await this.#project().catch((error: unknown) => this.#report("projection failed", error));
    }
    return answer;
  }

  /** Deletes the record everywhere. Stopped halfway, the alarm goes on; doing it twice changes nothing. */
  async remove(recordId: string): Promise<{ outcome: "removed" }> {
    const answer = await this.#step(recordId, (sequence) => remove(sequence));
    if (answer !== null) await this.#makeTheWorldAgree();
    return { outcome: "removed" };
  }

  /** One attempt of an event, now; the schedule stays as it is. */
  async resend(recordId: string, eventId: string): Promise<{ outcome: RepairOutcome } | null> {
    return this.#repair(recordId, eventId, (outbox, stored, now) => resend(outbox, eventId, stored, now));
  }

  /** Puts an undelivered event back, unless it was tried after `until` (Unix milliseconds). */
  async recover(recordId: string, eventId: string, until: number): Promise<{ outcome: RepairOutcome } | null> {
    return this.#repair(recordId, eventId, (outbox, stored, now) => recover(outbox, stored, until, now));
  }

  /** Stopped before its own write, nothing has happened; after it, the alarm, which was set with it, goes on. */
  async #repair(
    recordId: string,
    eventId: string,
    decide: (outbox: readonly OutboxEntry[], stored: StoredDelivery | null, now: number) => Repair,
  ): Promise<{ outcome: RepairOutcome } | null> {
    const stored = await this.#deps.readDelivery(eventId);
    const answer = await this.#step(recordId, (sequence, { now }) => {
      const { outbox, outcome } = decide(sequence.outbox, stored, now);
      return {
        next: outcome === "queued" && !sequence.deleted ? { ...sequence, outbox } : sequence,
        answer: { outcome },
      };
    });
    // D1 hears of it before this answers, so that the sweep would find it. If D1 is down, the alarm brings it.
    if (answer?.outcome === "queued") {
      await recordOutcomes(this.#outbox, this.#deps.webhooks).catch((error: unknown) =>
        this.#report("a delivery was not recorded", error),
      );
    }
    return answer;
  }

  /** The record is new, the sweep found it standing still, or its endpoint's circuit has closed: look at what is due. */
  async wake(recordId: string): Promise<{ outcome: "woken" | "waiting" | "settled" }> {
    const sequence = await this.#load(recordId);
    if (sequence === null || (this.#store.load() === null && isSettledSequence(sequence))) {
      await this.#deps.webhooks.scheduleSweep(recordId, null);
      return { outcome: "settled" };
    }
    const now = this.#deps.now();
    this.#store.save(sequence);
    letHeldGo(this.#outbox, now);
    await this.#storage.setAlarm(now);
    return { outcome: waitsForConsumer(sequence, now) ? "waiting" : "woken" };
  }

  async alarm(): Promise<void> {
    try {
      await this.#makeTheWorldAgree();
    } catch (error) {
      this.#report("alarm failed", error);
      await this.#storage.setAlarm(this.#deps.now() + ALARM_RETRY_MS);
    }
  }

  async #makeTheWorldAgree(): Promise<void> {
    const doomed = this.#store.load();
    if (doomed?.deleted === true) {
      await this.#projecting?.catch(() => undefined);
      await this.#deps.deleteRecord(doomed.record);
      await this.#store.clear();
      this.#isGone = true;
      this.#listeners.endAll();
      return;
    }
    await this.#project();
    await deliverDue(this.#outbox, this.#deps.webhooks);
    const sequence = this.#store.load();
    if (sequence === null) return;
    const due = nextDueAt(sequence);
    if (isSettledSequence(sequence)) await this.#store.clear();
    else if (due !== null) await this.#storage.setAlarm(due);
  }

  /** The outbox as the sender sees it. An event that has ended, and of which D1 knows, is let go. */
  get #outbox(): OutboxPort {
    const current = (): Sequence | null => this.#store.load();
    return {
      load: () => current()?.outbox ?? [],
      record: () => current()?.record ?? null,
      sweepAt: () => {
        const sequence = current();
        return sequence === null ? null : sweepAt(sequence);
      },
      save: (entry) => {
        const sequence = current();
        if (sequence === null) return;
        const outbox = sequence.outbox
          .map((kept) => (kept.eventId === entry.eventId ? entry : kept))
          .filter((kept) => !(kept.recorded && isSettled(kept.delivery)));
        this.#store.save({ ...sequence, outbox });
      },
    };
  }

  #moment(): Moment {
    return { now: this.#deps.now(), newId: this.#deps.newId };
  }

  /** Applies one pure step and stores its result in the same turn; whatever changed is acted upon by the alarm. */
  async #step<Answer>(
    recordId: string,
    decide: (sequence: Sequence, moment: Moment) => Step<Answer>,
  ): Promise<Answer | null> {
    const before = await this.#load(recordId);
    if (before === null) return null;
    const announced = this.#deps.announcedEvents.peek(before.record.applicationId);
    if (announced === null) {
      // Other calls may act while this is read: the step begins again from what they left.
      await this.#deps.announcedEvents.refresh(before.record.applicationId);
      return this.#step(recordId, decide);
    }
    const moment = { ...this.#moment(), announced };
    const { next, answer } = decide(before, moment);
    if (next === before) return answer;
    this.#store.save(next);
    const hasEnded = !isFinal(before.record.status) && isFinal(next.record.status) && !next.deleted;
    if (hasEnded) this.#deps.countRecord(next.record);
    // Not awaited between the two: SQLite commits the step and its alarm together.
    // An analysis that runs is looked after by its lease; that it is to run again, D1 must hear of.
    const isNews = next.reanalysis !== before.reanalysis || nextDueAt(next) !== null;
    if (!isAtWork(next) || isNews) await this.#storage.setAlarm(moment.now);
    this.#tell();
    return answer;
  }

  /** The stored sequence; an empty object starts from D1, where a record that ended long ago is found final. */
  async #load(recordId: string): Promise<Sequence | null> {
    const stored = this.#store.load();
    if (stored !== null) return stored;
    const row = await this.#deps.readRecord(recordId);
    // While this one was reading, another call may have started the sequence, or deleted the record.
    if (row === null || this.#isGone) return null;
    const { sweepAt: sweepTime, ...record } = row;
    this.#projectedVersion = Math.max(this.#projectedVersion, record.version);
    return this.#store.load() ?? startSequence(record, sweepTime, this.#moment());
  }

  /** The record for those who listen: nobody is told of what D1 does not know. Null when there is none. */
  async #look(recordId: string): Promise<KnownRecord | null> {
    await this.#project().catch((error: unknown) => this.#report("projection failed", error));
    const sequence = await this.#load(recordId);
    return sequence === null || sequence.deleted ? null : this.#known(sequence.record);
  }

  #known(record: NutritionRecord): KnownRecord {
    return { record, knownVersion: this.#projectedVersion };
  }

  /** A record that is about to be deleted is not news: its listeners are let go when it is gone. */
  #tell(): void {
    const sequence = this.#store.load();
    if (sequence?.deleted === false) this.#listeners.tell(this.#known(sequence.record));
  }

  /** Writes the record to D1 if D1 is behind; one write at a time, so that an older one never comes second. */
  async #project(): Promise<void> {
    await this.#projecting?.catch(() => undefined);
    const sequence = this.#store.load();
    if (sequence === null || sequence.deleted || this.#projectedVersion >= sequence.record.version) return;
    const { version } = sequence.record;
    // While it is open the sweep's first look, a minute after the upload, stays: it is as good as a later one.
    const sweep = isFinal(sequence.record.status) ? sweepAt(sequence) : undefined;
    this.#projecting = this.#deps.projectRecord(sequence.record, sweep);
    try {
      await this.#projecting;
      this.#projectedVersion = version;
      this.#tell();
    } finally {
      this.#projecting = null;
    }
    await this.#project();
  }

  #report(message: string, error: unknown): void {
    log("error", message, { record_id: this.#store.load()?.record.id }, error);
  }
}
