import { fail, ok, type Result } from "../result.ts";

export type UrlRefusal =
  | "not_a_url"
  | "not_https"
  | "has_credentials"
  | "port_not_allowed"
  | "ip_address"
  | "internal_name";

/** One sentence for each reason, as the administrator reads it. */
export const URL_REFUSALS: Record<UrlRefusal, string> = {
  not_a_url: "is not an absolute URL",
  not_https: "must use https",
  has_credentials: "must not carry a user name or password",
  port_not_allowed: "must use port 443 or 8443",
  ip_address: "must name a host, not an IP address",
  internal_name: "must name a public host",
};

const ALLOWED_PORTS = new Set(["", "443", "8443"]);
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "[::1]", "localhost"]);
/** Names that never resolve to a public host: RFC 6761, RFC 8375, RFC 9476 and common private zones. */
const INTERNAL_SUFFIXES = new Set([
  "localhost",
  "local",
  "internal",
  "arpa",
  "test",
  "invalid",
  "example",
  "onion",
  "lan",
  "home",
  "corp",
  "alt",
]);

const isInternalName = (host: string): boolean => {
  const labels = host.split(".");
  return labels.length < 2 || INTERNAL_SUFFIXES.has(labels.at(-1) ?? "");
};

/**
 * Whether a URL may be called from here (webhooks, later `body_url`). The WHATWG parser has already turned every spelling of an IPv4
 * address (octal, hex, full-width digits) into dotted form, so that one pattern finds them all.
 * `allowLoopbackHttp`, set by `npm start` alone, allows plain http to this machine, and only that.
 */
export function checkUrl(text: string, allowLoopbackHttp: boolean): Result<URL, UrlRefusal> {
  if (!URL.canParse(text)) return fail("not_a_url");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return fail("has_credentials");
  if (allowLoopbackHttp && url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname)) return ok(url);
  if (url.protocol !== "https:") return fail("not_https");
  if (!ALLOWED_PORTS.has(url.port)) return fail("port_not_allowed");
  const host = url.hostname.replace(/\.$/, "");
  if (host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host)) return fail("ip_address");
  if (isInternalName(host)) return fail("internal_name");
  return ok(url);
}
