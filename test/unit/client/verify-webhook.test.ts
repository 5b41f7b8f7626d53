import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { verifyWebhook, type ReceivedWebhook, type VerifyOptions } from "../../../src/client/index.ts";
import { signWebhook } from "../../../src/webhooks/signature.ts";

const KEY = "local-webhook-key-0123456789";
const OTHER_KEY = "another-webhook-key-0123456789";
const SIGNED_AT = 1_700_000_000;
const NOW = { now: SIGNED_AT * 1000 };
const BODY = '{"record_id":"01932c2e","status":"completed","dish_name":"crème brûlée 🍮"}';
const RECORD = JSON.parse(BODY) as unknown;

type Headers_ = Record<string, string>;

const sign = async (keys: readonly [string, ...string[]] = [KEY], body = BODY): Promise<Headers_> => ({
  ...(await signWebhook({ keys, eventId: "evt_1", timestamp: SIGNED_AT, body })),
});
const without = (headers: Headers_, ...names: string[]): Headers_ =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
const STANDARD = ["webhook-id", "webhook-timestamp", "webhook-signature"];

const verify = (headers: Headers_, options: VerifyOptions = {}, keys: string | string[] = KEY, body = BODY) =>
  verifyWebhook({ headers, body }, keys, { ...NOW, ...options });

describe("a genuine webhook", () => {
  it("is the record with its event's id", async () => {
    expect(await verify(await sign())).toEqual({ ok: true, eventId: "evt_1", record: RECORD });
  });

  it("matches a signature that was computed elsewhere", async () => {
    // printf %s 'evt_1.1700000000.{"record_id":"1","status":"failed"}' | openssl dgst -sha256 -hmac <key> -binary | base64
    const headers = {
      "webhook-id": "evt_1",
      "webhook-timestamp": "1700000000",
      "webhook-signature": "v1,SOg89lsDN/X/2Fimud3Gz9J5E4zvR2n+d1mO917goDM=",
    };
    const body = '{"record_id":"1","status":"failed"}';
    expect(await verify(headers, {}, KEY, body)).toMatchObject({ ok: true, record: { record_id: "1" } });
    const old = { "x-body-signature": "4bab7ef2cc6b892cf8335faa52392b304e4aba78d1405b61d0eb3c328d7649b8" };
    expect(await verify(old, { acceptBodySignature: true }, KEY, body)).toMatchObject({ ok: true, eventId: null });
  });

  it("may come from anybody who signs by Standard Webhooks 1.0", async () => {
    const signer = new Webhook(`whsec_${Buffer.from(KEY).toString("base64")}`);
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(SIGNED_AT),
      "webhook-signature": signer.sign("msg_1", new Date(SIGNED_AT * 1000), BODY),
    };
    expect(await verify(headers)).toMatchObject({ ok: true, eventId: "msg_1" });
  });

  it("comes in any of the forms that servers give it", async () => {
    const headers = await sign();
    const bytes = new TextEncoder().encode(BODY);
    const padded = Buffer.from(`__${BODY}__`);
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    const forms: (Request | ReceivedWebhook)[] = [
      new Request("https://example.com/hook", { method: "POST", headers, body: BODY }),
      { headers: new Headers(headers), body: bytes },
      { headers: upper, body: bytes.buffer },
      { headers: { ...headers, "set-cookie": ["a", "b"] }, body: padded.subarray(2, -2) },
    ];
    for (const form of forms) expect(await verifyWebhook(form, KEY, NOW)).toMatchObject({ ok: true, record: RECORD });
  });

  it("is signed with one of several keys, on either side", async () => {
    expect((await verify(await sign([OTHER_KEY, KEY]))).ok).toBe(true);
    expect((await verify(await sign([KEY]), {}, [OTHER_KEY, KEY])).ok).toBe(true);
    expect(await verify(await sign([OTHER_KEY]), {}, [KEY])).toEqual({ ok: false, reason: "wrong_signature" });
  });

  it.each([
    [-300, true],
    [300, true],
    [-301, false],
    [301, false],
  ])("was signed %i seconds from now at most: %s", async (offset, isAccepted) => {
    const verdict = await verify(await sign(), { now: (SIGNED_AT + offset) * 1000 });
    expect(verdict).toMatchObject(isAccepted ? { ok: true } : { ok: false, reason: "timestamp_off" });
  });

  it("may be given another tolerance, which never becomes none", async () => {
    const headers = await sign();
    expect((await verify(headers, { toleranceSeconds: 10, now: (SIGNED_AT + 11) * 1000 })).ok).toBe(false);
    expect((await verify(headers, { toleranceSeconds: Number.NaN })).ok).toBe(false);
  });
});

