import { FINAL, type OwnedRecord, type Tenant } from "./cast.ts";
import { recordRows } from "./invariants/rows.ts";
import type { Arrival } from "./world/receivers.ts";
import { ADMINISTRATOR, weigh, type Scene, type Weighted } from "./scene.ts";

/** What an administrator looks at: an application, and one of its records. */
interface Task {
  scene: Scene;
  tenant: Tenant;
  record: OwnedRecord;
}

const PAUSES_MS = [0, 100, 900, 3000, 10_000, 40_000, 90_000, 200_000] as const;
const SHORT_PAUSES_MS = [0, 5, 20, 60, 200, 600] as const;
const CLICKS = 6;
const CLICK_MS = 10;
const WEBHOOK_PATIENCE_MS = 60_000;
const ALL_EVENTS = ["processing", "completed", "failed", "updated", "canceled"];
const WHO = "administrator";

const send = ({ scene }: Task, what: string, method: string, path: string, body?: object) =>
  scene.clients.send(WHO, what, method, path, { headers: ADMINISTRATOR, ...(body !== undefined && { body }) });

const pathOf = ({ tenant }: Task): string => `/admin/applications/${tenant.id}`;

/** The next webhook of the record, or one of its repetitions if that fails. */
async function nextAttempt({ tenant, record }: Task, repetitions: number): Promise<Arrival | null> {
  let arrival = await tenant.receiver.next(record.id, WEBHOOK_PATIENCE_MS);
  for (let waited = 0; waited < repetitions && arrival !== null && arrival.answered !== 200; waited++) {
    arrival = await tenant.receiver.next(record.id, WEBHOOK_PATIENCE_MS);
  }
  return arrival;
}

/** Sends again what has been sent, or is being sent right now. */
async function resend(task: Task): Promise<void> {
  const { scene, tenant, record } = task;
  const { world } = scene.platform;
  tenant.areEventsRepeated = true;
  record.isTouched = true;
  const awaited = world.choose(3) === 0 ? null : await nextAttempt(task, world.choose(3));
  if (awaited !== null) await world.sleep(SHORT_PAUSES_MS[world.choose(SHORT_PAUSES_MS.length)] ?? 0);
  const sent = tenant.receiver.arrivals.filter(({ recordId }) => recordId === record.id);
  const event = awaited?.eventId ?? sent[world.choose(Math.max(1, sent.length))]?.eventId;
  if (event === undefined) return;
  await send(task, `has ${event} sent again`, "POST", `${pathOf(task)}/deliveries/${event}/resend`);
}

/** Sees a webhook fail, and impatiently has it sent again just when its repetition succeeds; that one fails too. */
async function resendDuringRetry(task: Task): Promise<void> {
  const { scene, tenant, record } = task;
  const { world } = scene.platform;
  const { receiver } = tenant;
  tenant.areEventsRepeated = true;
  record.isTouched = true;
  receiver.refusals = 1;
  const retried = await nextAttempt(task, 2);
  if (retried === null) return;
  receiver.refusals = 1;
  const path = `${pathOf(task)}/deliveries/${retried.eventId}/resend`;
  const clicks = 1 + world.choose(CLICKS);
  await Promise.all(
    Array.from({ length: clicks }, async (_, click) => {
      await world.sleep(click * CLICK_MS);
      await send(task, `has ${retried.eventId} sent again`, "POST", path);
    }),
  );
}

async function recover(task: Task): Promise<void> {
  const { scene, tenant } = task;
  tenant.areEventsRepeated = true;
  const since = new Date(scene.start - 1000).toISOString();
  await send(task, `recovers ${tenant.name}`, "POST", `${pathOf(task)}/recover`, { since });
}

async function rotate(task: Task): Promise<void> {
  const { scene, tenant } = task;
  const hours = scene.platform.world.choose(2) === 0 ? 1 : 0;
  const path = `${pathOf(task)}/keys/webhook/rotate`;
  const answer = await send(task, `rotates the webhook key of ${tenant.name}`, "POST", path, { overlap_hours: hours });
  if (answer?.status === 200) tenant.webhookKeys.push((answer.json() as { key: string }).key);
  else if (answer === null || answer.status >= 500) tenant.areKeysKnown = false;
}

async function wantAllEvents(task: Task): Promise<void> {
  task.tenant.mayLoseEvents = true;
  await send(task, `orders all events for ${task.tenant.name}`, "PATCH", pathOf(task), { webhook_events: ALL_EVENTS });
}

