import { FINAL, isErased, type Cast, type OwnedRecord } from "../cast.ts";
import type { Platform } from "../world/platform.ts";
import type { Arrival } from "../world/receivers.ts";
import { isOpenEvent, outboxOf, stateOf } from "./object-state.ts";
import { deliveryRows, recordRows, type DeliveryRow, type RecordRow } from "./rows.ts";
import type { WebhookWatch } from "./watch-webhooks.ts";

/** The sweep comes every minute, at the end of a run every 20 minutes: what was due before that was overlooked. */
const OVERLOOKED_MS = 45 * 60_000;

/** All that is left when a world has come to rest. */
interface Rest {
  platform: Platform;
  cast: Cast;
  webhooks: WebhookWatch;
  rows: ReadonlyMap<string, RecordRow>;
  deliveries: readonly DeliveryRow[];
}

/** What must hold once nothing fails any more and everything has had its time. */
export function checkAtRest(platform: Platform, cast: Cast, webhooks: WebhookWatch): void {
  const { tables } = platform;
  const rest: Rest = { platform, cast, webhooks, rows: recordRows(tables), deliveries: deliveryRows(tables) };
  webhooks.finish();
  for (const record of cast.records) checkRecord(rest, record);
  checkErasures(rest);
  checkOrphans(rest);
  checkHeld(rest);
  checkStorage(rest);
}

function checkRecord(rest: Rest, record: OwnedRecord): void {
  const { world } = rest.platform;
  const row = rest.rows.get(record.id);
  const object = rest.platform.objects.all.get(record.id);
  const state = object === undefined ? null : stateOf(object);
  if (record.deletedAt !== null) return checkGone(rest, record, row);
  if (row === undefined) {
    if (!record.mayBeGone && !isErased(record)) world.violate(`LOST: ${record.name} has no row`);
    if (state !== null)
      world.violate(`LEFT BEHIND: ${record.name} has no row, its object has version ${state.record.version}`);
    return;
  }
  const told = Math.max(0, ...record.told.map(({ version }) => version));
  if (row.version < told) {
    world.violate(`LOST: version ${told} of ${record.name} was answered, D1 has version ${row.version}`);
  }
  const keeps = state === null ? "nothing" : `version ${state.record.version} (${state.record.status})`;
  if (!FINAL.has(row.status)) {
    world.violate(`STUCK: ${record.name} is ${row.status}, sweep ${row.sweep_at}; its object has ${keeps}`);
  }
  if (row.retry_at !== null && FINAL.has(row.status) && (state === null || state.reanalysis === null)) {
    world.violate(`STUCK: ${record.name} is ${row.status}, and says that it is tried again`);
  }
  if (row.sweep_at !== null && row.sweep_at < world.now - OVERLOOKED_MS) {
    world.violate(
      `STUCK: ${record.name} is ${row.status}, and its sweep time has long passed; its object has ${keeps}`,
    );
  }
  if (object !== undefined && state !== null) {
    const outbox = outboxOf(object);
    const left = outbox.map(({ eventId, delivery }) => `${eventId} ${delivery.status}`).join(", ");
    const isHeld = outbox.some(({ delivery }) => delivery.status === "held");
    if (object.storage.committedAlarm === null && !isHeld) {
      world.violate(`STUCK: the object of ${record.name} has ${keeps}, events [${left}] and no alarm`);
    }
    if (!outbox.some(isOpenEvent) && state.reanalysis === null && FINAL.has(state.record.status)) {
      world.violate(`STUCK: the object of ${record.name} has nothing left to do and is not empty`);
    }
  }
  checkTold(rest, record, row);
  checkHint(rest, record, row);
  if (state === null) checkAttempts(rest, record);
}

