/** The work's result, or null if it is not ready in so many milliseconds. The work goes on. */
export async function within<Value>(waitMs: number, work: Promise<Value>): Promise<Value | null> {
  const { promise: timeUp, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), waitMs);
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
