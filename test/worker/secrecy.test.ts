import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import { ADMIN, call, finalRecord, hmac, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

const MASTER_SECRET = "dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY=";
const TOKEN_SECRET = "test-token-key-0123456789abcdef0123456789";
const ADMIN_SECRET = "test-admin-token-0123456789";
const BROUGHT_KEYS = { hmac_key: "brought-hmac-key-9876543210", webhook_signature_key: "brought-webhook-9876543210" };

afterEach(() => vi.restoreAllMocks());

/** A text as it stands, and in the spellings in which it could slip out. */
const spellings = (secret: string): string[] => {
  const bytes = new TextEncoder().encode(secret);
  return [secret, bytes.toHex(), bytes.toBase64({ omitPadding: true }), encodeURIComponent(secret)];
};

/** Every line that is logged, by whatever level. */
function listenToLog(): string[] {
  const lines: string[] = [];
  for (const level of ["debug", "info", "log", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" ")));
  }
  return lines;
}

/** Calls, and keeps every answer but those that say themselves that they show a key this once. */
function listenToResponses() {
  const answers: string[] = [];
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = ADMIN) => {
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    const response = await call(path, { method, headers, ...(body !== undefined && { body: sent }) });
    const text = await response.clone().text();
    answers.push([...response.headers].join("\n"), text);
    return response;
  };
  /** Asks for something that shows keys this once: the answer is looked through without them. */
  const askForKeys = async (method: string, path: string, body: unknown, ...fields: string[]) => {
    const response = await call(path, { method, headers: ADMIN, body: JSON.stringify(body) });
    const shown = await response.json<Record<string, string>>();
    answers.push(JSON.stringify({ ...shown, ...Object.fromEntries(fields.map((field) => [field, "shown once"])) }));
    return { id: Number(shown["id"]), secrets: fields.map((field) => shown[field] ?? "") };
  };
  return { answers, ask, askForKeys };
}

/** Lets every statement fail that changes an application's keys. */
function breakKeyWrites(): { mockRestore(): void } {
  const prepare = env.DB.prepare.bind(env.DB);
  return vi.spyOn(env.DB, "prepare").mockImplementation((query) => {
    if (/^update "applications"/i.test(query)) return prepare(`${query} AND no_such_column = 1`);
    return prepare(query);
  });
}

describe("a key", () => {
  it("appears in no log, no later answer, no error and no table, whatever is done with it", async () => {
    const lines = listenToLog();
    const { answers, ask, askForKeys } = listenToResponses();
    let attempts = 0;
    const received = listenForWebhooks(() => new Response("no", { status: ++attempts === 1 ? 500 : 200 }));

    const made = await askForKeys(
      "POST",
      "/admin/applications",
      { name: "made", webhook_url: WEBHOOK_URL },
      "hmac_key",
      "webhook_signature_key",
    );
    const moved = await askForKeys(
      "POST",
      "/admin/applications",
      { name: "moved", ...BROUGHT_KEYS },
      ...Object.keys(BROUGHT_KEYS),
    );
    const path = `/admin/applications/${made.id}`;
    const hmacRotated = await askForKeys("POST", `${path}/keys/hmac/rotate`, { overlap_hours: 1 }, "key");
    const webhookRotated = await askForKeys("POST", `${path}/keys/webhook/rotate`, { overlap_hours: 1 }, "key");
    const own = { overlap_hours: 0, key: "an-own-key-that-is-brought-along" };
    const broken = breakKeyWrites();
    expect((await ask("POST", `${path}/keys/hmac/rotate`, own)).status).toBe(500);
    broken.mockRestore();
    const secrets = [made, moved, hmacRotated, webhookRotated].flatMap((result) => result.secrets);
    secrets.push(own.key, MASTER_SECRET, TOKEN_SECRET, ADMIN_SECRET);

    // Keys where they do not belong, as people paste them.
    for (const [place, secret] of secrets.entries()) {
      const guesser = { "cf-connecting-ip": `192.0.2.${place}` };
      await ask("POST", `${path}/keys/hmac/rotate`, `{"overlap_hours": 1, "key": "${secret}"`);
      await ask("POST", `${path}/keys/hmac/rotate`, { overlap_hours: secret, key: secret.slice(0, 9) });
      await ask("PATCH", path, { name: 1, active: secret, webhook_url: `https://${secret}` });
      await ask(
        "POST",
        "/auth/hmac",
        { application_id: made.id, application_user_id: "ada", signature: secret },
        guesser,
      );
      await ask("GET", path, undefined, { ...guesser, authorization: `Bearer ${secret}x` });
    }
    await ask("POST", `${path}/keys/hmac/rotate`, { overlap_hours: 1 });
    await ask("GET", "/admin/applications");
    await ask("GET", path);

    const signature = await hmac(hmacRotated.secrets[0] ?? "", "ada");
    const login = { application_id: made.id, application_user_id: "ada", signature };
    const token = await (
      await call("/auth/hmac", { method: "POST", body: JSON.stringify(login) })
    ).json<{
      access_token: string;
    }>();
    const ada = { authorization: `Bearer ${token.access_token}` };
    const accepted = await upload(ada, jpeg({ width: 1024, height: 768 }));
    const { record_id: recordId } = await accepted.json<{ record_id: string }>();
    await finalRecord(ada, recordId);
    await vi.waitFor(() => expect(received).not.toHaveLength(0));
    await vi.waitFor(async () => expect(await (await ask("GET", `${path}/deliveries`)).text()).toContain("500"));
    await ask("POST", `${path}/keys/webhook/revoke`);
    await ask("POST", "/admin/keys/reseal", {});
    await ask("GET", `${path}/deliveries`);

    const tables = await Promise.all(
      ["applications", "records", "deliveries"].map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()),
    );
    const sent = received.map(({ url, headers, body }) => [url, ...headers, body].join("\n"));
    expect(lines.some((line) => line.includes('"request.failed"'))).toBe(true);
    expect(answers.length).toBeGreaterThan(50);
    const everything = [...lines, ...answers, ...sent, JSON.stringify(tables)].join("\n");
    expect(secrets.every((secret) => secret.length >= 16)).toBe(true);
    for (const spelling of secrets.flatMap(spellings)) expect(everything).not.toContain(spelling);
    const logged = lines.join("\n");
    for (const { results } of tables.slice(0, 1)) {
      for (const { ciphertext } of results.flatMap((row) => JSON.parse(String(row["hmac_keys"])))) {
        expect(answers.join("\n") + logged).not.toContain(ciphertext);
      }
    }
    expect(logged).not.toContain("ciphertext");
  });
});
