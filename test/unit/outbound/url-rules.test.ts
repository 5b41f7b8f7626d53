import { describe, expect, it } from "vitest";
import { checkUrl } from "../../../src/outbound/url-rules.ts";

const verdict = (url: string, allowLoopbackHttp = false) => {
  const checked = checkUrl(url, allowLoopbackHttp);
  return checked.ok ? "allowed" : checked.error;
};

describe("an outbound URL", () => {
  it.each([
    ["https://hooks.example.com/morsel", "allowed"],
    ["https://hooks.example.com:8443/morsel?a=b", "allowed"],
    ["hooks.example.com", "not_a_url"],
    ["http://hooks.example.com/", "not_https"],
    ["ftp://hooks.example.com/", "not_https"],
    ["https://user:secret@hooks.example.com/", "has_credentials"],
    ["https://hooks.example.com:8080/", "port_not_allowed"],
    ["https://127.0.0.1/", "ip_address"],
    ["https://2130706433/", "ip_address"],
    ["https://0x7f.1/", "ip_address"],
    ["https://0177.0.0.1/", "ip_address"],
    ["https://１２７.0.0.1/", "ip_address"],
    ["https://[::1]/", "ip_address"],
    ["https://[::ffff:10.0.0.1]/", "ip_address"],
    ["https://localhost/", "internal_name"],
    ["https://intranet/", "internal_name"],
    ["https://db.internal./", "internal_name"],
    ["https://printer.local/", "internal_name"],
  ])("%s is %s", (url, expected) => {
    expect(verdict(url)).toBe(expected);
  });

  it("may be plain http on loopback under the local setting, and only there", () => {
    expect(verdict("http://127.0.0.1:9000/hook", true)).toBe("allowed");
    expect(verdict("http://localhost:9000/hook", true)).toBe("allowed");
    expect(verdict("http://[::1]:9000/hook", true)).toBe("allowed");
    expect(verdict("http://127.0.0.1:9000/hook", false)).toBe("not_https");
    expect(verdict("http://10.0.0.1/hook", true)).toBe("not_https");
  });
});
