import type { SourcePatch } from "./world/program.ts";
import { ALARM, OBJECT, SENDING, OUTBOX, DELIVERIES, plant, type Plant } from "./plant.ts";

const NO_WITHDRAWAL: SourcePatch = {
  file: OBJECT,
  from: "    await this.#attempt.withdraw();\n",
  to: "",
};

/** Faults that the simulator or its prototype found in the program, put back where they were mended. */
export const TAKEN_BACK: readonly Plant[] = [
  plant(
    "A",
    "after a delivery an object forgets what D1 does not have",
    OBJECT,
    `          await this.#deliver();
          break;`,
    `          for (let due: number | null = 0; due !== null && due <= this.#deps.now(); due = nextDueAt(this.#store.load() ?? { ...sequence, outbox: [] })) {
            await this.#deliver();
            await recordOutcomes(this.#outbox, this.#deps.webhooks);
          }
          if (isSettledSequence(this.#store.load() ?? { ...sequence, outbox: [] })) return this.#store.clear();
          break;`,
  ),
  plant(
    "B",
    "a row that was read before others began and ended starts the sequence again",
    OBJECT,
    "      if (this.#store.changes !== changes) continue;",
    "      void changes; const late = this.#store.load(); if (late !== null) return decide(late);",
  ),
  plant(
    "C",
    "a deletion during an alarm is taken for settled",
    OBJECT,
    `          await this.#deliver();
          break;`,
    `          await this.#deliver();
          if (this.#store.load()?.deleted === true) return this.#store.clear();
          break;`,
  ),
  {
    name: "D",
    what: "a webhook leaves although its record was deleted while its name was resolved",
    patches: [
      {
        file: SENDING,
        from: `  const prepared = await prepareAttempt({ url, keys, eventId, body, number }, deps);
  const entry = stillDue(next, outbox, deps);
  if (entry === null || nextAttemptNumber(entry.delivery) !== number) return null;`,
        to: `  const entry = stillDue(next, outbox, deps);
  if (entry === null) return null;
  const prepared = await prepareAttempt({ url, keys, eventId, body, number }, deps);`,
      },
      // The deletion alone would keep it from leaving.
      NO_WITHDRAWAL,
    ],
  },
  {
    name: "in-flight",
    what: "a deletion does not wait for the webhook that is under way",
    patches: [NO_WITHDRAWAL],
  },
  plant(
    "clock-order",
    "a record's events are ordered by clocks that contradict one another",
    OUTBOX,
    "[...entries].sort((a, b) => eventVersion(a.eventId) - eventVersion(b.eventId))",
    "[...entries].sort((a, b) => a.createdAt - b.createdAt || eventVersion(a.eventId) - eventVersion(b.eventId))",
  ),
  {
    name: "late-release",
    what: "a circuit forgets an event that was held while the sweep found none",
    patches: [
      {
        file: "src/webhooks/maintain-endpoints.ts",
        from: "await ports.writeHealth(applicationId, afterRelease(health), health);",
        to: "await ports.writeHealth(applicationId, afterRelease(await ports.readHealth(applicationId)));",
      },
      {
        file: "src/webhooks/endpoint-health.ts",
        from: "health.probeAt !== null ? health : {",
        to: "health.probeAt !== null || health.releasing ? health : {",
      },
    ],
  },
  plant(
    "early-alarm",
    "an alarm that rings before the object's clock has come to its time is set to the same time again",
    ALARM,
    "this.set(alarmTime(until, this.#rangFor, this.#deps.now()));",
    "this.set(until);",
  ),
  {
    name: "E",
    what: "a delivery is written although its record was deleted meanwhile",
    patches: [
      { file: DELIVERIES, from: "recordId: records.id,", to: "recordId: sql`${record.id}`.as('record_id')," },
      {
        file: DELIVERIES,
        from: `    .from(records)
    .where(eq(records.id, record.id));`,
        to: "    .from(sql`(SELECT 1)`).where(sql`true`);",
      },
    ],
  },
  {
    name: "F",
    what: "a resend makes an event again from what D1 knew before its delivery ended",
    patches: [
      {
        file: OBJECT,
        from: "if (this.#store.changes !== changes) return { next: sequence, result: AGAIN };",
        to: "void changes;",
      },
      {
        file: "src/webhooks/repair.ts",
        from: "const dueAt = hasEnded(delivery) ? null : now;",
        to: "const dueAt = null; void now;",
      },
    ],
  },
];
