import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import {
  ADMIN,
  call,
  createApplication,
  finalRecord,
  HMAC_KEY,
  hmac,
  logIn,
  upload,
  WEBHOOK_KEY,
} from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const HOUR_MS = 3_600_000;
afterEach(() => vi.restoreAllMocks());

interface KeyResponse {
  key: string;
  keys: { id: string; created_at: string; expires_at: string | null }[];
}

const keysPath = (id: number, purpose: string) => `/admin/applications/${id}/keys/${purpose}`;
const rotate = (id: number, purpose: "hmac" | "webhook", body: object) =>
  call(`${keysPath(id, purpose)}/rotate`, { method: "POST", headers: ADMIN, body: JSON.stringify(body) });
const revoke = (id: number, purpose: "hmac" | "webhook") =>
  call(`${keysPath(id, purpose)}/revoke`, { method: "POST", headers: ADMIN });
const end = (id: number, purpose: string, keyId: string) =>
  call(`${keysPath(id, purpose)}/${keyId}`, { method: "DELETE", headers: ADMIN });

async function rotated(id: number, purpose: "hmac" | "webhook", body: object): Promise<KeyResponse> {
  const response = await rotate(id, purpose, body);
  if (response.status !== 200) throw new Error(`rotate: ${response.status} ${await response.text()}`);
  return response.json();
}

/** The status of a login that is signed with a key. */
async function logInWith(id: number, key: string): Promise<number> {
  const body = { application_id: id, application_user_id: "ada", signature: await hmac(key, "ada") };
  return (await call("/auth/hmac", { method: "POST", body: JSON.stringify(body) })).status;
}

describe("a first key", () => {
  it("is sealed for its application, also when many are made at once and want the same id", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => createApplication()));
    expect(new Set(ids).size).toBe(8);
    for (const id of ids) expect(await logInWith(id, HMAC_KEY)).toBe(200);
  });

  it("lets nobody in who was given another application's: it opens in its own place only", async () => {
    const [mine, other] = [
      await createApplication(),
      await createApplication({ hmac_key: "another-hmac-key-0123456789" }),
    ];
    const copy = "UPDATE applications SET hmac_keys = (SELECT hmac_keys FROM applications WHERE id = ?) WHERE id = ?";
    await env.DB.prepare(copy).bind(mine, other).run();
    const silenced = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(await logInWith(other, HMAC_KEY)).toBe(500);
    expect(silenced).toHaveBeenCalledOnce();
  });
});

describe("an HMAC key that is rotated", () => {
  it("and the new one both let users in during the overlap, and only the new one after it", async () => {
    const id = await createApplication();
    const response = await rotate(id, "hmac", { overlap_hours: 24 });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { key, keys } = await response.json<KeyResponse>();
    expect(keys).toMatchObject([{ expires_at: null }, { expires_at: expect.stringMatching(/Z$/) }]);
    expect([await logInWith(id, key), await logInWith(id, HMAC_KEY)]).toEqual([200, 200]);

    const expiry = Date.parse(keys[1]?.expires_at ?? "");
    vi.spyOn(Date, "now").mockReturnValue(expiry - 1);
    expect(await logInWith(id, HMAC_KEY)).toBe(200);
    vi.spyOn(Date, "now").mockReturnValue(expiry);
    expect([await logInWith(id, key), await logInWith(id, HMAC_KEY)]).toEqual([200, 401]);
  });

  it("is refused from the moment it is revoked", async () => {
    const id = await createApplication();
    const { key } = await rotated(id, "hmac", { overlap_hours: 168 });
    const response = await revoke(id, "hmac");
    expect(await response.json()).toEqual({ keys: [expect.objectContaining({ expires_at: null })] });
    expect([await logInWith(id, key), await logInWith(id, HMAC_KEY)]).toEqual([200, 401]);
    expect((await revoke(id, "hmac")).status).toBe(200);
    expect(await logInWith(id, key)).toBe(200);
  });

  it("ends at once without an overlap, also when a rotation is under way", async () => {
    const id = await createApplication();
    const { key: second } = await rotated(id, "hmac", { overlap_hours: 1 });
    const { key: third, keys } = await rotated(id, "hmac", { overlap_hours: 0 });
    expect(keys).toHaveLength(1);
    expect([await logInWith(id, third), await logInWith(id, second), await logInWith(id, HMAC_KEY)]).toEqual([
      200, 401, 401,
    ]);
  });

  it("keeps its end when the new key is ended by its id, and when the rotation is then repeated", async () => {
    const id = await createApplication();
    const { key, keys } = await rotated(id, "hmac", { overlap_hours: 1 });
    const old = keys[1];
    const ended = await end(id, "hmac", keys[0]?.id ?? "");
    expect(await ended.json()).toMatchObject({ keys: [old] });
    expect([await logInWith(id, key), await logInWith(id, HMAC_KEY)]).toEqual([401, 200]);
    expect(await (await end(id, "hmac", old?.id ?? "")).json()).toMatchObject({ status: 409, code: "last_key" });
    expect((await end(id, "hmac", keys[0]?.id ?? "")).status).toBe(404);

    const again = await rotated(id, "hmac", { overlap_hours: 168 });
    expect(again.keys).toMatchObject([{ expires_at: null }, old]);
    vi.spyOn(Date, "now").mockReturnValue(Date.parse(old?.expires_at ?? ""));
    expect([await logInWith(id, again.key), await logInWith(id, HMAC_KEY)]).toEqual([200, 401]);
  });

  it("lets nobody in past its end when it is the only one left, until there is a new key", async () => {
    const id = await createApplication();
    const { keys } = await rotated(id, "hmac", { overlap_hours: 1 });
    await end(id, "hmac", keys[0]?.id ?? "");
    const later = Date.now() + 2 * HOUR_MS;
    vi.spyOn(Date, "now").mockReturnValue(later);
    expect(await logInWith(id, HMAC_KEY)).toBe(401);
    const { key } = await rotated(id, "hmac", { overlap_hours: 24 });
    expect(await logInWith(id, key)).toBe(200);
  });

  it("may be followed by a key that is brought along", async () => {
    const id = await createApplication();
    const { key } = await rotated(id, "hmac", { overlap_hours: 0, key: "a-key-from-elsewhere" });
    expect(key).toBe("a-key-from-elsewhere");
    expect(await logInWith(id, "a-key-from-elsewhere")).toBe(200);
  });

  it("is dropped from storage with the next change after it has expired", async () => {
    const id = await createApplication();
    const stored = async () => {
      const row = await env.DB.prepare("SELECT hmac_keys FROM applications WHERE id = ?").bind(id).first("hmac_keys");
      return (JSON.parse(String(row)) as { id: string }[]).map((key) => key.id);
    };
    const { keys } = await rotated(id, "hmac", { overlap_hours: 1 });
    const later = Date.now() + 2 * HOUR_MS;
    vi.spyOn(Date, "now").mockReturnValue(later);
    const { keys: next } = await rotated(id, "hmac", { overlap_hours: 1 });
    expect(await stored()).toEqual([next[0]?.id, keys[0]?.id]);
  });
});

