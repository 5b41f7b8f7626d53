/**
 * Locally the API runs on the same thread, and a model holds it for a tenth of a second to seconds: before each
 * stretch, answers that are in progress get this long to leave. Without it a client got its 202 only after the
 * analysis.
 */
const YIELD_MS = 10;

export const yieldToEventLoop = (): Promise<void> => scheduler.wait(YIELD_MS);
