import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sealKey } from "../../src/applications/keys/key-sealing.ts";
import type { NamedKey } from "../../src/applications/keys/keyring.ts";
import { createDatabase } from "../../src/db/database.ts";
import { auditEntry } from "../../src/audit/audit.ts";
import { ADMIN_TOKEN_HOLDER } from "../../src/auth/administrator.ts";
import type { Application } from "../../src/applications/application.ts";
import { insertApplication } from "../../src/db/applications.ts";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { sealUnbound } from "../support/worker/sealed-keys.ts";
import { ADMIN, BASE, createApplication, HMAC_KEY, hmac, WEBHOOK_KEY } from "../support/worker/tenant.ts";

const db = createDatabase(env.DB);
const random = (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array);
const masterKey = (id: string, byte: number): NamedKey => ({
  id,
  secret: Uint8Array.from({ length: 32 }, (_, at) => byte + 7 * at).toBase64(),
});
/** The test Worker's own master key. */
const OLD: NamedKey = { id: "test", secret: "dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY=" };
const NEW = masterKey("new", 2);

/** The same Worker, deployed with these master keys, newest first. */
function deploy(...keys: NamedKey[]) {
  const deployed = { ...env, MASTER_KEYS: keys.map(({ id, secret }) => `${id}:${secret}`).join(",") } as unknown as Env;
  const call = async (path: string, init: RequestInit) =>
    worker.fetch(new Request(`${BASE}${path}`, init), deployed, createExecutionContext());
  const reseal = (after?: number) =>
    call("/admin/keys/reseal", { method: "POST", headers: ADMIN, body: JSON.stringify({ after }) });
  return {
    reseal,
    async logIn(id: number, key = HMAC_KEY) {
      const body = { application_id: id, application_user_id: "ada", signature: await hmac(key, "ada") };
      return (await call("/auth/hmac", { method: "POST", body: JSON.stringify(body) })).status;
    },
    async rotate(id: number) {
      const body = JSON.stringify({ overlap_hours: 1 });
      const path = `/admin/applications/${id}/keys/hmac/rotate`;
      return (await call(path, { method: "POST", headers: ADMIN, body })).json<{ key: string }>();
    },
    /** Repeats the call until it has come to the end. */
    async resealAll() {
      let answer = await (await reseal()).json<ResealResult>();
      let resealed = answer.resealed;
      while (answer.next_after !== null) {
        answer = await (await reseal(answer.next_after)).json<ResealResult>();
        resealed += answer.resealed;
      }
      return { ...answer, resealed };
    },
  };
}

interface ResealResult {
  resealed: number;
  changed_meanwhile: number[];
  unreadable: number[];
  next_after: number | null;
  remaining_keys: number;
  master_keys: { id: string; configured: boolean; keys: number }[];
}

/** Applications with ids from `first` on, sealed under the old master key. */
async function addApplications(first: number, count: number): Promise<void> {
  for (let id = first; id < first + count; id++) {
    const seal = (secret: string, purpose: "hmac" | "webhook") =>
      sealKey(secret, { applicationId: id, purpose }, [OLD], 1_000, random);
    const application: Application = {
      id,
      name: `tenant ${id}`,
      active: true,
      webhookUrl: null,
      webhookEvents: [],
      imageRetentionDays: 90,
      requireTimestamp: false,
      rateLimits: {},
      storageLimits: {},
      hmacKeys: [await seal(HMAC_KEY, "hmac")],
      webhookKeys: [await seal(WEBHOOK_KEY, "webhook")],
      createdAt: 1_000,
      modifiedAt: 1_000,
    };
    const ports = { newId: () => crypto.randomUUID(), now: () => 1_000 };
    await insertApplication(db, application, auditEntry("application.create", {}, ADMIN_TOKEN_HOLDER, ports));
  }
}

const storedKeys = async (id: number) => {
  const row = await env.DB.prepare("SELECT hmac_keys FROM applications WHERE id = ?").bind(id).first("hmac_keys");
  return JSON.parse(String(row)) as { id?: string; masterKeyId: string; expiresAt: number | null }[];
};

beforeEach(async () => void (await env.DB.prepare("DELETE FROM applications").run()));
afterEach(() => vi.restoreAllMocks());