describe("a rotation", () => {
  it.each<[string, object, string]>([
    ["without an overlap that is named", {}, "body.overlap_hours"],
    ["with a negative overlap", { overlap_hours: -1 }, "body.overlap_hours"],
    ["with an overlap of more than seven days", { overlap_hours: 169 }, "body.overlap_hours"],
    ["with half an hour", { overlap_hours: 0.5 }, "body.overlap_hours"],
    ["with a key that is too short", { overlap_hours: 1, key: "only-15-letters" }, "body.key"],
    ["to the key that is in use", { overlap_hours: 0, key: HMAC_KEY }, "body.key"],
  ])("%s is refused, and nothing changes", async (_, body, location) => {
    const id = await createApplication();
    const response = await rotate(id, "hmac", body);
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ location }] });
    expect(await logInWith(id, HMAC_KEY)).toBe(200);
    const read = await call(`/admin/applications/${id}`, { headers: ADMIN });
    expect(await read.json()).toMatchObject({ keys: { hmac: [{ expires_at: null }] } });
  });

  it("during another one is refused: nobody is locked out silently", async () => {
    const id = await createApplication();
    const { key } = await rotated(id, "hmac", { overlap_hours: 1 });
    const refused = await rotate(id, "hmac", { overlap_hours: 1 });
    expect(await refused.json()).toMatchObject({ status: 409, code: "rotation_under_way" });
    expect([await logInWith(id, key), await logInWith(id, HMAC_KEY)]).toEqual([200, 200]);
  });

  it("is done once when five are asked for at once: the others hear of it, and no key is lost", async () => {
    const id = await createApplication();
    const responses = await Promise.all(Array.from({ length: 5 }, () => rotate(id, "hmac", { overlap_hours: 1 })));
    expect(responses.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409, 409]);
    const { key } = await responses.find(({ status }) => status === 200)!.json<KeyResponse>();
    expect([await logInWith(id, key), await logInWith(id, HMAC_KEY)]).toEqual([200, 200]);
  });

  it("that meets another change between reading and writing is refused, and undoes nothing", async () => {
    const id = await createApplication();
    const batch = env.DB.batch.bind(env.DB);
    let other: Promise<KeyResponse> | undefined;
    vi.spyOn(env.DB, "batch").mockImplementationOnce(async (statements) => {
      other = rotated(id, "webhook", { overlap_hours: 0 });
      await other;
      return batch(statements);
    });
    const refused = await rotate(id, "hmac", { overlap_hours: 0 });
    expect(await refused.json()).toMatchObject({ status: 409, code: "keys_changed", retryable: true });
    expect(await logInWith(id, HMAC_KEY)).toBe(200);
    const kept = (await other)?.keys;
    const read = await call(`/admin/applications/${id}`, { headers: ADMIN });
    expect(await read.json()).toMatchObject({ keys: { webhook: kept } });
  });

  it("is found under an application that exists, and for a kind of key that exists", async () => {
    const id = await createApplication();
    for (const path of [keysPath(999_999, "hmac"), keysPath(id, "token"), keysPath(id, "constructor")]) {
      for (const action of ["rotate", "revoke"]) {
        const response = await call(`${path}/${action}`, {
          method: "POST",
          headers: ADMIN,
          body: JSON.stringify({ overlap_hours: 0 }),
        });
        expect(response.status).toBe(404);
      }
    }
  });

  it("shows in the application's answer, without anything that is made of a key", async () => {
    const id = await createApplication();
    const { key, keys } = await rotated(id, "webhook", { overlap_hours: 1 });
    const read = await (await call(`/admin/applications/${id}`, { headers: ADMIN })).text();
    expect(JSON.parse(read)).toMatchObject({ keys: { hmac: [{ expires_at: null }], webhook: keys } });
    expect(Object.keys(JSON.parse(read).keys.hmac[0])).toEqual(["id", "created_at", "expires_at"]);
    for (const secret of [key, HMAC_KEY, WEBHOOK_KEY]) expect(read).not.toContain(secret);
  });
});

