import { clientProblem, MorselProblem } from "../../../client/problem.ts";

/** What is tried again while the browser does not know that the network is back. */
const TRY_AGAIN_MS = 5_000;

/** What to say while there is no connection. */
export const LOST = "Connection lost. This page goes on by itself when it is back.";

export const lostConnection = (cause?: unknown): MorselProblem =>
  clientProblem("network_error", "The connection was lost.", {}, cause);

const isLost = (error: unknown): boolean => error instanceof MorselProblem && error.code === "network_error";

/** Resolves when the browser hears of the network again, or after a while: it does not always know. */
const networkBack = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, TRY_AGAIN_MS);
    addEventListener("online", done);
    function done(): void {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
  });

/** One try, which ends as soon as the browser goes offline: a request may hang for long before it fails. */
async function tryOnline<Value>(act: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const offline = new AbortController();
  const stop = (): void => offline.abort(lostConnection());
  addEventListener("offline", stop);
  try {
    return await act(offline.signal);
  } finally {
    removeEventListener("offline", stop);
  }
}

/**
 * Does something that may be repeated until the service is reached; `onLost` is told each time that it is not. Rejects
 * with whatever else goes wrong.
 */
export async function untilReached<Value>(
  act: (signal: AbortSignal) => Promise<Value>,
  onLost: () => void,
): Promise<Value> {
  for (;;) {
    try {
      return await tryOnline(act);
    } catch (error) {
      if (!isLost(error)) throw error;
      onLost();
      await networkBack();
    }
  }
}
