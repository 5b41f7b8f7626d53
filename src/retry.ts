/** How often, how patiently and after which errors something is retried. */
export interface RetryPolicy {
  /** All tries, the first included. */
  tries: number;
  /** The longest wait before the second try, milliseconds; it doubles for each further one. */
  baseMs: number;
  sleep: (ms: number) => Promise<unknown>;
  /** From 0 to 1. */
  random: () => number;
  isTransient: (error: unknown) => boolean;
}

/** Waits are between half and all of their length, so that those who failed together do not return together. */
const waitMs = (baseMs: number, failures: number, random: number): number =>
  baseMs * 2 ** (failures - 1) * (0.5 + random / 2);

/**
 * Does something that may safely be done twice, and does it again after an error that passes on its own within moments.
 * Throws what the last try threw. Stopped anywhere, it has been done or not, as after a single try.
 */
export async function tryAgain<Value>(
  work: () => Promise<Value>,
  { tries, baseMs, sleep, random, isTransient }: RetryPolicy,
): Promise<Value> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (failures >= tries || !isTransient(error)) throw error;
      await sleep(waitMs(baseMs, failures, random()));
    }
  }
}

/**
 * The errors for which D1's documentation recommends to try the statement again
 * (developers.cloudflare.com/d1/observability/debug-d1). An overloaded database is not among them: what it asks for is
 * less, not more. R2 and Durable Objects report a lost connection in the same words.
 */
const TRANSIENT_MESSAGES =
  /network connection lost|storage caused object to be reset|reset because its code was updated|due to transient issue on remote node|read from request stream because client disconnected/i;

/**
 * R2's codes, at the end of its messages (developers.cloudflare.com/r2/api/error-codes): internal error, service
 * unavailable, client disconnected, too many requests for one key.
 */
const TRANSIENT_R2 = /\((?:10001|10043|10054|10058)\)\s*$/;

/** Durable Objects say on their own whether a call may be made again; an overloaded one must be left alone. */
const isRetryableCall = (error: Error): boolean =>
  "retryable" in error && error.retryable === true && !("overloaded" in error && error.overloaded === true);

/**
 * Whether an error of D1, R2 or a Durable Object passes on its own within moments. The database wrapper's own errors
 * are judged by their cause: their message quotes the values of the statement, which users have typed.
 */
export function isTransientStorageError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.cause instanceof Error) return isTransientStorageError(error.cause);
  return isRetryableCall(error) || TRANSIENT_MESSAGES.test(error.message) || TRANSIENT_R2.test(error.message);
}