/** A deleted record has left nothing. */
function checkGone({ platform, deliveries }: Rest, { name, id }: OwnedRecord, row: RecordRow | undefined): void {
  const { world } = platform;
  if (row !== undefined) world.violate(`DELETED: ${name} is still in D1 (${row.status})`);
  const object = platform.objects.all.get(id);
  if (object !== undefined && stateOf(object) !== null) world.violate(`DELETED: the object of ${name} still has it`);
  if (object !== undefined && object.storage.committedAlarm !== null) {
    world.violate(`DELETED: the object of ${name} still has an alarm`);
  }
  const photo = [...platform.bucket.stored.keys()].find((key) => key.includes(id));
  if (photo !== undefined) world.violate(`DELETED: the photo of ${name} is still there`);
  for (const { event_id: event } of deliveries.filter((each) => each.record_id === id)) {
    world.violate(`DELETED: ${event} is still in D1, with its body`);
  }
  const keys = platform.tables.read("SELECT 1 FROM idempotency_keys WHERE record_id = ?", id);
  if (keys.length > 0) world.violate(`DELETED: the idempotency key of ${name} is still there`);
}

const arrivalsOf = ({ tenant, id }: OwnedRecord): Arrival[] =>
  tenant.receiver.arrivals.filter(({ recordId }) => recordId === id);

/** Every version that is announced has its event: delivered, given up where one can see it, or still to come. */
function checkTold(rest: Rest, record: OwnedRecord, row: RecordRow): void {
  const { tenant, id } = record;
  if (tenant.mayLoseEvents || record.mayBeGone || isErased(record)) return;
  const object = rest.platform.objects.all.get(id);
  const isToCome = object !== undefined && object.storage.committedAlarm !== null;
  const isListed = (eventId: string): boolean => rest.deliveries.some((each) => each.event_id === eventId);
  const arrived = arrivalsOf(record);
  const isTold = (version: number): boolean =>
    isToCome || isListed(`evt_${id}_${version}`) || arrived.some((each) => each.version === version);
  if (tenant.events.includes("updated")) {
    for (const { version, by } of record.told) {
      if (by === "change" && !isTold(version)) {
        rest.platform.world.violate(`UNTOLD: version ${version} of ${record.name} was answered, its event never came`);
      }
    }
  }
  const isEnd = (status: string): boolean => status === "completed" || status === "failed";
  const hasEnd = arrived.some(({ status }) => isEnd(status));
  const hasListedEnd = rest.deliveries.some((each) => each.record_id === id);
  if (row.status !== "canceled" && !hasEnd && !hasListedEnd && !isToCome) {
    rest.platform.world.violate(`UNTOLD: ${record.name} is ${row.status}, and no webhook of its end ever came`);
  }
}

/** What was made of a photo answers the hint that was given last. */
function checkHint({ platform }: Rest, record: OwnedRecord, row: RecordRow): void {
  const asked = record.told.toSorted((a, b) => a.version - b.version).at(-1);
  if (asked?.by !== "reanalyze" || asked.hint === null || record.kind !== "photo" || record.hasUnannouncedChange)
    return;
  const content = row.content ?? "";
  // What was typed has no analysis that could say that it was repeated in vain.
  const isTyped = content.includes('"analysis":null');
  const isAnswered =
    isTyped || content.includes(`hinted ${asked.hint}"`) || content.includes("A re-analysis gave no result");
  if (!isAnswered && row.status !== "failed") {
    platform.world.violate(`HINT: ${record.name} was to be analyzed again with "${asked.hint}", and was not`);
  }
}

/** D1 lists every attempt that an endpoint has seen, and says of an event that was taken that it was. */
function checkAttempts(rest: Rest, record: OwnedRecord): void {
  if (record.tenant.mayLoseEvents || record.mayBeGone || isErased(record)) return;
  for (const [eventId, arrivals] of Map.groupBy(arrivalsOf(record), (arrival) => arrival.eventId)) {
    const row = rest.deliveries.find((each) => each.event_id === eventId);
    const { world } = rest.platform;
    if (row === undefined) {
      world.violate(`UNLISTED: ${eventId} was sent, and D1 knows nothing of it`);
      continue;
    }
    const listed = JSON.parse(row.attempts) as { number: number; httpStatus: number | null }[];
    const missing = arrivals.find(({ attempt }) => !listed.some(({ number }) => number === attempt));
    if (missing !== undefined) world.violate(`UNLISTED: attempt ${missing.attempt} of ${eventId} is not in D1`);
    if (["waiting", "held"].includes(row.status)) {
      world.violate(`STALE DELIVERY: ${eventId} is ${row.status} in D1, and its object is empty`);
    }
  }
}

