/** No code of a JPEG is longer (ITU T.81, C.2). */
const MAX_CODE_BITS = 16;

/** A Huffman code: for each 16 bits that may come next, its length in the upper byte and its symbol in the lower. */
export type HuffmanTable = Uint16Array;

/**
 * Makes the table of a DHT segment's `BITS` and `HUFFVAL` (ITU T.81, annex C): codes of one length are consecutive, and
 * a longer one goes on where the shorter ended. Null when there are more codes than bits for them.
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable | null {
  const table = new Uint16Array(1 << MAX_CODE_BITS);
  let at = 0;
  let next = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    for (let count = counts[length - 1] ?? 0; count > 0; count -= 1) {
      const end = at + (1 << (MAX_CODE_BITS - length));
      if (end > table.length) return null;
      table.fill((length << 8) | (symbols[next] ?? 0), at, end);
      at = end;
      next += 1;
    }
  }
  return table;
}

/**
 * The bits of entropy-coded data (ITU T.81, F.2.2.5), which end at the next marker or with the file. Reading beyond
 * gives zeros and sets `isSpent`.
 */
export class EntropyCodedBits {
  readonly #bytes: Uint8Array;
  /** Of the next byte that has not been taken into `#buffer`. */
  #at: number;
  /** The bits that wait, the last `#waiting` of the number. */
  #buffer = 0;
  #waiting = 0;
  #missing = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get isSpent(): boolean {
    return this.#missing > this.#waiting;
  }

  /** Reads the next symbol of a code; 0 where the bits are none. */
  symbol(table: HuffmanTable): number {
    this.#fill(MAX_CODE_BITS);
    const entry = table[(this.#buffer >>> (this.#waiting - MAX_CODE_BITS)) & 0xffff] ?? 0;
    // No code: what is left is not that of a picture.
    if (entry === 0) this.#missing = Infinity;
    this.#waiting -= entry >> 8;
    return entry & 0xff;
  }

  /** Reads at most 16 bits as a number. */
  number(bits: number): number {
    if (bits === 0) return 0;
    this.#fill(bits);
    this.#waiting -= bits;
    return (this.#buffer >>> this.#waiting) & ((1 << bits) - 1);
  }

  /**
   * Ends a run of MCUs: the rest of its last byte is filled with ones (ITU T.81, F.1.2.3). Returns where the data go on,
   * or null when other bits are there.
   */
  align(): number | null {
    const padding = this.#waiting % 8;
    const ones = (1 << padding) - 1;
    if (this.isSpent || ((this.#buffer >>> (this.#waiting - padding)) & ones) !== ones) return null;
    // Whole bytes that wait are given back, stuffed zeros with them.
    for (let waiting = this.#waiting - padding - this.#missing; waiting > 0; waiting -= 8) {
      this.#at -= this.#bytes[this.#at - 1] === 0 && this.#bytes[this.#at - 2] === 0xff ? 2 : 1;
    }
    this.#waiting = 0;
    this.#missing = 0;
    return this.#at;
  }

  /** Passes over a restart marker; false when there is none. */
  restart(): boolean {
    let at = this.align();
    if (at === null || this.#bytes[at] !== 0xff) return false;
    while (this.#bytes[at + 1] === 0xff) at += 1;
    const code = this.#bytes[at + 1] ?? 0;
    this.#at = at + 2;
    return code >= 0xd0 && code <= 0xd7;
  }

  #fill(bits: number): void {
    while (this.#waiting < bits) {
      const byte = this.#bytes[this.#at];
      const isStuffed = byte === 0xff && this.#bytes[this.#at + 1] === 0;
      const isData = byte !== undefined && (byte !== 0xff || isStuffed);
      if (isData) this.#at += isStuffed ? 2 : 1;
      else this.#missing += 8;
      this.#buffer = ((this.#buffer << 8) | (isData ? byte : 0)) >>> 0;
      this.#waiting += 8;
    }
  }
}
