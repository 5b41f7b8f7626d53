/** What a worker is told. */
export interface WorkerTask {
  target: string;
  seed: number;
  /** When to stop, Unix milliseconds. */
  until: number;
  /** The input that is being tried, for whoever has to end this thread; see `HEADER_BYTES`. */
  current: SharedArrayBuffer;
}

/** In front of the input: how many were tried before it, and its length, which is -1 between two inputs; 32 bits each. */
export const HEADER_BYTES = 8;

/** What a worker tells. */
export type WorkerReport =
  | { kind: "failed"; input: Uint8Array; what: string; seed: number }
  | { kind: "reaches"; input: Uint8Array }
  | { kind: "done"; tried: number };
