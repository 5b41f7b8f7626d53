import { seeded } from "../support/seeded.ts";

/** Chance that a seed decides. */
export interface Dice {
  /** True in `share` (0–1) of all throws. */
  chance(share: number): boolean;
  /** A number from `low` to `high`. */
  between(low: number, high: number): number;
  /** One of the values; throws when there are none. */
  pick<const Value>(values: readonly Value[]): Value;
  /** One of the names, as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
}

/** FNV-1a: each name gets a sequence of its own, whatever the others do in the meantime. */
const hash = (text: string): number =>
  Array.from(text).reduce((sum, char) => Math.imul(sum ^ (char.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5);

export function diceFor(seed: number, name: string): Dice {
  const random = seeded(hash(`${seed} ${name}`));
  const between = (low: number, high: number): number => low + random() * (high - low);
  const pick = <Value>(values: readonly Value[]): Value => {
    const found = values[Math.floor(random() * values.length)];
    if (found === undefined) throw new Error("nothing to choose from");
    return found;
  };
  return {
    chance: (share) => random() < share,
    between,
    pick,
    weighted: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = between(
        0,
        entries.reduce((sum, [, weight]) => sum + weight, 0),
      );
      const found = entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1);
      if (found === undefined) throw new Error("nothing to choose from");
      return found[0];
    },
  };
}
