/** What a call goes to: it decides how long it takes. */
export type CallKind =
  | "d1 read"
  | "d1 write"
  | "object"
  | "cache"
  | "queue"
  | "r2"
  | "images"
  | "endpoint"
  | "model"
  | "dns"
  | "client";

/** Eight times each, milliseconds, from the best to the worst that the platform has been seen to do. */
const TIMES_MS: Record<CallKind, readonly number[]> = {
  "d1 read": [2, 4, 8, 15, 40, 150, 400, 1500],
  "d1 write": [3, 6, 10, 25, 60, 200, 500, 2000],
  object: [1, 2, 4, 8, 20, 50, 200, 800],
  cache: [1, 1, 2, 3, 5, 8, 20, 60],
  queue: [2, 5, 10, 30, 100, 500, 2000, 8000],
  r2: [5, 10, 20, 40, 80, 200, 600, 2000],
  images: [10, 40, 80, 200, 500, 1000, 2000, 6000],
  endpoint: [2, 10, 50, 200, 500, 1000, 3000, 9000],
  model: [5, 100, 400, 1000, 3000, 9000, 24_000, 60_000],
  dns: [2, 5, 10, 30, 100, 400, 1500, 4000],
  client: [1, 1, 2, 4, 8, 20, 50, 100],
};

/** How often the best time is taken from the outset: what is outside the platform varies most. */
const CALM_SHARE: Partial<Record<CallKind, number>> = { endpoint: 0.2, model: 0.2 };
const USUAL_CALM_SHARE = 0.6;

/** How long a call takes. `choose` as a tape's; without it, the best time. */
export function latencyOf(kind: CallKind, choose: ((count: number, calmShare: number) => number) | null): number {
  const times = TIMES_MS[kind];
  const place = choose === null ? 0 : choose(times.length, CALM_SHARE[kind] ?? USUAL_CALM_SHARE);
  return times[place] ?? 0;
}
