import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WEBHOOK_EVENTS } from "../../src/applications/application.ts";
import { LOCAL_ADMIN_TOKEN } from "../../src/cli/local-config.ts";
import type { Status } from "../../src/records/record.ts";
import { isFinal } from "../../src/records/transitions.ts";
import { makeStateRoot, startServer, type Server } from "../bench/servers.ts";
import { moveIn } from "../bench/tenant.ts";
import { buildService } from "../bench/workers.ts";
import { readEvents, type ReceivedEvent } from "../support/event-reader.ts";
import { jpeg } from "../support/images.ts";
import { waitUntil } from "../support/node/wait-until.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../support/node/webhook-receiver.ts";

const UPLOADS = 200;
/** Every way through a record's life; a channel may miss a status that did not last, and never sees one out of order. */
const LIVES: Status[][] = [
  ["pending", "processing", "completed", "updated"],
  ["pending", "processing", "failed"],
  ["pending", "processing", "canceled"],
];
/** A poller's pause: shorter than `Retry-After` asks for, so that more is seen. */
const POLL_MS = 1_000;
/** Some ten seconds on two cores that have nothing else to do. */
const PATIENCE_MS = 150_000;
const WEBHOOK_PATIENCE_MS = 20_000;

/** What every channel said of one record. */
interface Observer {
  id: string;
  polled: Status[];
  waited: Status[];
  told: ReceivedEvent[];
}

const photo = jpeg({ width: 512, height: 512 });
const stateRoot = makeStateRoot();
let server: Server;
let receiver: WebhookReceiver;
let authorization: string;
let witnesses: Observer[];

/** The service as it would be deployed, in workerd, with a model that takes no time. */
beforeAll(async () => {
  const { worker } = await buildService(stateRoot);
  const folder = join(import.meta.dirname, "../support/node");
  const model = { name: "morsel-local-ai", modulesRoot: folder, compatibilityDate: "2026-10-23" };
  const modules = [{ type: "ESModule" as const, path: join(folder, "fickle-model.mjs") }];
  receiver = await startWebhookReceiver();
  server = await startServer(stateRoot, [worker, { ...model, modules }]);
  authorization = await moveIn(server.origin, receiver.url);
  await fetch(`${server.origin}/admin/applications/1`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${LOCAL_ADMIN_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ webhook_events: WEBHOOK_EVENTS }),
  });
  witnesses = await Promise.all(Array.from({ length: UPLOADS }, (_, turn) => live(turn)));
}, PATIENCE_MS);

afterAll(async () => {
  await server.stop();
  await receiver.close();
  rmSync(stateRoot, { recursive: true, force: true });
});

const call = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.origin}/nutrition_records${path}`, { ...init, headers: { authorization, ...headers } });

const statusOf = async (response: Response): Promise<Status> => ((await response.json()) as { status: Status }).status;

/** Asks again and again until the record is final. */
async function follow(ask: () => Promise<Response>, pauseMs: number): Promise<Status[]> {
  const seen: Status[] = [];
  for (;;) {
    const status = await statusOf(await ask());
    seen.push(status);
    if (isFinal(status)) return seen;
    await sleep(pauseMs);
  }
}

/** One photo and its user, who follows it in every way there is, cancels every fifth and corrects every third. */
async function live(turn: number): Promise<Observer> {
  const accepted = await call(
    "/image?ignore_cache=true",
    { "content-type": "image/jpeg" },
    { method: "POST", body: photo },
  );
  const { record_id: id } = (await accepted.json()) as { record_id: string };
  const path = turn % 2 === 0 ? "" : "/status";
  const following = [
    follow(() => call(`/${id}/status`), POLL_MS),
    follow(() => call(`/${id}${path}`, { prefer: "wait=30" }), 0),
    call(`/${id}/events`).then((response) => readEvents(response).rest()),
  ] as const;
  if (turn % 5 === 0) await call(`/${id}/cancel`, {}, { method: "POST" });
  const [polled, waited, told] = await Promise.all(following);
  const witness = { id, polled, waited, told };
  if (turn % 3 === 0 && polled.at(-1) === "completed") await correct(witness);
  return witness;
}

/** Changes a completed record, and asks every channel again. */
async function correct({ id, polled, waited, told }: Observer): Promise<void> {
  const portion = JSON.stringify({ serving_size: 100 });
  await call(`/${id}`, { "content-type": "application/json" }, { method: "PATCH", body: portion });
  polled.push(await statusOf(await call(`/${id}/status`)));
  waited.push(await statusOf(await call(`/${id}`, { prefer: "wait=30" })));
  const events = await call(`/${id}/events`, { "last-event-id": String(told.at(-1)?.id) });
  told.push(...(await readEvents(events).rest()));
}

const isPartOf = (life: Status[], seen: Status[]): boolean => {
  const places = seen.map((status) => life.indexOf(status));
  return !places.includes(-1) && places.every((place, index) => place >= (places[index - 1] ?? 0));
};
const isPartOfALife = (seen: Status[]): boolean => LIVES.some((life) => isPartOf(life, seen));
const statusesOf = (events: ReceivedEvent[]): Status[] => events.map(({ status }) => status as Status);
const endOf = ({ told }: Observer): Status | undefined => statusesOf(told).at(-1);

describe(`of ${UPLOADS} uploads at the same time`, () => {
  it.each(["completed", "failed", "canceled", "updated"])("some end as %s", (end) => {
    expect(witnesses.filter((witness) => endOf(witness) === end)).not.toHaveLength(0);
  });

  it.each(["polled", "waited"] as const)("each is %s in the order of its life, to the same end", (channel) => {
    const wrong = witnesses.filter((witness) => {
      const seen = witness[channel];
      return !isPartOfALife(seen) || seen.at(-1) !== endOf(witness);
    });
    expect(wrong).toEqual([]);
  });

  it("each is told in events without a gap, in the order of its life, and never goes back", () => {
    const wrong = witnesses.filter(({ told }) => {
      const first = told[0]?.id ?? 0;
      const percents = told.map(({ progress }) => progress.percent);
      const goesBack = percents.some((percent, index) => percent < (percents[index - 1] ?? 0));
      return !isPartOfALife(statusesOf(told)) || goesBack || told.some(({ id }, index) => id !== first + index);
    });
    expect(wrong).toEqual([]);
  });

  it("each is announced in the order of its life, and each of its ends once", async () => {
    const announced = (id: string) => receiver.bodiesAbout(id).map((body) => (body as { status: Status }).status);
    const asked = ({ told }: Observer) =>
      statusesOf(told).filter((status) => isFinal(status) && WEBHOOK_EVENTS.some((event) => event === status));
    const missing = () =>
      witnesses.filter((witness) => asked(witness).some((status) => !announced(witness.id).includes(status)));
    await waitUntil(() => missing().length === 0, WEBHOOK_PATIENCE_MS);
    expect(missing()).toEqual([]);
    const wrong = witnesses
      .map(({ id }) => announced(id))
      .filter((seen) => !isPartOfALife(seen) || new Set(seen).size < seen.length);
    expect(wrong).toEqual([]);
  });
});
