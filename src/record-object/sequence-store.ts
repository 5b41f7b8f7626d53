import { inOrder, upgradeEntry, type OutboxEntry } from "../webhooks/outbox.ts";
import type { Sequence } from "../records/sequence.ts";

/**
 * A sequence in the object's own SQLite. Webhook bodies lie in rows of their own and are written once. Every write is
 * synchronous, so that one call's changes commit together; what did not change is not written again.
 */
export class SequenceStore {
  readonly #storage: DurableObjectStorage;
  #ready = false;
  #current: Sequence | null = null;
  #changes = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** The current sequence, or null when the object is empty. */
  load(): Sequence | null {
    this.#current ??= this.#read();
    return this.#current;
  }

  /** Grows with every change: who awaits something tells by it whether what was decided before still holds. */
  get changes(): number {
    return this.#changes;
  }

  save(next: Sequence): void {
    this.#createTables();
    const previous = this.#current;
    this.#storage.transactionSync(() => {
      this.#writeState(previous, next);
      for (const entry of next.outbox) this.#writeEntry(previous, entry);
      for (const entry of previous?.outbox ?? []) {
        if (!next.outbox.some((kept) => kept.eventId === entry.eventId)) {
          this.#storage.sql.exec("DELETE FROM outbox WHERE event_id = ?", entry.eventId);
        }
      }
    });
    this.#current = next;
    this.#changes += 1;
  }

  /** Deletes everything, the alarm too: a finished record costs nothing. */
  async clear(): Promise<void> {
    this.#ready = false;
    this.#current = null;
    this.#changes += 1;
    await this.#storage.deleteAll();
  }

  #read(): Sequence | null {
    this.#createTables();
    const { sql } = this.#storage;
    const [row] = sql.exec<{ state: string }>("SELECT state FROM sequence").toArray();
    if (row === undefined) return null;
    const events = sql.exec<{ event: string; body: string }>("SELECT event, body FROM outbox ORDER BY position");
    const outbox = [...events].map(({ event, body }) => upgradeEntry({ ...JSON.parse(event), body }));
    const state = JSON.parse(row.state) as Omit<Sequence, "outbox">;
    // What was stored before there were re-analyses, retries, or kept calls of models has none.
    const record = { ...state.record, retry: state.record.retry ?? null, modelCalls: state.record.modelCalls ?? [] };
    const { reanalysis, postponements } = state;
    return {
      ...state,
      reanalysis: reanalysis ?? null,
      postponements: postponements ?? null,
      record,
      outbox: inOrder(outbox),
    };
  }

  #writeState(previous: Sequence | null, next: Sequence): void {
    const same =
      previous !== null &&
      previous.record === next.record &&
      previous.lease === next.lease &&
      previous.begins === next.begins &&
      previous.postponements === next.postponements &&
      previous.reanalysis === next.reanalysis &&
      previous.deleted === next.deleted;
    if (same) return;
    const { outbox: _, ...state } = next;
    this.#storage.sql.exec(
      "INSERT INTO sequence (only, state) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET state = excluded.state",
      JSON.stringify(state),
    );
  }

  #writeEntry(previous: Sequence | null, entry: OutboxEntry): void {
    if (previous?.outbox.includes(entry) === true) return;
    const { body, ...event } = entry;
    this.#storage.sql.exec(
      `INSERT INTO outbox (event_id, event, body) VALUES (?, ?, ?)
       ON CONFLICT (event_id) DO UPDATE SET event = excluded.event`,
      entry.eventId,
      JSON.stringify(event),
      body,
    );
  }

  #createTables(): void {
    if (this.#ready) return;
    this.#storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS sequence (only INTEGER PRIMARY KEY CHECK (only = 1), state TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS outbox (
        position INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, event TEXT NOT NULL, body TEXT NOT NULL
      );
    `);
    this.#ready = true;
  }
}
