import type { Caller } from "../auth/tokens.ts";
import type { CounterQuota, DrawShare, RateLimiter, RateVerdict } from "./rate-limiter.ts";
import { quotasOf, type RateLimits, type RateClass } from "../applications/rate-limits.ts";

/**
 * Wrong logins of one application from one address in a minute: a server with a wrong key stops, guessing is hopeless.
 */
const WRONG_LOGINS_PER_MINUTE = 30;

/** New visitors of the front page from one address in a minute: a classroom may try it, a loop may not. */
const NEW_VISITORS_PER_MINUTE = 60;

type Defer = (work: Promise<void>) => void;

/** The source of a login attempt to an application or the console; `address` is an IP address. */
export interface LoginSource {
  applicationId: number | "console";
  address: string;
}

/** What the routes ask of the limits. Nothing here waits for anything outside the isolate. */
export interface Limits {
  /** Counts a request of a caller, unless it is one too many. */
  count(caller: Caller, limits: RateLimits, kind: RateClass, defer: Defer): RateVerdict;
  /** Whether this source may still try to log in; nothing is counted. */
  lookAtLogins(source: LoginSource): RateVerdict;
  /** Counts a login that was wrong. */
  countWrongLogin(source: LoginSource, defer: Defer): RateVerdict;
  /** Counts a new visitor of the front page, unless the limit of this IP address is reached. */
  countNewVisitor(address: string, defer: Defer): RateVerdict;
}

const countersOf = (caller: Caller, limits: RateLimits, kind: RateClass): CounterQuota[] =>
  quotasOf(limits, kind).map(({ policy, perMinute, of }) => ({
    policy,
    perMinute,
    key: `${policy}/${caller.applicationId}${of === "user" ? `/${caller.userId}` : ""}`,
  }));

/** An IPv6 customer has at least the last 64 bits to choose from: all of them count as one. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros: string[] = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}

const wrongLogins = ({ applicationId, address }: LoginSource): CounterQuota => ({
  policy: "wrong-logins",
  perMinute: WRONG_LOGINS_PER_MINUTE,
  key: `wrong-logins/${applicationId}/${networkOf(address)}`,
});

const newVisitors = (address: string): CounterQuota => ({
  policy: "new-visitors",
  perMinute: NEW_VISITORS_PER_MINUTE,
  key: `new-visitors/${networkOf(address)}`,
});

/** `draw` takes a share of a counter from the Cloudflare location. */
export const createLimits = (limiter: RateLimiter, draw: DrawShare): Limits => ({
  count: (caller, limits, kind, defer) => limiter.take(countersOf(caller, limits, kind), draw, defer),
  lookAtLogins: (source) => limiter.look([wrongLogins(source)]),
  countWrongLogin: (source, defer) => limiter.take([wrongLogins(source)], draw, defer),
  countNewVisitor: (address, defer) => limiter.take([newVisitors(address)], draw, defer),
});
