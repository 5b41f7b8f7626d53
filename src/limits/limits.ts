import type { Caller } from "../auth/tokens.ts";
import type { CounterQuota, DrawShare, RateLimiter, RateVerdict } from "./rate-limiter.ts";
import type { Guesses, GuessSource, GuessVerdict } from "./guesses.ts";
import { networkOf } from "./network.ts";
import { quotasOf, type RateLimits, type RateClass } from "../applications/rate-limits.ts";

/** New visitors of the front page from one address in a minute: a classroom may try it, a loop may not. */
const NEW_VISITORS_PER_MINUTE = 60;

type Defer = (work: Promise<void>) => void;

/** What the routes ask of the limits. Nothing here waits for anything outside the isolate. */
export interface Limits {
  /** Counts a request of a caller, unless it is one too many. */
  count(caller: Caller, limits: RateLimits, kind: RateClass, defer: Defer): RateVerdict;
  /** How many seconds a source of wrong secrets has to wait before its next one is looked at; 0 = none. */
  guessWaitSeconds(source: GuessSource): number;
  /** Settles an attempt to show a secret, after it was compared and before anything is said of it. */
  settleGuess(source: GuessSource, isRight: boolean, defer: Defer): GuessVerdict;
  /** Counts a new visitor of the front page, unless the limit of this IP address is reached. */
  countNewVisitor(address: string, defer: Defer): RateVerdict;
}

const countersOf = (caller: Caller, limits: RateLimits, kind: RateClass): CounterQuota[] =>
  quotasOf(limits, kind).map(({ policy, perMinute, of }) => ({
    policy,
    perMinute,
    key: `${policy}/${caller.applicationId}${of === "user" ? `/${caller.userId}` : ""}`,
  }));

const newVisitors = (address: string): CounterQuota => ({
  policy: "new-visitors",
  perMinute: NEW_VISITORS_PER_MINUTE,
  key: `new-visitors/${networkOf(address)}`,
});

/** `draw` takes a share of a counter from the Cloudflare location. */
export const createLimits = (limiter: RateLimiter, guesses: Guesses, draw: DrawShare): Limits => ({
  count: (caller, limits, kind, defer) => limiter.take(countersOf(caller, limits, kind), draw, defer),
  guessWaitSeconds: (source) => guesses.waitSeconds(source),
  settleGuess: (source, isRight, defer) =>
    guesses.settle(source, isRight, () => draw(`guesses/${source.of}/${networkOf(source.address)}`), defer),
  countNewVisitor: (address, defer) => limiter.take([newVisitors(address)], draw, defer),
});
