import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { models } from "../support/worker/scripted-models.ts";
import { BASE, call, createApplication, finalRecord, logIn, stored } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

let ada: { authorization: string };
let webhooks: ReceivedWebhook[];

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
beforeEach(() => {
  webhooks = listenForWebhooks();
  for (const level of ["error", "info"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const post = (body: unknown) =>
  call("/nutrition_records/text", { method: "POST", headers: ada, body: JSON.stringify(body) });

describe("a meal in words", () => {
  it("takes the way of a photo: pending at once, then completed, with its webhook", async () => {
    const response = await post({
      text: "two eggs and 50 g of bread",
      include_ingredients: true,
      metadata: { a: "b" },
    });
    const accepted = await response.json<{ record_id: string }>();
    expect(response.status, JSON.stringify(accepted)).toBe(202);
    expect(accepted).toMatchObject({ status: "pending", uploaded_at: expect.stringMatching(/Z$/) });
    expect(response.headers.get("location")).toBe(`${BASE}/nutrition_records/${accepted.record_id}`);
    expect(response.headers.get("retry-after")).toBe("2");
    const record = await finalRecord(ada, accepted.record_id);
    expect(record).toMatchObject({
      status: "completed",
      input_type: "text",
      dish_name: "eggs and bread",
      serving_size: 150,
      ingredients: [
        { name: "eggs", serving_size: 100 },
        { name: "bread", serving_size: 50 },
      ],
      metadata: { a: "b" },
    });
    expect(models.calls).toEqual([]);
    await vi.waitFor(() => expect(webhooks.filter(({ body }) => body.includes(record.record_id))).toHaveLength(1));
  });

  it("without any food ends as failed, with a sentence", async () => {
    models.answer = () => ({ choices: [{ message: { content: '{"food_present":false,"foods":[]}' } }] });
    const { record_id: id } = await (await post({ text: "flurbs" })).json<{ record_id: string }>();
    expect(await finalRecord(ada, id)).toMatchObject({ status: "failed", failure_code: "no_food_found" });
  });

  it("is analyzed again with the user's words", async () => {
    const { record_id: id } = await (await post({ text: "two eggs" })).json<{ record_id: string }>();
    await finalRecord(ada, id);
    const again = await call(`/nutrition_records/${id}/reanalyze`, {
      method: "POST",
      headers: ada,
      body: JSON.stringify({ hint: "it was an apple" }),
    });
    expect(again.status).toBe(202);
    await vi.waitFor(async () =>
      expect(await finalRecord(ada, id)).toMatchObject({ status: "updated", input_type: "text", dish_name: "apple" }),
    );
  });

  it.each([
    {},
    { text: "" },
    { text: "  \n " },
    { text: 7 },
    { text: "x".repeat(1001) },
    { text: "rice", analysis_mode: "slow" },
  ])("is refused as %j, and nothing is stored", async (body) => {
    const before = await stored();
    expect(await (await post(body)).json()).toMatchObject({ status: 422, code: "invalid_request" });
    expect(await stored()).toEqual(before);
  });

  it("that stops before the row tells the client, and leaves nothing", async () => {
    const before = await stored();
    const prepare = env.DB.prepare.bind(env.DB);
    vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (/^insert into "records"/i.test(sql)) throw new Error("D1 is down");
      return prepare(sql);
    });
    expect(await (await post({ text: "rice" })).json()).toMatchObject({ status: 503 });
    expect(await stored()).toEqual(before);
  });

  it("that stops before the queue knows tells the client; the sweep sends the call all the same", async () => {
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockRejectedValueOnce(new Error("the queue is down"));
    expect((await post({ text: "rice" })).status).toBe(503);
    const row = await env.DB.prepare("SELECT id FROM records ORDER BY uploaded_at DESC, id DESC LIMIT 1").first<{
      id: string;
    }>();
    const later = Date.now() + 61_000;
    const clock = vi.spyOn(Date, "now").mockReturnValue(later);
    await worker.scheduled(createScheduledController({ cron: "* * * * *" }), env as unknown as Env);
    clock.mockRestore();
    expect(await finalRecord(ada, row?.id ?? "")).toMatchObject({ status: "completed", input_type: "text" });
  });
});