function checkErasures({ platform, cast, rows, deliveries }: Rest): void {
  const { world } = platform;
  for (const tenant of cast.tenants) {
    for (const { user, acceptedAt } of tenant.erased) {
      if (acceptedAt === null) continue;
      const covers = (row: RecordRow): boolean =>
        row.application_id === tenant.id && (user === "" || row.user_id === user);
      for (const row of rows.values()) {
        if (covers(row)) world.violate(`ERASED: ${row.id} (${row.status}) of an erased user is still in D1`);
      }
      for (const row of deliveries) {
        const owner = cast.records.find(({ id }) => id === row.record_id)?.user;
        if (row.application_id === tenant.id && !rows.has(row.record_id) && (user === "" || owner === user)) {
          world.violate(`ERASED: ${row.event_id} is still in D1, with its body`);
        }
      }
      for (const record of cast.records.filter(
        (each) => each.tenant === tenant && (user === "" || each.user === user),
      )) {
        const object = platform.objects.all.get(record.id);
        if (object !== undefined && stateOf(object) !== null)
          world.violate(`ERASED: the object of ${record.name} still has it`);
        if (platform.bucket.stored.has(`${tenant.id}/${record.id}`)) {
          world.violate(`ERASED: the photo of ${record.name} is still there`);
        }
      }
      const receipts = platform.tables.read<{ status: string }>(
        "SELECT status FROM erasures WHERE application_id = ?",
        tenant.id,
      );
      if (receipts.length === 0) world.violate(`ERASED: there is no receipt for ${tenant.name}`);
      if (receipts.some(({ status }) => status !== "done")) {
        world.violate(`ERASED: the receipt for ${tenant.name} never says that it is done`);
      }
    }
  }
}

/** No delivery outlives its record, and no object keeps a record that D1 does not have. */
function checkOrphans({ platform, rows, deliveries }: Rest): void {
  for (const { event_id: event, record_id: id } of deliveries) {
    if (!rows.has(id)) platform.world.violate(`ORPHAN: ${event} is in D1 without its record`);
  }
  for (const object of platform.objects.all.values()) {
    if (stateOf(object) !== null && !rows.has(object.name)) {
      platform.world.violate(`ORPHAN: the object of ${object.name} keeps a record that D1 does not have`);
    }
  }
}

/** What each user is counted for is what there is of them, and whoever has nothing is not named. */
function checkStorage({ platform }: Rest): void {
  const wrong = platform.tables.read<{ application_id: number; user_id: string; is: string }>(
    `SELECT application_id, user_id, group_concat(kind || ' ' || records || '/' || bytes) AS "is" FROM (
       SELECT application_id, user_id, 'counted' AS kind, records, bytes FROM user_storage
       UNION ALL
       SELECT application_id, user_id, 'stored', count(*), sum(stored_bytes) FROM records GROUP BY 1, 2
     ) GROUP BY application_id, user_id HAVING count(*) < 2 OR min(records) < max(records) OR min(bytes) < max(bytes)`,
  );
  for (const { user_id: user, is } of wrong) platform.world.violate(`MISCOUNTED: ${user}: ${is}`);
}

/** What a circuit holds is let go when it has closed. */
function checkHeld({ platform, cast, deliveries }: Rest): void {
  for (const { event_id: event, application_id: application } of deliveries.filter(({ status }) => status === "held")) {
    const [health] = platform.tables.read<{ probe_at: number | null; releasing: number }>(
      "SELECT probe_at, releasing FROM endpoint_health WHERE application_id = ?",
      application,
    );
    const tenant = cast.tenants.find(({ id }) => id === application);
    if (health === undefined || (health.probe_at === null && health.releasing === 0)) {
      platform.world.violate(`HELD: ${event} is held although the circuit of ${tenant?.name} is closed`);
    }
  }
}
