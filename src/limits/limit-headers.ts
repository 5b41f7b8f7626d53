import type { RateVerdict } from "./rate-limiter.ts";

const WINDOW_SECONDS = 60;

/**
 * The header fields of draft-ietf-httpapi-ratelimit-headers (as of revision 11): each policy with its quota `q` a
 * window of `w` seconds, and what remains: `r` requests for `t` seconds.
 */
export const limitHeaders = ({ counters, resetSeconds }: RateVerdict): { policy: string; state: string } => ({
  policy: counters.map(({ policy, perMinute }) => `"${policy}";q=${perMinute};w=${WINDOW_SECONDS}`).join(", "),
  state: counters.map(({ policy, remaining }) => `"${policy}";r=${remaining};t=${resetSeconds}`).join(", "),
});
