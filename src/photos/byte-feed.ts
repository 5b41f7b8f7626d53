/**
 * What a format's grammar asks of the feed: the next `take` bytes, to pass over `skip` bytes, to pass over everything up
 * to the next marker (0xFF and a code that is not `over`) and get its code, or the next bytes with `replace` put in their
 * place. With `fill` what stands before the marker becomes 0xFF. A grammar is a generator, so that it reads like a
 * description of the format while the bytes arrive in chunks of any size.
 */
export type Want =
  | { take: number }
  | { skip: number }
  | { over: (code: number) => boolean; fill: boolean }
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
  /** Whether the byte before, on the way to a marker, was 0xFF. */
  #isPrefixed = false;
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
    return this.#toMarker(want, rest);
  }

  /** Entropy-coded data are full of stuffed 0xFF 0x00: a step of the grammar for each would cost most of the time. */
  #toMarker({ over, fill }: { over: (code: number) => boolean; fill: boolean }, rest: Uint8Array): Uint8Array {
    for (let at = 0; at < rest.length; at += 1) {
      if (!this.#isPrefixed) {
        const prefix = rest.indexOf(0xff, at);
        if (fill) rest.fill(0xff, at, prefix === -1 ? rest.length : prefix);
        if (prefix === -1) return NOTHING;
        this.#isPrefixed = true;
        at = prefix;
        continue;
      }
      const code = rest[at] ?? 0;
      // Any number of 0xFF may precede a marker's code (ITU T.81, B.1.1.2).
      this.#isPrefixed = code === 0xff;
      if (!this.#isPrefixed && !over(code)) {
        this.#want = this.#advance(Uint8Array.of(code));
        return rest.subarray(at + 1);
      }
      if (fill) rest[at] = 0xff;
    }
    return NOTHING;
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
