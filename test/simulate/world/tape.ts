import { randomFrom } from "./random.ts";

/** Spreads neighboring seeds over the generator's states (the golden ratio's fraction, 32 bits). */
const SPREAD = 2_654_435_761;

/**
 * All chance of a run. Every choice is written down, and 0 is always the harmless one: a written tape replays the run,
 * and a tape with more zeros is a simpler run. Behind the end of a tape that is replayed everything is harmless.
 */
export class Tape {
  readonly choices: number[] = [];
  readonly #written: readonly number[] | null;
  readonly #random: () => number;

  constructor(seed: number, written: readonly number[] | null) {
    this.#written = written;
    this.#random = randomFrom(Math.imul(seed, SPREAD) + 1);
  }

  /** A whole number from 0 to `count` − 1; in `calmShare` of the cases it is 0 from the outset. */
  choose(count: number, calmShare = 0): number {
    if (this.#written !== null) return this.#keep((this.#written[this.choices.length] ?? 0) % count);
    if (calmShare > 0 && this.#random() < calmShare) return this.#keep(0);
    return this.#keep(Math.floor(this.#random() * count));
  }

  /** True in this share of the cases. */
  happens(share: number): boolean {
    const { length } = this.choices;
    const choice = this.#written === null ? Number(this.#random() < share) : (this.#written[length] ?? 0);
    return this.#keep(choice === 0 ? 0 : 1) === 1;
  }

  /** One of a list, of which the first is the harmless one. */
  pick<Item>(items: readonly [Item, ...Item[]], calmShare = 0): Item {
    return items[this.choose(items.length, calmShare)] ?? items[0];
  }

  #keep(choice: number): number {
    this.choices.push(choice);
    return choice;
  }
}
