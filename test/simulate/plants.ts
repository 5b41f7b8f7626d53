import {
  ALARM,
  OBJECT,
  SEQUENCE,
  NEXT_STEP,
  ANALYSIS,
  SENDING,
  OUTBOX,
  DELIVERIES,
  RECORDS,
  plant,
  type Plant,
} from "./plant.ts";
import { TAKEN_BACK } from "./taken-back.ts";

/** The faults that simulation has to find: the order of a record's life, its leases, its webhooks, its circuits. */
const OF_THE_CORE: readonly Plant[] = [
  plant(
    "early",
    "a webhook may come before D1 has the version",
    NEXT_STEP,
    'if (projectedVersion < sequence.record.version) return { do: "project" };',
    "",
  ),
  plant(
    "clear",
    "an object forgets deliveries of which D1 has not heard",
    NEXT_STEP,
    'if (sequence.outbox.some(isUnrecorded)) return { do: "record" };',
    "",
  ),
  plant(
    "no-alarm",
    "a step sets no alarm",
    OBJECT,
    "if (!isAtWork(next) || isNews) this.#alarm.set(this.#deps.now());",
    "void isNews;",
  ),
  plant(
    "order",
    "a later event does not wait for the earlier",
    OUTBOX,
    "entries.find((entry) => !hasEnded(entry.delivery)) ?? null",
    "entries.findLast((entry) => !hasEnded(entry.delivery)) ?? null",
  ),
  plant(
    "two-leases",
    "a lease is handed out that another consumer holds",
    ANALYSIS,
    "  if (refusal !== null) return { next: sequence, result: refusal };",
    "  void refusal;",
  ),
  plant(
    "key",
    "an idempotency key does not bind",
    "src/intake/idempotency.ts",
    "if (claim !== null) return await ports.insertRecordOnce(record, sweepAt, claim);",
    "",
  ),
  plant(
    "version-guard",
    "an older version replaces a newer one in D1",
    RECORDS,
    ".where(and(eq(records.id, record.id), lt(records.version, record.version)));",
    ".where(eq(records.id, record.id));",
  ),
  plant(
    "second-updated",
    "the second change of a record is not announced",
    SEQUENCE,
    '  after.status === "updated" ||',
    "",
  ),
  plant(
    "no-claim",
    "an attempt is not claimed before it is sent",
    SENDING,
    "outbox.save(withDelivery(entry, claimAttempt(entry.delivery, next.trigger, request, startedAt)));",
    "if (entry.revision < 0) outbox.save(withDelivery(entry, claimAttempt(entry.delivery, next.trigger, request, startedAt)));",
  ),
  plant("let-go", "held events are never let go", OBJECT, "releaseHeld(this.#outbox, now);", ""),
  plant(
    "alarm-again",
    "an alarm that failed is not set again",
    ALARM,
    "await this.#storage.setAlarm(this.#deps.now() + pauseAfterFailedAlarms(this.#failures));",
    "",
  ),
  plant(
    "put-off",
    "a record is put off by whoever does not hold it",
    ANALYSIS,
    `  if (sequence.lease?.id !== leaseId) return stale(sequence);
  const { count, since }`,
    "  const { count, since }",
  ),
  plant(
    "finish",
    "an outcome counts of whoever does not hold the record",
    ANALYSIS,
    `  if (sequence.lease?.id !== leaseId) return stale(sequence);
  const asked = withCalls(sequence, outcome.calls);`,
    "  const asked = withCalls(sequence, outcome.calls);",
  ),
  plant(
    "not-called",
    "an analysis that was put off is not called for again",
    "src/records/sweep.ts",
    "  if (ids.length > 0) await ports.enqueue(ids, spreadSeconds);",
    "  if (ids.length > 0 && spreadSeconds === 0) await ports.enqueue(ids, spreadSeconds);",
  ),
  plant(
    "late-read",
    "an object that deleted its record starts again from a row that was read before",
    OBJECT,
    `      if (this.#store.changes !== changes) continue;
      if (row === null || this.#isGone) return decide(null);`,
    `      if (this.#store.changes !== changes && !this.#isGone) continue;
      if (row === null) return decide(null);`,
  ),
  plant(
    "identity",
    "D1 is taken to know what was changed while it was told",
    SENDING,
    "if (now !== null && now.revision === entry.revision)",
    "if (now !== null)",
  ),
  plant(
    "late-hold",
    "an event that a circuit holds which has just closed is forgotten",
    SENDING,
    'if (status === "held") await changeHealth(record.applicationId, afterLateHold, deps);',
    "void afterLateHold;",
  ),
];