async function takeUrl(task: Task): Promise<void> {
  task.tenant.mayLoseEvents = true;
  await send(task, `takes the URL of ${task.tenant.name} away`, "PATCH", pathOf(task), { webhook_url: null });
}

async function putUrlBack(task: Task): Promise<void> {
  const { tenant } = task;
  await send(task, `gives ${tenant.name} its URL`, "PATCH", pathOf(task), { webhook_url: tenant.receiver.url });
}

/** Nobody of the application is let in for a while. */
async function disable(task: Task): Promise<void> {
  const { world } = task.scene.platform;
  await send(task, `disables ${task.tenant.name}`, "PATCH", pathOf(task), { active: false });
  await world.sleep(PAUSES_MS[world.choose(PAUSES_MS.length)] ?? 0);
  await send(task, `enables ${task.tenant.name}`, "PATCH", pathOf(task), { active: true });
}

async function test(task: Task): Promise<void> {
  await send(task, `sends ${task.tenant.name} a test event`, "POST", `${pathOf(task)}/test`, {});
}

async function erase(task: Task, user: string): Promise<void> {
  const { tenant, scene } = task;
  const erasure: Tenant["erased"][number] = { user, acceptedAt: null };
  tenant.erased.push(erasure);
  const path = user === "" ? pathOf(task) : `${pathOf(task)}/users/${user}`;
  const answer = await send(task, `erases ${user === "" ? "all" : user} of ${tenant.name}`, "DELETE", path);
  if (answer?.status === 202) erasure.acceptedAt = scene.platform.world.now;
}

const eraseUser = (task: Task): Promise<void> => erase(task, task.record.user);
const eraseApplication = (task: Task): Promise<void> => erase(task, "");

/** Every open record is found by its status, and counted as what waits. */
export async function lookForOpenRecords({ platform, clients }: Scene): Promise<void> {
  const { world, tables } = platform;
  const openNow = (): string[] =>
    [...recordRows(tables).values()]
      .filter(({ status }) => !FINAL.has(status))
      .map(({ id, status }) => `${id} ${status}`);
  const before = openNow();
  const found = new Set<string>();
  for (const status of ["pending", "processing"]) {
    const answer = await clients.send(WHO, `looks for ${status} records`, "GET", `/admin/records?status=${status}`, {
      headers: ADMINISTRATOR,
    });
    if (answer?.status !== 200) return;
    const listed = answer.json() as { record_id: string }[];
    for (const { record_id: id } of listed) found.add(`${id} ${status}`);
  }
  const usage = await clients.send(WHO, "looks at the backlog", "GET", "/admin/usage", { headers: ADMINISTRATOR });
  const after = new Set(openNow());
  const standing = before.filter((open) => after.has(open));
  for (const open of standing) if (!found.has(open)) world.violate(`UNSEEN: ${open} is in no list of open records`);
  if (usage?.status !== 200) return;
  const { backlog } = usage.json() as { backlog: { pending: number; processing: number } };
  if (backlog.pending + backlog.processing < standing.length) {
    world.violate(`UNSEEN: ${standing.length} records are open, the backlog counts fewer`);
  }
}

const ACTS: Weighted<(task: Task) => Promise<unknown>> = [
  [({ scene }) => lookForOpenRecords(scene), 2],
  [resend, 5],
  [resendDuringRetry, 3],
  [recover, 3],
  [rotate, 2],
  [wantAllEvents, 2],
  [takeUrl, 1],
  [putUrlBack, 1],
  [disable, 1],
  [test, 1],
  [eraseUser, 1],
  [eraseApplication, 1],
];

/** An administrator does this and that with the record's application. */
export async function administer(scene: Scene, record: OwnedRecord): Promise<void> {
  const { world } = scene.platform;
  const acts = weigh(ACTS);
  // Only who watches from the start sees the first webhook fail.
  if (world.choose(4) === 1) await resendDuringRetry({ scene, tenant: record.tenant, record });
  const count = world.choose(4, 0.5);
  for (let done = 0; done < count; done++) {
    await world.sleep(PAUSES_MS[world.choose(PAUSES_MS.length, 0.3)] ?? 0);
    await acts[world.choose(acts.length)]?.({ scene, tenant: record.tenant, record });
  }
}
