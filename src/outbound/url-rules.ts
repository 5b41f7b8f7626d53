import { fail, ok, type Result } from "../result.ts";

export type UrlRefusal =
  | "malformed"
  | "not_a_url"
  | "not_https"
  | "has_credentials"
  | "port_not_allowed"
  | "ip_address"
  | "not_a_host_name"
  | "internal_name";

/** One sentence for each reason, as the administrator reads it. */
export const URL_REFUSALS: Record<UrlRefusal, string> = {
  malformed: "must not have spaces, backslashes or invisible characters",
  not_a_url: "is not an absolute URL",
  not_https: "must use https",
  has_credentials: "must not carry a user name or password",
  port_not_allowed: "must use port 443 or 8443",
  ip_address: "must name a host, not an IP address",
  not_a_host_name: "must name a host that DNS can hold",
  internal_name: "must name a public host",
};

/**
 * What the WHATWG parser would quietly drop or turn into something else: white space and control characters, invisible
 * ones, backslashes. A human reads such a URL differently than the parser.
 */
const READ_DIFFERENTLY = /[\s\\\p{C}]/u;
const ALLOWED_PORTS = new Set(["", "443", "8443"]);
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "[::1]", "localhost"]);
/** RFC 1035, section 2.3.4; underscores are no host names by the book, and served anyway. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const MAX_HOST_LENGTH = 253;
/**
 * Top-level names that never lead to a public host: RFC 6761, RFC 6762 with its appendix G, RFC 7686, RFC 8375, RFC
 * 9476, the names that ICANN keeps out of the root because private networks use them, and resolvers' own `localdomain`.
 */
const INTERNAL_TOP_LEVELS = new Set([
  "alt",
  "arpa",
  "corp",
  "example",
  "home",
  "internal",
  "intranet",
  "invalid",
  "lan",
  "local",
  "localdomain",
  "localhost",
  "mail",
  "onion",
  "private",
  "test",
]);

function refuseHost(hostname: string): UrlRefusal | null {
  if (hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostname)) return "ip_address";
  const host = hostname.replace(/\.$/, "");
  const labels = host.split(".");
  if (host.length > MAX_HOST_LENGTH || !labels.every((label) => LABEL.test(label))) return "not_a_host_name";
  return labels.length < 2 || INTERNAL_TOP_LEVELS.has(labels.at(-1) ?? "") ? "internal_name" : null;
}

/** Not `URL.canParse` first: it takes hosts of many thousand letters for parseable that the parser then throws at. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * Whether a URL may be called from here (webhooks, `body_url`) as far as its text tells; `outbound.ts` also judges what
 * its name resolves to. The WHATWG parser has already turned every spelling of an IPv4 address (octal, hex, full-width
 * digits) into dotted form, so that one pattern finds them all. `allowLoopbackHttp`, set by `npm start` alone, allows
 * plain http to this machine, and only that: an allowed URL with `http:` is always loopback.
 */
export function checkUrl(text: string, allowLoopbackHttp: boolean): Result<URL, UrlRefusal> {
  if (READ_DIFFERENTLY.test(text)) return fail("malformed");
  const url = parseUrl(text);
  if (url === null) return fail("not_a_url");
  const isLoopbackHttp = allowLoopbackHttp && url.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname);
  if (url.protocol !== "https:" && !isLoopbackHttp) return fail("not_https");
  // The parser forgives missing or extra slashes and an empty user name; this is what is written between them.
  const [, authority] = /^https?:\/\/([^/?#]+)/i.exec(text) ?? [];
  if (authority === undefined) return fail("not_a_url");
  if (authority.includes("@")) return fail("has_credentials");
  if (isLoopbackHttp) return ok(url);
  if (!ALLOWED_PORTS.has(url.port)) return fail("port_not_allowed");
  const refusal = refuseHost(url.hostname);
  return refusal === null ? ok(url) : fail(refusal);
}
