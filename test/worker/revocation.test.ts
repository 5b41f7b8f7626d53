import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import { countOperations } from "../support/worker/counted-bindings.ts";
import { call, createApplication, finalRecord, logIn, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
let applicationId: number;

beforeAll(async () => {
  applicationId = await createApplication();
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

const revoke = (headers: Record<string, string>) => call("/auth/revoke", { method: "POST", headers });
const list = (headers: Record<string, string>) => call("/nutrition_records", { headers });

describe("POST /auth/revoke", () => {
  it("ends every token of the user on every route, on both mounts", async () => {
    const tokens = [await logIn(applicationId, "eve"), await logIn(applicationId, "eve")];
    const { record_id: id } = await (await upload(tokens[0] ?? {}, photo)).json<{ record_id: string }>();
    expect((await revoke(tokens[0] ?? {})).status).toBe(204);
    for (const headers of tokens) {
      for (const mount of ["", "/v3"]) {
        for (const path of ["", `/${id}`, `/${id}/status`]) {
          const response = await call(`${mount}/nutrition_records${path}`, { headers });
          expect(await response.json(), path).toMatchObject({ status: 401, code: "expired_token" });
        }
      }
      expect((await upload(headers, photo)).status).toBe(401);
      expect((await revoke(headers)).status).toBe(401);
    }
  });

  it("ends no token that is issued later, be it in the same millisecond", async () => {
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5);
    const before = await logIn(applicationId, "flo");
    await revoke(before);
    const after = await logIn(applicationId, "flo");
    expect((await list(before)).status).toBe(401);
    expect((await list(after)).status).toBe(200);
  });

  it("ends no token of another user, or of the same user of another application", async () => {
    const others = [await logIn(applicationId, "gus2"), await logIn(await createApplication(), "gus")];
    await revoke(await logIn(applicationId, "gus"));
    for (const headers of others) expect((await list(headers)).status).toBe(200);
  });

  it("needs a token itself", async () => {
    expect((await revoke({})).status).toBe(401);
  });

  it("names nobody in storage", async () => {
    await revoke(await logIn(applicationId, "somebody-with-a-name"));
    const rows = await env.DB.prepare("SELECT * FROM revocations").all();
    expect(rows.results.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows.results)).not.toContain("somebody");
  });

  it("costs a later poll of another user no storage operation", async () => {
    const hal = await logIn(applicationId, "hal");
    const { record_id: id } = await (await upload(hal, photo)).json<{ record_id: string }>();
    await finalRecord(hal, id);
    const poll = () => call(`/nutrition_records/${id}/status`, { headers: hal });
    await revoke(await logIn(applicationId, "ida"));
    await vi.waitFor(async () => expect(await (await poll()).json()).toMatchObject({ status: "completed" }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const operations = countOperations();
    expect((await poll()).status).toBe(200);
    expect(operations).toMatchObject({ d1Statements: 0, objectRequests: 0, r2Reads: 0, r2Writes: 0 });
  });
});
