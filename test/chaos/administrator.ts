import { setTimeout as sleep } from "node:timers/promises";
import { ADMIN, type LoadApplication } from "./applications.ts";
import { type Dice, diceFor } from "./dice.ts";
import { type Answer, type Call, type Http, jsonBody, read } from "./http.ts";
import type { Ledger } from "./ledger.ts";

/** What an administrator does beside the load, and how often. */
const ACTS = { resend: 8, recover: 1, test: 1, rotate: 2, look: 4 } as const;
const PAUSE_MS = [500, 4000] as const;
const OVERLAP_HOURS = 1;
const LOOKS = ["/admin/usage", "/admin/audit", "/admin/records?limit=50", "/admin/records?status=processing"] as const;

interface Desk {
  http: Http;
  ledger: Ledger;
  dice: Dice;
}

async function ask({ http }: Desk, call: Omit<Call, "headers">): Promise<Answer | null> {
  const outcome = await http.send({ ...call, headers: ADMIN });
  return outcome.kind === "answer" ? outcome : null;
}

async function resend(desk: Desk, { id }: LoadApplication): Promise<void> {
  const listed = await ask(desk, {
    name: "admin: deliveries",
    method: "GET",
    path: `/admin/applications/${id}/deliveries?limit=50`,
  });
  if (listed?.status !== 200) return;
  const deliveries = read<{ delivery_id: string; record_id: string }[]>(listed);
  const delivery = deliveries[Math.floor(desk.dice.between(0, deliveries.length))];
  if (delivery === undefined) return;
  desk.ledger.interventions.push({ what: "resend", applicationId: id, recordId: delivery.record_id, at: Date.now() });
  const path = `/admin/applications/${id}/deliveries/${delivery.delivery_id}/resend`;
  await ask(desk, { name: "admin: resend", method: "POST", path });
}

async function recover(desk: Desk, { id }: LoadApplication): Promise<void> {
  desk.ledger.interventions.push({ what: "recover", applicationId: id, recordId: null, at: Date.now() });
  const since = new Date(desk.ledger.startedAt).toISOString();
  await ask(desk, {
    name: "admin: recover",
    method: "POST",
    path: `/admin/applications/${id}/recover`,
    ...jsonBody({ since }),
  });
}

async function test(desk: Desk, { id }: LoadApplication): Promise<void> {
  desk.ledger.interventions.push({ what: "test", applicationId: id, recordId: null, at: Date.now() });
  await ask(desk, { name: "admin: test", method: "POST", path: `/admin/applications/${id}/test` });
}

type Keys = { id: string | null }[];

/** Ends keys that nobody knows, because the answer that showed them got lost: the newest ones, as the README says. */
async function endUnknownKeys(
  desk: Desk,
  { id }: LoadApplication,
  purpose: "hmac" | "webhook",
  known: Keys,
): Promise<void> {
  for (;;) {
    const shown = await ask(desk, { name: "admin: read", method: "GET", path: `/admin/applications/${id}` });
    if (shown?.status === 200) {
      const [newest] = read<{ keys: Record<string, Keys> }>(shown).keys[purpose] ?? [];
      if (newest === undefined || known.some((key) => key.id === newest.id)) return;
      await ask(desk, {
        name: "admin: end key",
        method: "DELETE",
        path: `/admin/applications/${id}/keys/${purpose}/${newest.id}`,
      });
    }
    await sleep(PAUSE_MS[0]);
  }
}

/** Rotates one of the keys with an overlap, during which both are live: longer than a run. */
async function rotate(desk: Desk, application: LoadApplication): Promise<void> {
  const purpose = desk.dice.pick(["hmac", "webhook"] as const);
  const keys = purpose === "hmac" ? application.hmacKeys : application.webhookKeys;
  const path = `/admin/applications/${application.id}`;
  const before = await ask(desk, { name: "admin: read", method: "GET", path });
  // At most two are live at once.
  if (before?.status !== 200 || keys.length > 1) return;
  const known = read<{ keys: Record<string, Keys> }>(before).keys[purpose] ?? [];
  const body = jsonBody({ overlap_hours: OVERLAP_HOURS });
  const rotated = await ask(desk, {
    name: "admin: rotate",
    method: "POST",
    path: `${path}/keys/${purpose}/rotate`,
    ...body,
  });
  if (rotated?.status === 200) keys.push(read<{ key: string }>(rotated).key);
  else await endUnknownKeys(desk, application, purpose, known);
}

/** Tells the service that every endpoint is well again, as an administrator does after an outage: by a test event. */
export async function reportWell(applications: readonly LoadApplication[], http: Http, ledger: Ledger): Promise<void> {
  const desk: Desk = { http, ledger, dice: diceFor(0, "well") };
  for (const application of applications) if (application.hasUrl) await test(desk, application);
}

/** Looks after the applications until the load is over. */
export async function administer(
  applications: readonly LoadApplication[],
  http: Http,
  ledger: Ledger,
  seed: number,
  isOver: () => boolean,
): Promise<void> {
  const desk: Desk = { http, ledger, dice: diceFor(seed, "administrator") };
  while (!isOver()) {
    await sleep(desk.dice.between(...PAUSE_MS));
    const application = applications[Math.floor(desk.dice.between(0, applications.length))];
    if (application === undefined) continue;
    switch (desk.dice.weighted(ACTS)) {
      case "resend":
        await resend(desk, application);
        break;
      case "recover":
        await recover(desk, application);
        break;
      case "test":
        await test(desk, application);
        break;
      case "rotate":
        await rotate(desk, application);
        break;
      case "look":
        await ask(desk, { name: "admin: look", method: "GET", path: desk.dice.pick(LOOKS) });
        break;
    }
  }
}
