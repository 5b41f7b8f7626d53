import { eventsOf, isAnalysisUnderWay } from "../history.ts";
import type { LifeEvent, NutritionRecord, Status } from "../record.ts";
import { createStreamListener } from "./event-stream.ts";
import type { Listener, Timers } from "./listener.ts";
import { createWaiter } from "./waiter.ts";

/** More than a record has readers. Each holds a connection and the object's memory. */
const MAX_LISTENERS = 50;

/** A record as visible to listeners: they never see a status that D1 does not have yet. */
export interface KnownRecord {
  record: NutritionRecord;
  /** The version that D1 has. */
  knownVersion: number;
}

/** The result of a request to listen: `over` means that the client has received every event. */
export type Opened = { outcome: "open"; body: ReadableStream<Uint8Array> } | { outcome: "over" } | { outcome: "full" };

const knownEvents = ({ record, knownVersion }: KnownRecord): readonly LifeEvent[] =>
  eventsOf(record).filter((event) => event.version <= knownVersion);

/** Whether nothing will follow these events. */
const isToldToTheEnd = ({ record }: KnownRecord, events: readonly LifeEvent[]): boolean =>
  !isAnalysisUnderWay(record) && events.at(-1)?.n === eventsOf(record).at(-1)?.n;

/**
 * After which event a listener continues that has last heard of event `lastId`. One that has heard of none, or of one
 * that never was, begins with the present state.
 */
function resumeAfter(events: readonly LifeEvent[], lastId: number | null): number {
  const latest = events.at(-1)?.n ?? 0;
  return lastId === null || lastId > latest ? latest - 1 : lastId;
}

/**
 * Those who listen to one record. They live in the memory of the record's object and die with it; a client then comes
 * back with the id of the event that it heard last.
 */
export class Listeners {
  readonly #all = new Set<Listener>();
  readonly #timers: Timers;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Whether a consumer should report its stages. */
  get wantStages(): boolean {
    return [...this.#all].some((listener) => listener.wantsStages);
  }

  /** Opens a stream of server-sent events that resumes after event `lastId`; null: from the current state. */
  open(known: KnownRecord, lastId: number | null): Opened {
    const events = knownEvents(known);
    const after = resumeAfter(events, lastId);
    if (isToldToTheEnd(known, events) && after === events.at(-1)?.n) return { outcome: "over" };
    if (this.#all.size >= MAX_LISTENERS) return { outcome: "full" };
    const listener = createStreamListener(after, this.#timers, () => this.#all.delete(listener));
    this.#all.add(listener);
    this.tell(known);
    return { outcome: "open", body: listener.body };
  }

  /** Resolves when the record is no longer in this status, is over or gone, or `ms` milliseconds have passed. */
  async wait(known: KnownRecord, status: Status, ms: number): Promise<void> {
    if (this.#all.size >= MAX_LISTENERS) return;
    const events = knownEvents(known);
    const latest = events.at(-1);
    if (latest === undefined || latest.status !== status || isToldToTheEnd(known, events)) return;
    const waiter = createWaiter(status, latest.n);
    this.#all.add(waiter);
    const cancel = this.#timers.after(ms, () => waiter.end());
    await waiter.done;
    cancel();
    this.#all.delete(waiter);
  }

  /**
   * Sends listeners the events they have not received yet, once each and in order; after the last one they are closed.
   */
  tell(known: KnownRecord): void {
    const events = knownEvents(known);
    const isOver = isToldToTheEnd(known, events);
    for (const listener of this.#all) {
      for (const event of events.filter(({ n }) => n > listener.after)) {
        listener.after = event.n;
        listener.hear(known.record, event);
      }
      if (isOver) this.#end(listener);
    }
  }

  /** The record is gone: nothing will follow. */
  endAll(): void {
    for (const listener of this.#all) this.#end(listener);
  }

  #end(listener: Listener): void {
    this.#all.delete(listener);
    listener.end();
  }
}
