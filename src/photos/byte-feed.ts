/**
 * What a format's grammar asks of the feed: the next `take` bytes, to pass over `skip` bytes, to pass over everything
 * before the next 0xFF (and such as are followed by a byte that is `over`), or the next bytes with `replace` put in
 * their place. A grammar is a generator, so that it reads like a description of the format while the bytes arrive in
 * chunks of any size.
 */
export type Want =
  | { take: number }
  | { skip: number }
  | { seek: 0xff; over: (next: number) => boolean }
  | { replace: Uint8Array };
export type Grammar<Outcome> = Generator<Want, Outcome, Uint8Array>;

const NOTHING = new Uint8Array(0);

/**
 * Runs one grammar over chunks, which it changes in place where the grammar replaces bytes. What comes after the
 * grammar has ended is set to zero. Holds no more than the bytes of one `take` or `replace`.
 */
export class ByteFeed<Outcome> {
  readonly #grammar: Grammar<Outcome>;
  #want: Want | null;
  /** Room for the bytes of the present want, of which the first `#heldBytes` have come; `NOTHING` while none have. */
  #held: Uint8Array = NOTHING;
  #heldBytes = 0;
  #skipped = 0;
  #outcome: Outcome | null = null;

  constructor(grammar: Grammar<Outcome>) {
    this.#grammar = grammar;
    this.#want = this.#advance(NOTHING);
  }

  /** What the grammar returned, or null while it wants more bytes. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  push(chunk: Uint8Array): void {
    let rest = chunk;
    while (this.#want !== null && (rest.length > 0 || isMet(this.#want))) rest = this.#meet(this.#want, rest);
    if (this.#want === null) rest.fill(0);
  }

  #advance(bytes: Uint8Array): Want | null {
    const step = this.#grammar.next(bytes);
    if (!step.done) return step.value;
    this.#outcome = step.value;
    return null;
  }

  #meet(want: Want, rest: Uint8Array): Uint8Array {
    if ("take" in want) return this.#take(want.take, rest);
    if ("skip" in want) return this.#skip(want.skip, rest);
    if ("replace" in want) return this.#replace(want.replace, rest);
    let at = rest.indexOf(want.seek);
    // Entropy-coded data are full of stuffed 0xFF 0x00: a step of the grammar for each would cost most of the time.
    for (let next = rest[at + 1]; at !== -1 && next !== undefined && want.over(next); next = rest[at + 1]) {
      at = rest.indexOf(want.seek, at + 2);
    }
    if (at === -1) return NOTHING;
    this.#want = this.#advance(NOTHING);
    return rest.subarray(at);
  }

  /** Puts a piece behind the bytes that are held for a want of `length`; they are all there when it returns true. */
  #hold(piece: Uint8Array, length: number): boolean {
    // Once for each want: a sender of single bytes must not have everything copied for each of them.
    if (this.#held.length !== length) this.#held = new Uint8Array(length);
    this.#held.set(piece, this.#heldBytes);
    this.#heldBytes += piece.length;
    return this.#heldBytes === length;
  }

  /** The bytes that were held, which the caller now owns. */
  #release(): Uint8Array {
    const held = this.#held;
    this.#held = NOTHING;
    this.#heldBytes = 0;
    return held;
  }

  #take(length: number, rest: Uint8Array): Uint8Array {
    const piece = rest.subarray(0, length - this.#heldBytes);
    // What comes in one piece need not be copied.
    if (piece.length === length) this.#want = this.#advance(piece);
    else if (this.#hold(piece, length)) this.#want = this.#advance(this.#release());
    return rest.subarray(piece.length);
  }

  #replace(replacement: Uint8Array, rest: Uint8Array): Uint8Array {
    const at = this.#heldBytes;
    const piece = rest.subarray(0, replacement.length - at);
    const isWhole = this.#hold(piece, replacement.length);
    piece.set(replacement.subarray(at, at + piece.length));
    if (isWhole) this.#want = this.#advance(this.#release());
    return rest.subarray(piece.length);
  }

  #skip(length: number, rest: Uint8Array): Uint8Array {
    const missing = length - this.#skipped;
    if (rest.length < missing) {
      this.#skipped += rest.length;
      return NOTHING;
    }
    this.#skipped = 0;
    this.#want = this.#advance(NOTHING);
    return rest.subarray(missing);
  }
}

/** Nothing has to arrive for a want of no bytes. */
const isMet = (want: Want): boolean =>
  ("take" in want && want.take === 0) ||
  ("skip" in want && want.skip === 0) ||
  ("replace" in want && want.replace.length === 0);
