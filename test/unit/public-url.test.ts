import { describe, expect, it } from "vitest";
import { isLocalHost, parsePublicUrl } from "../../src/public-url.ts";

describe("PUBLIC_URL", () => {
  it.each([
    [undefined, null],
    ["", null],
    ["  ", null],
    ["https://morsel.example.com", "https://morsel.example.com"],
    ["https://morsel.example.com/", "https://morsel.example.com"],
    [" https://MORSEL.example.com:8443 ", "https://morsel.example.com:8443"],
    ["http://localhost:8787", "http://localhost:8787"],
    ["http://127.0.0.1:8787/", "http://127.0.0.1:8787"],
    ["http://[::1]:8787", "http://[::1]:8787"],
    ["http://app.localhost", "http://app.localhost"],
  ])("may be %j", (text, url) => {
    expect(parsePublicUrl(text)).toEqual({ ok: true, value: url });
  });

  it.each([
    ["javascript:alert(1)", /https URL/],
    ["http://morsel.example.com", /https URL/],
    ["http://192.168.1.5", /https URL/],
    ["http://localhost.evil.example", /https URL/],
    ["morsel.example.com", /https URL/],
    ["//morsel.example.com", /https URL/],
    ["ftp://morsel.example.com", /https URL/],
    ["data:text/html,x", /https URL/],
    ["https://user:pass@morsel.example.com", /user name/],
    ["https://morsel.example.com/api", /without a path/],
    ["https://morsel.example.com?x=1", /without a path/],
    ["https://morsel.example.com#x", /without a path/],
  ])("is refused as %j", (text, reason) => {
    expect(parsePublicUrl(text)).toEqual({ ok: false, error: expect.stringMatching(reason) });
  });
});

describe("a service on a developer's machine", () => {
  it.each(["localhost", "app.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "192.168.1.20", "10.0.2.2", "[fe80::1]"])(
    "responds to %s",
    (host) => {
      expect(isLocalHost(host, "http://localhost:8787")).toBe(true);
    },
  );

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "1.2.3", "notlocalhost", ""])(
    "does not respond to %s, which may be made to lead to it",
    (host) => {
      expect(isLocalHost(host, "http://localhost:8787")).toBe(false);
    },
  );
});