describe("a master key", () => {
  it("is rotated while users log in all the time, and the old one may go afterwards", async () => {
    const id = await createApplication();
    const [before, both, after] = [deploy(OLD), deploy(NEW, OLD), deploy(NEW)];
    expect(await before.logIn(id)).toBe(200);
    expect(await both.logIn(id)).toBe(200);
    expect(await (await both.reseal()).json()).toEqual({
      resealed: 1,
      changed_meanwhile: [],
      unreadable: [],
      next_after: null,
      remaining_keys: 0,
      master_keys: [
        { id: "new", configured: true, keys: 2 },
        { id: "test", configured: true, keys: 0 },
      ],
    });
    expect([await both.logIn(id), await after.logIn(id)]).toEqual([200, 200]);
    expect(await (await after.reseal()).json()).toMatchObject({
      resealed: 0,
      master_keys: [{ id: "new", configured: true, keys: 2 }],
    });
  });

  it("that is removed too early is named, with the applications that need it, and can be put back", async () => {
    const id = await createApplication();
    const report = await (await deploy(NEW).reseal()).json();
    expect(report).toMatchObject({
      resealed: 0,
      unreadable: [id],
      remaining_keys: 2,
      master_keys: [
        { id: "new", configured: true, keys: 0 },
        { id: "test", configured: false, keys: 2 },
      ],
    });
    const outage = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(await deploy(NEW).logIn(id)).toBe(500);
    expect(String(outage.mock.calls[0]?.[0])).toContain("MASTER_KEYS has no key named test");
    expect(await deploy(NEW, OLD).logIn(id)).toBe(200);
  });

  it("leaves each key its id and its end, drops those that have ended, and changes nothing else", async () => {
    const id = await createApplication();
    const both = deploy(NEW, OLD);
    const { key } = await deploy(OLD).rotate(id);
    const sealed = await storedKeys(id);
    const { modified_at: modifiedAt } = (await env.DB.prepare("SELECT modified_at FROM applications").first<{
      modified_at: number;
    }>())!;
    await both.reseal();
    const resealed = await storedKeys(id);
    expect(resealed.map(({ id: keyId, expiresAt }) => [keyId, expiresAt])).toEqual(
      sealed.map(({ id: keyId, expiresAt }) => [keyId, expiresAt]),
    );
    expect([await deploy(NEW).logIn(id, key), await deploy(NEW).logIn(id, HMAC_KEY)]).toEqual([200, 200]);
    expect(await env.DB.prepare("SELECT modified_at FROM applications").first("modified_at")).toBe(modifiedAt);

    const later = Date.now() + 2 * 3_600_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    await deploy(masterKey("newer", 3), NEW).reseal();
    expect((await storedKeys(id)).map(({ id: keyId }) => keyId)).toEqual([sealed[0]?.id]);
  });

  it("takes in keys from before they were bound to their owner, which work until then", async () => {
    const id = await createApplication();
    const unbound = JSON.stringify([await sealUnbound(HMAC_KEY, OLD)], null, 1);
    await env.DB.prepare("UPDATE applications SET hmac_keys = ? WHERE id = ?").bind(unbound, id).run();
    const deployed = deploy(OLD);
    expect(await deployed.logIn(id)).toBe(200);
    expect(await (await deployed.reseal()).json()).toMatchObject({ resealed: 1, remaining_keys: 0 });
    expect(await storedKeys(id)).toMatchObject([{ id: expect.stringMatching(/^key_/) }]);
    expect(await deployed.logIn(id)).toBe(200);
  });

  it("moves a hundred applications at a time, past those that cannot be opened", async () => {
    await addApplications(1, 120);
    await env.DB.prepare(
      "UPDATE applications SET hmac_keys = replace(hmac_keys, '\"test\"', '\"lost\"') WHERE id = 7",
    ).run();
    const both = deploy(NEW, OLD);
    const first = await (await both.reseal()).json();
    expect(first).toMatchObject({ resealed: 99, unreadable: [7], next_after: 100, remaining_keys: 42 });
    expect(await (await both.reseal(100)).json()).toMatchObject({ resealed: 20, next_after: null, remaining_keys: 2 });
    expect(await both.resealAll()).toMatchObject({ resealed: 0, unreadable: [7], remaining_keys: 2 });
    for (const id of [1, 6, 8, 100, 101, 120]) expect(await deploy(NEW).logIn(id)).toBe(200);
  });

  it("is moved to by a later call when one stops halfway: every key stays readable", async () => {
    await addApplications(1, 10);
    const both = deploy(NEW, OLD);
    const prepare = env.DB.prepare.bind(env.DB);
    let updates = 0;
    vi.spyOn(env.DB, "prepare").mockImplementation((query) => {
      if (/^update/i.test(query) && ++updates > 4) throw new Error("D1 is down");
      return prepare(query);
    });
    const silenced = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await both.reseal()).status).toBe(500);
    expect(silenced).toHaveBeenCalled();
    vi.restoreAllMocks();
    for (let id = 1; id <= 10; id++) expect(await both.logIn(id)).toBe(200);
    expect(await both.resealAll()).toMatchObject({ resealed: 6, remaining_keys: 0 });
    for (let id = 1; id <= 10; id++) expect(await deploy(NEW).logIn(id)).toBe(200);
  });

  it("waits for the next call with an application whose keys are rotated at the same moment", async () => {
    await addApplications(1, 1);
    const both = deploy(NEW, OLD);
    const [report, { key }] = await Promise.all([both.resealAll(), both.rotate(1)]);
    await both.resealAll();
    expect(report.resealed + report.changed_meanwhile.length).toBe(1);
    const keyThatWorks = key ?? HMAC_KEY;
    expect([await deploy(NEW).logIn(1, keyThatWorks), await deploy(NEW).logIn(1)]).toEqual([200, 200]);
  });

  it.each([{ after: -1 }, { after: "1" }])("is not moved to by a call with %j", async (body) => {
    const response = await worker.fetch(
      new Request(`${BASE}/admin/keys/reseal`, { method: "POST", headers: ADMIN, body: JSON.stringify(body) }),
      env,
      createExecutionContext(),
    );
    expect(response.status).toBe(422);
  });
});