describe("a webhook key that is rotated", () => {
  /** The keys that a webhook is signed with: for `x-body-signature`, and for each entry of `webhook-signature`. */
  async function signers(webhook: ReceivedWebhook | undefined, keys: Record<string, string>) {
    if (webhook === undefined) throw new Error("no webhook has arrived");
    const { headers, body } = webhook;
    const message = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
    const named = await Promise.all(
      Object.entries(keys).map(async ([name, key]) => ({
        name,
        ofBody: await hmac(key, body),
        entry: `v1,${Uint8Array.fromHex(await hmac(key, message)).toBase64()}`,
      })),
    );
    const entries = headers.get("webhook-signature")?.split(" ") ?? [];
    return {
      body: named.find(({ ofBody }) => ofBody === headers.get("x-body-signature"))?.name,
      standard: entries.map((entry) => named.find((key) => key.entry === entry)?.name),
    };
  }

  async function announce(applicationId: number, received: ReceivedWebhook[]): Promise<string> {
    const ada = await logIn(applicationId);
    const accepted = await upload(ada, jpeg({ width: 1024, height: 768 }));
    const { record_id: recordId } = await accepted.json<{ record_id: string }>();
    await finalRecord(ada, recordId);
    await vi.waitFor(() => expect(received.some(({ body }) => body.includes(recordId))).toBe(true));
    return recordId;
  }

  it("and the new one both sign the standard header during the overlap; the newest signs the body", async () => {
    const received = listenForWebhooks();
    const id = await createApplication({ webhook_url: WEBHOOK_URL });
    await announce(id, received);
    const { key } = await rotated(id, "webhook", { overlap_hours: 24 });
    await announce(id, received);
    await revoke(id, "webhook");
    await announce(id, received);
    const keys = { old: WEBHOOK_KEY, new: key };
    expect(await Promise.all(received.map((webhook) => signers(webhook, keys)))).toEqual([
      { body: "old", standard: ["old"] },
      { body: "new", standard: ["new", "old"] },
      { body: "new", standard: ["new"] },
    ]);
  });

  it.each<[string, (id: number) => Promise<unknown>]>([
    ["revoked", (id) => revoke(id, "webhook")],
    ["past its overlap", async () => undefined],
  ])("signs no later attempt of an event that it signed before, once it is %s", async (_, then) => {
    const received = listenForWebhooks(() => new Response("later", { status: received.length === 1 ? 503 : 200 }));
    const id = await createApplication({ webhook_url: WEBHOOK_URL });
    const { key } = await rotated(id, "webhook", { overlap_hours: 1 });
    const recordId = await announce(id, received);
    await then(id);
    await vi.waitFor(async () => {
      const deliveries = await call(`/admin/applications/${id}/deliveries`, { headers: ADMIN });
      expect(await deliveries.json()).toMatchObject([{ attempts: [{ http_status: 503 }] }]);
    });
    const later = Date.now() + HOUR_MS;
    vi.spyOn(Date, "now").mockReturnValue(later);
    await runDurableObjectAlarm(env.RECORDS.get(env.RECORDS.idFromName(recordId)));
    expect(received[1]?.headers.get("webhook-id")).toBe(received[0]?.headers.get("webhook-id"));
    const keys = { old: WEBHOOK_KEY, new: key };
    expect(await signers(received[0], keys)).toEqual({ body: "new", standard: ["new", "old"] });
    expect(await signers(received[1], keys)).toEqual({ body: "new", standard: ["new"] });
  });
});
