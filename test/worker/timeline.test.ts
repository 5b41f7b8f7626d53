import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { TimelineResponse } from "../../src/http/bodies/record-bodies.ts";
import { jpeg } from "../support/images.ts";
import { deliveryOf, skip, ring } from "../support/worker/record-lives.ts";
import { models } from "../support/worker/scripted-models.ts";
import { ADMIN, call, createApplication, finalRecord, logIn, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  ada = await logIn(applicationId);
});
afterEach(() => vi.restoreAllMocks());

async function uploaded(): Promise<string> {
  const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
  await finalRecord(ada, id);
  return id;
}

const timeline = async (id: string): Promise<TimelineResponse> =>
  (await call(`/admin/records/${id}/timeline`, { headers: ADMIN })).json();

describe("the timeline of a record", () => {
  it("has every transition, call of a model and attempt of a webhook, in their order", async () => {
    let answer = () => new Response("no", { status: 503 });
    listenForWebhooks(() => answer());
    const id = await uploaded();
    await deliveryOf(applicationId, id, "waiting");
    answer = () => new Response("ok");
    const clock = skip(10_000);
    await ring(id);
    clock.mockRestore();
    await deliveryOf(applicationId, id, "delivered");
    const { entries, record, photo: stored, application_id: application } = await timeline(id);
    expect(entries.map((entry) => (entry.kind === "transition" ? entry.status : entry.kind))).toEqual([
      "pending",
      "processing",
      "model_call",
      "completed",
      "webhook",
      "attempt",
      "attempt",
    ]);
    expect(entries).toMatchObject([
      { version: 1 },
      { version: 2 },
      { model: "@test/scripted", outcome: "answered", duration_ms: expect.any(Number) },
      { version: 3 },
      { event: "completed" },
      { attempt: 1, http_status: 503 },
      { attempt: 2, http_status: 200, trigger: "schedule" },
    ]);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
    expect(record).toMatchObject({ record_id: id, status: "completed" });
    expect([application, stored]).toEqual([
      applicationId,
      { format: "jpeg", bytes: photo.length, width: 1024, height: 768 },
    ]);
  });

  it("has the calls of an analysis that failed, too", async () => {
    listenForWebhooks();
    models.answer = () => ({ choices: [{ message: { content: '{"food_present": false, "foods": []}' } }] });
    const id = await uploaded();
    const { entries, record } = await timeline(id);
    expect(record.status).toBe("failed");
    expect(entries.filter(({ kind }) => kind === "model_call")).not.toEqual([]);
  });

  it("costs no statement and no row that the record would not have cost", async () => {
    listenForWebhooks();
    const id = await uploaded();
    const row = await env.DB.prepare("SELECT model_calls FROM records WHERE id = ?")
      .bind(id)
      .first<{ model_calls: string }>();
    expect(JSON.parse(row?.model_calls ?? "")).toMatchObject([{ model: "@test/scripted", outcome: "answered" }]);
  });
});
