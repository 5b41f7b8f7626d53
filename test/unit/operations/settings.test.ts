import { describe, expect, it } from "vitest";
import { parseOperationsSettings } from "../../../src/operations/settings.ts";

const URL = "https://ops.example.com/morsel";
const KEY = "a-key-of-24-bytes-or-more";
const parse = (url: string | undefined, key: string | undefined, allowLoopbackHttp = false) =>
  parseOperationsSettings({ OPERATIONS_WEBHOOK_URL: url, OPERATIONS_WEBHOOK_KEY: key }, allowLoopbackHttp);

describe("the settings of the operators' webhook", () => {
  it("are none without a URL, whether or not there is a key", () => {
    for (const key of [undefined, "", "short", KEY]) expect(parse("", key)).toEqual({ ok: true, value: null });
    expect(parse(undefined, undefined)).toEqual({ ok: true, value: null });
  });

  it("are a URL and its key", () => {
    expect(parse(URL, KEY)).toEqual({ ok: true, value: { url: URL, key: KEY } });
  });

  it.each([
    [URL, undefined, "OPERATIONS_WEBHOOK_URL needs OPERATIONS_WEBHOOK_KEY, which signs the events"],
    [URL, "only-23-bytes-in-a-key-", "OPERATIONS_WEBHOOK_KEY needs at least 24 bytes"],
    [URL, "whsec_YS1rZXktb2YtMjQtYnl0ZXM=", "OPERATIONS_WEBHOOK_KEY is the raw key text, without whsec_"],
    ["http://ops.example.com/", KEY, "OPERATIONS_WEBHOOK_URL must use https"],
    ["http://localhost:9000/", KEY, "OPERATIONS_WEBHOOK_URL must use https"],
    ["https://10.0.0.1/", KEY, "OPERATIONS_WEBHOOK_URL must name a host, not an IP address"],
    ["https://ops.internal/", KEY, "OPERATIONS_WEBHOOK_URL must name a public host"],
    ["ops.example.com", KEY, "OPERATIONS_WEBHOOK_URL is not an absolute URL"],
  ])("are refused as %s with %s, in a sentence that shows no key", (url, key, sentence) => {
    expect(parse(url, key)).toEqual({ ok: false, error: sentence });
  });

  it("may name this machine over plain http where webhooks may", () => {
    expect(parse("http://localhost:9000/", KEY, true)).toMatchObject({ ok: true });
    expect(parse("http://ops.example.com/", KEY, true)).toMatchObject({ ok: false });
  });
});
