/** Time that passes only when everybody waits for it: days in seconds, and any number of tasks side by side. */
export interface VirtualClock {
  now: () => number;
  /** Lets the calling task wait. */
  sleep: (ms: number) => Promise<void>;
  /** Starts a task at a time; its failure fails the run. */
  at: (time: number, task: () => void | Promise<void>) => void;
  /** Goes on until nothing is left to do, or until the time. */
  run: (until: number) => Promise<void>;
}

interface Timer {
  time: number;
  order: number;
  go: () => void;
}

export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  let order = 0;
  /** Tasks that are at work in real time: awaiting WebCrypto, or a port that answers at once. */
  let busy = 0;
  let idle: (() => void) | null = null;
  let failure: unknown = null;
  const timers = createHeap();

  const rest = (): void => {
    busy -= 1;
    if (busy === 0) idle?.();
  };
  const schedule = (time: number, go: () => void): void => timers.push({ time, order: (order += 1), go });

  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((resolve) => {
        schedule(now + ms, () => {
          busy += 1;
          resolve();
        });
        rest();
      }),
    at: (time, task) =>
      schedule(Math.max(time, now), () => {
        busy += 1;
        void Promise.resolve()
          .then(task)
          .catch((error: unknown) => (failure ??= error))
          .finally(rest);
      }),
    async run(until) {
      for (let next = timers.peek(); next !== null && next.time <= until; next = timers.peek()) {
        timers.pop();
        now = Math.max(now, next.time);
        next.go();
        if (busy > 0) await new Promise<void>((resolve) => (idle = resolve));
        if (failure !== null) throw failure;
      }
      now = Math.max(now, until);
    },
  };
}

/** A binary heap: the earliest timer first, and of the same time the one that was set first. */
function createHeap() {
  const heap: Timer[] = [];
  const comesBefore = (a: number, b: number): boolean => {
    const [one, other] = [heap[a], heap[b]];
    if (one === undefined || other === undefined) return one !== undefined;
    return one.time < other.time || (one.time === other.time && one.order < other.order);
  };
  const swap = (a: number, b: number): void => {
    const [one, other] = [heap[a], heap[b]];
    if (one !== undefined && other !== undefined) [heap[a], heap[b]] = [other, one];
  };
  return {
    peek: (): Timer | null => heap[0] ?? null,
    push(timer: Timer): void {
      heap.push(timer);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!comesBefore(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    pop(): void {
      const last = heap.pop();
      if (heap.length === 0 || last === undefined) return;
      heap[0] = last;
      for (let at = 0; ;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        const first = comesBefore(right, left) ? right : left;
        if (!comesBefore(first, at)) break;
        swap(at, first);
        at = first;
      }
    },
  };
}
