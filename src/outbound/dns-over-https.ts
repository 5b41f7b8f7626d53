import { z } from "zod";
import { fail, ok, type Result } from "../result.ts";
import type { Resolution, ResolutionFailure, Resolve } from "./resolve.ts";

/**
 * Cloudflare's resolver, JSON form:
 * developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json
 */
export const DNS_OVER_HTTPS_URL = "https://cloudflare-dns.com/dns-query";
/** Both look-ups of a name together, before the time of a webhook attempt begins. */
const TIMEOUT_MS = 3_000;
/** Record types, RFC 1035 and RFC 3596. */
const ADDRESS_TYPES = { A: 1, AAAA: 28 } as const;
/** RFC 1035, section 4.1.1: the response is what the name has, be it nothing. */
const NO_ERROR = 0;

const answerSchema = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), TTL: z.number().nonnegative(), data: z.string() })).optional(),
});

type AddressType = keyof typeof ADDRESS_TYPES;
type AddressRecord = { address: string; ttlSeconds: number };

/**
 * Resolves names over HTTPS: IPv4 and IPv6 at the same time. The resolver follows CNAMEs and responds with the whole
 * chain; every address in it counts, whatever name it stands under. Both look-ups must succeed: half a response could
 * hide the address that the request would then go to. A name whose servers answer with an error is `unresolvable`; when
 * this resolver itself is slow, down or unintelligible, it is `resolver_unavailable`.
 */
export function createDnsOverHttps(ports: { fetch: typeof fetch }): Resolve {
  return async (host) => {
    // Not `AbortSignal.timeout`: its timer cannot be cleared, and would keep a Durable Object awake (and paid for).
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
    try {
      const [ipv4, ipv6] = await Promise.all([
        lookUp(host, "A", ports.fetch, timeout.signal),
        lookUp(host, "AAAA", ports.fetch, timeout.signal),
      ]);
      if (!ipv4.ok) return ipv4;
      if (!ipv6.ok) return ipv6;
      return toResolution([...ipv4.value, ...ipv6.value]);
    } catch {
      return fail("resolver_unavailable");
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Throws when the resolver cannot be reached or answers in another form. */
async function lookUp(
  host: string,
  type: AddressType,
  fetchResponse: typeof fetch,
  signal: AbortSignal,
): Promise<Result<AddressRecord[], ResolutionFailure>> {
  const query = new URLSearchParams({ name: host, type });
  const response = await fetchResponse(`${DNS_OVER_HTTPS_URL}?${query.toString()}`, {
    headers: { accept: "application/dns-json" },
    redirect: "manual",
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    return fail("resolver_unavailable");
  }
  const { Status: status, Answer: records = [] } = answerSchema.parse(await response.json());
  if (status !== NO_ERROR) return fail("unresolvable");
  return ok(
    records
      .filter((record) => record.type === ADDRESS_TYPES[type])
      .map(({ data, TTL }) => ({ address: data, ttlSeconds: TTL })),
  );
}

function toResolution(records: readonly AddressRecord[]): Result<Resolution, ResolutionFailure> {
  if (records.length === 0) return fail("unresolvable");
  return ok({
    addresses: records.map(({ address }) => address),
    ttlSeconds: Math.min(...records.map(({ ttlSeconds }) => ttlSeconds)),
  });
}