describe("a body signature alone", () => {
  it("does not count, because it never gets old, unless it is asked for", async () => {
    const old = without(await sign(), ...STANDARD);
    expect(await verify(old)).toEqual({ ok: false, reason: "missing_signature" });
    expect(await verify(old, { acceptBodySignature: true })).toEqual({ ok: true, eventId: null, record: RECORD });
  });

  it("does not save a webhook whose other headers are wrong, old or incomplete", async () => {
    const headers = await sign();
    const accept = { acceptBodySignature: true };
    const late = { ...accept, now: (SIGNED_AT + 301) * 1000 };
    expect(await verify(headers, late)).toEqual({ ok: false, reason: "timestamp_off" });
    expect((await verify({ ...headers, "webhook-signature": "v1,AAAA" }, accept)).ok).toBe(false);
    for (const name of STANDARD) {
      expect(await verify(without(headers, name), accept)).toEqual({ ok: false, reason: "malformed_signature" });
    }
  });

  it("is refused when it is another body's, another key's or not hex", async () => {
    const accept = { acceptBodySignature: true };
    const hex = createHmac("sha256", KEY).update(BODY).digest("hex");
    expect((await verify({ "x-body-signature": hex }, accept)).ok).toBe(true);
    expect(await verify({ "x-body-signature": hex }, accept, KEY, `${BODY} `)).toEqual({
      ok: false,
      reason: "wrong_signature",
    });
    expect((await verify({ "x-body-signature": hex }, accept, OTHER_KEY)).ok).toBe(false);
    for (const wrong of ["", "zz", hex.slice(2), `${hex}00`, hex.toUpperCase(), `${hex}\n`]) {
      expect((await verify({ "x-body-signature": wrong }, accept)).ok).toBe(false);
    }
  });
});

describe("a forged webhook", () => {
  it.each<[string, (headers: Headers_) => Headers_, string]>([
    ["with another id", (headers) => ({ ...headers, "webhook-id": "evt_2" }), "wrong_signature"],
    ["with another time", (headers) => ({ ...headers, "webhook-timestamp": String(SIGNED_AT + 1) }), "wrong_signature"],
    ["with no time", (headers) => ({ ...headers, "webhook-timestamp": "NaN" }), "malformed_signature"],
    [
      "with an endless time",
      (headers) => ({ ...headers, "webhook-timestamp": "9".repeat(400) }),
      "malformed_signature",
    ],
    [
      "with a negative time",
      (headers) => ({ ...headers, "webhook-timestamp": `-${SIGNED_AT}` }),
      "malformed_signature",
    ],
    ["without signatures", (headers) => ({ ...headers, "webhook-signature": " " }), "wrong_signature"],
    [
      "with another version",
      (headers) => ({ ...headers, "webhook-signature": (headers["webhook-signature"] ?? "").replace("v1,", "v2,") }),
      "wrong_signature",
    ],
    [
      "with the right signature behind a thousand wrong ones",
      (headers) => ({
        ...headers,
        "webhook-signature": `${`v1,${"A".repeat(43)}= `.repeat(1000)}${headers["webhook-signature"]}`,
      }),
      "wrong_signature",
    ],
    [
      "with bytes instead of base64",
      (headers) => ({ ...headers, "webhook-signature": `v1,${"\u0000".repeat(44)}` }),
      "wrong_signature",
    ],
    ["without any signature", () => ({}), "missing_signature"],
  ])("%s is refused", async (_, forge, reason) => {
    expect(await verify(forge(await sign()))).toEqual({ ok: false, reason });
  });

  it("with another body is refused", async () => {
    const headers = await sign();
    expect(await verify(headers, {}, KEY, BODY.replace("completed", "failed"))).toEqual({
      ok: false,
      reason: "wrong_signature",
    });
  });

  it("is refused before its body is read, when its headers are wrong already", async () => {
    const request = new Request("https://example.com/hook", { method: "POST", body: BODY });
    expect((await verifyWebhook(request, KEY, NOW)).ok).toBe(false);
    expect(request.bodyUsed).toBe(false);
  });
});

describe("the verification", () => {
  it("says when the body was parsed or read by somebody before", async () => {
    const headers = await sign();
    const used = new Request("https://example.com/hook", { method: "POST", headers, body: BODY });
    await used.text();
    for (const received of [
      used,
      { headers, body: RECORD as string },
      { headers, body: undefined as unknown as string },
    ]) {
      expect(await verifyWebhook(received, KEY, NOW)).toEqual({ ok: false, reason: "body_not_raw" });
    }
  });

  it.each(["", "null", "[]", "{", '"x"', '{"record_id":1,"status":"completed"}'])(
    "says when %j was signed, which is no record",
    async (body) => {
      expect(await verify(await sign([KEY], body), {}, KEY, body)).toEqual({ ok: false, reason: "malformed_body" });
    },
  );

  it("never throws for what somebody sends", async () => {
    const texts = ["", " ", "\0", "v1,", "💥", "__proto__", "a".repeat(100_000), "17000000000", "v1,🍮"];
    for (const name of [...STANDARD, "x-body-signature"]) {
      for (const text of texts) {
        const headers = { ...(await sign()), [name]: text };
        expect((await verify(headers, { acceptBodySignature: true })).ok, `${name}: ${text.slice(0, 20)}`).toBe(
          name === "x-body-signature",
        );
      }
    }
    for (const received of [{}, { headers: {} }, { headers: null, body: "" }, { headers: [], body: 1 }, null]) {
      expect((await verifyWebhook(received as unknown as ReceivedWebhook, KEY, NOW)).ok).toBe(false);
    }
  });

  it.each([[undefined], [""], [[]], [[KEY, ""]], [[undefined]]])("refuses to work with %j for a key", async (keys) => {
    await expect(verifyWebhook({ headers: await sign(), body: BODY }, keys as string[], NOW)).rejects.toThrow(
      TypeError,
    );
  });
});
