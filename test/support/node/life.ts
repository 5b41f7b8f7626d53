/** A stop in the middle of something: what was stored is all that is left. */
export class Stopped extends Error {}

/** One stay of an object in memory, or one sweep: once it is stopped, nothing that it does has any effect. */
export interface Life {
  /** Throws when it is over. */
  check: () => void;
  /** A call to the outside, before or after which the life may end. */
  outside: <Value>(call: () => Value | Promise<Value>) => Promise<Value>;
}

/** `stops` is how likely it ends at any one of its moments, 0–1. */
export function newLife(stops: number, random: () => number, onStop: () => void): Life {
  let over = false;
  const check = (): void => {
    if (over) throw new Stopped();
  };
  const stopMaybe = (): void => {
    check();
    over = random() < stops;
    if (over) onStop();
    check();
  };
  return {
    check,
    outside: async (call) => {
      stopMaybe();
      try {
        return await call();
      } finally {
        stopMaybe();
      }
    },
  };
}

/** Waits for something that may be stopped, which is then left to whoever comes next. */
export async function orStopped(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Stopped)) throw error;
  });
}
