import type { Target } from "./target.ts";

/** A random number in 0–1. */
export type Random = () => number;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

/** Numbers at which lengths and counters turn over. */
const EDGES = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff];

function splice(bytes: Uint8Array, at: number, removed: number, put: Uint8Array): Uint8Array {
  const joined = new Uint8Array(bytes.length - removed + put.length);
  joined.set(bytes.subarray(0, at));
  joined.set(put, at);
  joined.set(bytes.subarray(at + removed), at + put.length);
  return joined;
}

/** A piece of some bytes, mostly a short one. */
function pieceOf(bytes: Uint8Array, random: Random): { at: number; length: number } {
  const at = below(random, bytes.length + 1);
  const most = Math.min(bytes.length - at, random() < 0.8 ? 32 : bytes.length);
  return { at, length: below(random, most + 1) };
}

type Change = (bytes: Uint8Array, random: Random, other: Uint8Array, words: readonly Uint8Array[]) => Uint8Array;

const CHANGES: readonly Change[] = [
  // One bit, one byte, one number at its edge.
  (bytes, random) => {
    const changed = bytes.slice();
    const at = below(random, bytes.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
    return changed;
  },
  (bytes, random) => {
    const changed = bytes.slice();
    changed[below(random, bytes.length)] = below(random, 256);
    return changed;
  },
  (bytes, random) => {
    const changed = bytes.slice();
    const at = below(random, bytes.length);
    const width = [1, 2, 4][below(random, 3)] ?? 1;
    changed.fill(EDGES[below(random, EDGES.length)] ?? 0, at, at + width);
    return changed;
  },
  // Something is missing, there twice, or many times.
  (bytes, random) => {
    const { at, length } = pieceOf(bytes, random);
    return splice(bytes, at, length, new Uint8Array(0));
  },
  (bytes, random) => {
    const { at, length } = pieceOf(bytes, random);
    return splice(bytes, below(random, bytes.length + 1), 0, bytes.slice(at, at + length));
  },
  (bytes, random) => {
    const { at, length } = pieceOf(bytes, random);
    const times = 2 ** below(random, 14);
    const piece = bytes.subarray(at, at + Math.min(length, 64));
    const many = new Uint8Array(piece.length * times);
    for (let copy = 0; copy < times; copy += 1) many.set(piece, copy * piece.length);
    return splice(bytes, at, 0, many);
  },
  // A word of the language, or a piece of another input.
  (bytes, random, _, words) =>
    words.length === 0
      ? bytes
      : splice(bytes, below(random, bytes.length + 1), 0, words[below(random, words.length)] ?? new Uint8Array(0)),
  (bytes, random, _, words) => {
    const word = words[below(random, Math.max(1, words.length))] ?? new Uint8Array(0);
    const at = below(random, bytes.length + 1);
    return splice(bytes, at, Math.min(word.length, bytes.length - at), word);
  },
  (bytes, random, other) => {
    const { at, length } = pieceOf(other, random);
    return splice(bytes, below(random, bytes.length + 1), 0, other.slice(at, at + length));
  },
  (bytes, random, other) => {
    const cut = below(random, bytes.length + 1);
    return splice(bytes.slice(0, cut), cut, 0, other.slice(below(random, other.length + 1)));
  },
];

const MAX_CHANGES = 6;

/** Makes the next input of one and another: mostly with few changes, so that what is valid stays nearly so. */
export function createMutator({
  words,
  maxBytes,
}: Target): (one: Uint8Array, other: Uint8Array, random: Random) => Uint8Array {
  // Words of bytes are written as Latin-1, words of letters as UTF-8.
  const pieces = words.map((word) =>
    /[\u0100-\u{10ffff}]/u.test(word) ? new TextEncoder().encode(word) : latin(word),
  );
  return (one, other, random) => {
    let bytes = one;
    for (let left = 1 + below(random, MAX_CHANGES); left > 0; left -= 1) {
      const change = CHANGES[below(random, CHANGES.length)];
      if (change !== undefined) bytes = change(bytes.length === 0 ? Uint8Array.of(0) : bytes, random, other, pieces);
      bytes = bytes.subarray(0, maxBytes);
    }
    return bytes;
  };
}
