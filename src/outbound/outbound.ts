import { fail, ok, type Result } from "../result.ts";
import { classifyAddress } from "./address-classes.ts";
import type { ResolutionFailure, Resolve } from "./resolve.ts";
import { checkUrl, URL_REFUSALS, type UrlRefusal } from "./url-rules.ts";

export type OutboundRefusal = UrlRefusal | ResolutionFailure | "not_public";

/** One sentence for each reason, as the administrator reads it after "the URL". */
export const OUTBOUND_REFUSALS: Record<OutboundRefusal, string> = {
  ...URL_REFUSALS,
  unresolvable: "names a host that has no address",
  resolver_unavailable: "could not be checked: DNS did not respond",
  not_public: "names a host with an address that is not public",
};

/** Makes one request to a user-supplied URL, if the rules allow it. Rejects as `fetch` does. */
export type OutboundFetch = (
  url: string,
  init: Omit<RequestInit, "redirect">,
) => Promise<Result<Response, OutboundRefusal>>;

/** A URL that the rules have just allowed. */
export interface AllowedUrl {
  url: URL;
  /**
   * Calls it, in the turn in which it is called: whoever has to compare what they know with the present does so right
   * before. Rejects as `fetch` does. Redirects are responses, never followed.
   */
  call(init: Omit<RequestInit, "redirect">): Promise<Response>;
}

/** Judges a URL with its name resolved: when it is saved, and again before every request. */
export type AllowUrl = (url: string) => Promise<Result<AllowedUrl, OutboundRefusal>>;

/** The only way out to a URL that an administrator or a user chose. */
export interface Outbound {
  check: AllowUrl;
  /** Judges it and then calls it: what `body_url` uses. */
  fetch: OutboundFetch;
}

export interface OutboundPorts {
  fetch: typeof fetch;
  resolve: Resolve;
  /** The local setting: plain http to this machine, which is then not resolved. */
  allowLoopbackHttp: boolean;
}

/**
 * The outbound rules over a resolver. A name is refused when any of its addresses is not public, and also when no one
 * can say what it resolves to (`resolver_unavailable`, which a later attempt may well pass): the check is never
 * skipped.
 *
 * What remains: a Worker cannot tell `fetch` which address to use, so that `fetch` resolves the name once more, and a
 * hostile name server may answer the check with a public address and the request with a private one (DNS rebinding). On
 * Cloudflare's network such a request starts outside of every private network of the operator; the compatibility flag
 * `global_fetch_strictly_public` makes requests to the service's own zone come in by its front door as well. A workerd
 * of one's own has none of that and needs a firewall.
 */
export function createOutbound({ fetch: callOut, resolve, allowLoopbackHttp }: OutboundPorts): Outbound {
  const allowed = (url: URL): AllowedUrl => ({
    url,
    call: (init) => callOut(url, { ...init, redirect: "manual" }),
  });

  async function check(text: string): Promise<Result<AllowedUrl, OutboundRefusal>> {
    const url = checkUrl(text, allowLoopbackHttp);
    if (!url.ok) return url;
    // Plain http passes to this machine alone, and under the local setting alone.
    if (url.value.protocol === "http:") return ok(allowed(url.value));
    const resolution = await resolve(url.value.hostname.replace(/\.$/, ""));
    if (!resolution.ok) return resolution;
    const allPublic = resolution.value.addresses.every((address) => classifyAddress(address) === "public");
    return allPublic ? ok(allowed(url.value)) : fail("not_public");
  }

  return {
    check,
    async fetch(text, init) {
      const url = await check(text);
      return url.ok ? ok(await url.value.call(init)) : url;
    },
  };
}
