/** A parser of foreign bytes, with what must hold of it whatever it is given. */
export interface Target {
  /** What mutation begins with: bytes as friendly clients send them, made here. */
  seeds: () => Uint8Array[];
  /** Pieces of its language, which random bytes would hardly ever hit upon. */
  words: readonly string[];
  /** The longest input: what its border lets through at most, or less where that would only take time. */
  maxBytes: number;
  /** Throws when something does not hold. */
  run: (input: Uint8Array) => void | Promise<void>;
}

/** Ends a run with a sentence about what does not hold. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const encoder = new TextEncoder();
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
/** Any bytes as text; what is no UTF-8 becomes replacement characters. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
