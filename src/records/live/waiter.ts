import type { Status } from "../record.ts";
import type { Listener } from "./listener.ts";

/** A listener that waits for one thing: another status. */
export interface Waiter extends Listener {
  /** Resolves when the status has changed, or when no more events will follow. */
  readonly done: Promise<void>;
}

/** Waits while the record is in `status`; `after` is the latest event that is known. */
export function createWaiter(status: Status, after: number): Waiter {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    after,
    wantsStages: false,
    done: promise,
    hear(_record, event) {
      if (event.status !== status) resolve();
    },
    end: () => resolve(),
  };
}
