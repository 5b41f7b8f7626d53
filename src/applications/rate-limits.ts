import { z } from "zod";

/** Uploads begin an analysis and cost a model's time; every other request is a cheap one. */
export type RateClass = "uploads" | "requests";

/** No application needs more, and this keeps the counters small. */
const MAX_PER_MINUTE = 1_000_000;

/**
 * What holds where an application has no limit of its own: a hundred photos a second of all its users, ten of one user,
 * and ten polls for each of them. A person stays far below; a runaway program does not.
 */
export const DEFAULTS_PER_MINUTE = {
  uploads_per_minute: 6_000,
  requests_per_minute: 60_000,
  user_uploads_per_minute: 600,
  user_requests_per_minute: 6_000,
} as const;

type LimitName = keyof typeof DEFAULTS_PER_MINUTE;

const perMinute = z.int().min(1).max(MAX_PER_MINUTE).optional();

/** An application's own limits; a name that is omitted has its default. */
export const rateLimitsSchema = z.strictObject({
  uploads_per_minute: perMinute,
  requests_per_minute: perMinute,
  user_uploads_per_minute: perMinute,
  user_requests_per_minute: perMinute,
} satisfies Record<LimitName, z.ZodType>);

export type RateLimits = z.infer<typeof rateLimitsSchema>;

/** How many requests one of the counters lets through in a minute. `policy` is its name in the response's headers. */
export interface Quota {
  policy: string;
  perMinute: number;
  /** Whose requests are counted: all of the application's, or those of the one user. */
  of: "application" | "user";
}

const limitOf = (limits: RateLimits, name: LimitName): number => limits[name] ?? DEFAULTS_PER_MINUTE[name];

/** The two quotas that a request of this kind must pass: its application's and its user's. */
export const quotasOf = (limits: RateLimits, kind: RateClass): [Quota, Quota] => [
  { policy: kind, perMinute: limitOf(limits, `${kind}_per_minute`), of: "application" },
  { policy: `user-${kind}`, perMinute: limitOf(limits, `user_${kind}_per_minute`), of: "user" },
];
