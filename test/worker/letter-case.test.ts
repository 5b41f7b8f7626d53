import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { completedRecord } from "../support/worker/record-lives.ts";
import { ADMIN, call, createApplication, finalRecord, logIn } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  ada = await logIn(applicationId);
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

// Swift's UUID, for one, prints its letters in upper case.
it("a record is found, changed and deleted by its id in upper case", async () => {
  const id = await completedRecord(applicationId);
  await finalRecord(ada, id);
  const path = `/nutrition_records/${id.toUpperCase()}`;
  const status = (suffix: string, init?: RequestInit): Promise<number> =>
    call(`${path}${suffix}`, { headers: ada, ...init }).then((response) => response.status);
  expect(await status("")).toBe(200);
  expect(await status("/status")).toBe(200);
  expect(await status("/status", { headers: { ...ada, prefer: "wait=1" } })).toBe(200);
  expect(await status("/events")).toBe(200);
  expect(await status("", { method: "PATCH", body: JSON.stringify({ serving_size: 50 }) })).toBe(200);
  const timeline = await call(`/admin/records/${id.toUpperCase()}/timeline`, { headers: ADMIN });
  expect(timeline.status).toBe(200);
  const deliveries = `/admin/applications/${applicationId}/deliveries`;
  const listed = await call(`${deliveries}?record_id=${id.toUpperCase()}`, { headers: ADMIN });
  const [{ delivery_id: delivery }] = (await listed.json()) as [{ delivery_id: string }];
  expect((await call(`${deliveries}/${delivery.toUpperCase()}`, { headers: ADMIN })).status).toBe(200);
  expect(await status("", { method: "DELETE" })).toBe(204);
  expect((await call(`/nutrition_records/${id}`, { headers: ada })).status).toBe(404);
});