/** Others: whose a record is, what is left of it, what a user was promised. */
const OF_THE_SHELL: readonly Plant[] = [
  plant(
    "owner",
    "a record is found by whoever names it",
    RECORDS,
    "and(eq(records.id, id), eq(records.applicationId, owner.applicationId), eq(records.userId, owner.userId));",
    "and(eq(records.id, id), eq(records.applicationId, owner.applicationId));",
  ),
  plant(
    "uncounted",
    "a record with an idempotency key is not counted for its user",
    "src/db/idempotency.ts",
    "...insertingRecord(db, record, sweepAt),",
    "insertingRecord(db, record, sweepAt)[1],",
  ),
  plant(
    "leftovers",
    "a deleted record leaves its deliveries",
    RECORDS,
    "db.delete(deliveries).where(and(gte(deliveries.eventId, events.from), lt(deliveries.eventId, events.to))),",
    "db.delete(deliveries).where(and(gte(deliveries.eventId, events.to), lt(deliveries.eventId, events.from))),",
  ),
  plant(
    "sweep",
    "the sweep moves nothing",
    "src/index.ts",
    '"sweep.records_requeued", "sweep: re-enqueued stalled records", () => sweep(records)',
    '"sweep.records_requeued", "sweep: re-enqueued stalled records", async () => Number(sweep === null) * Number(records === null)',
  ),
  plant(
    "hint",
    "an analysis is made again without the hint",
    ANALYSIS,
    "hint: reanalysis?.hint ?? null,",
    "hint: null,",
  ),
  plant(
    "if-match",
    "two changes of one version are both made",
    "src/records/user-steps.ts",
    `  if (expectedVersion !== null && expectedVersion !== record.version) {
    return { next: sequence, result: { outcome: "version_mismatch" } };
  }`,
    "",
  ),
  plant(
    "photo-key",
    "photos of the same minute share a place",
    "src/photos/photo-store.ts",
    "`${applicationId}/${recordId}`",
    "`${applicationId}/${recordId.slice(0, 8)}`",
  ),
  plant(
    "gone-early",
    "a deletion is answered before it is made",
    OBJECT,
    "if (this.#store.load() !== null) await this.#erase();",
    "if (this.#store.load() !== null) void this.#erase().catch(() => undefined);",
  ),
  plant(
    "revision",
    "an older state of a delivery replaces a newer one in D1",
    DELIVERIES,
    "setWhere: sql`${deliveries.revision} < excluded.revision`,",
    "",
  ),
  plant(
    "lease-for-good",
    "a lease never ends by itself",
    SEQUENCE,
    "lease === null ? 0 : lease.expiresAt + pauseAfterLostBeginnings(begins);",
    "lease === null ? 0 : Number.MAX_SAFE_INTEGER + 0 * begins;",
  ),
  plant(
    "no-retry",
    "a webhook that failed is not sent again",
    OUTBOX,
    'return { ...closed, failures, status: "waiting", dueAt: outcome.finishedAt + delay };',
    'return { ...closed, failures, status: "waiting", dueAt: null };',
  ),
];

export const PLANTS: readonly Plant[] = [...TAKEN_BACK, ...OF_THE_CORE, ...OF_THE_SHELL];

/** The plant of that name. Throws when there is none. */
export function plantNamed(name: string): Plant {
  const found = PLANTS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no plant "${name}"`);
  return found;
}
