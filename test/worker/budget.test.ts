import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { OPERATIONS_OF_A_PHOTO } from "../../src/usage/operations.ts";
import { jpeg } from "../support/images.ts";
import { countOperations, untilQuiet } from "../support/worker/counted-bindings.ts";
import { call, createApplication, finalRecord, logIn, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication({ webhook_url: WEBHOOK_URL }));
});
afterEach(() => vi.restoreAllMocks());

describe("one record, from its upload to its delivered webhook", () => {
  it("costs no more than its budget", async () => {
    const webhooks = listenForWebhooks();
    const operations = countOperations();
    await upload(ada, photo);
    await vi.waitFor(() => expect(webhooks).toHaveLength(1));
    await vi.waitFor(() => expect(operations.d1WriteStatements).toBeGreaterThanOrEqual(5));
    await untilQuiet(operations);
    expect(operations).toMatchObject({
      workerInvocations: 2,
      objectRequests: 3,
      r2Writes: 1,
      r2Reads: 1,
      queueMessages: 1,
      d1WriteStatements: 5,
    });
    expect(operations.d1RowsWritten).toBeLessThanOrEqual(12);
    // What the usage page reckons with.
    expect(OPERATIONS_OF_A_PHOTO).toEqual({
      workerRequests: operations.workerInvocations,
      objectRequests: operations.objectRequests,
      objectGbSeconds: 0,
      r2Writes: operations.r2Writes,
      r2Reads: operations.r2Reads,
      queueOperations: operations.queueMessages * 3,
      d1RowsWritten: operations.d1RowsWritten,
    });
  });
});

describe("a poll of the status", () => {
  it("that the edge cache can answer costs no storage operation at all", async () => {
    listenForWebhooks();
    const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
    await finalRecord(ada, id);
    const poll = () => call(`/nutrition_records/${id}/status`, { headers: ada });
    await vi.waitFor(async () => expect(await (await poll()).json()).toMatchObject({ status: "completed" }));
    const operations = countOperations();
    await untilQuiet(operations);
    const before = { ...operations };
    const response = await poll();
    expect(await response.json()).toMatchObject({ status: "completed", progress: { stage: "done", percent: 100 } });
    expect(operations).toEqual({ ...before, workerInvocations: operations.workerInvocations });
  });
});
