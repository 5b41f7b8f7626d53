import { beforeEach, describe, expect, it } from "vitest";
import { FREE_FAILURES, Guesses, type GuessSource } from "../../../src/limits/guesses.ts";

const SOURCE: GuessSource = { of: 1, address: "192.0.2.1" };
const MINUTE = 60_000;

let now: number;
let guesses: Guesses;
let isLocationOpen: boolean;
const work: Promise<void>[] = [];

beforeEach(() => {
  now = 1_800_000_000_000;
  isLocationOpen = true;
  guesses = new Guesses(() => now);
});

const settle = (isRight: boolean, source = SOURCE) =>
  guesses.settle(
    source,
    isRight,
    async () => isLocationOpen,
    (deferred) => work.push(deferred),
  );
const isTold = (isRight: boolean, source = SOURCE): boolean => settle(isRight, source).waitSeconds === 0;
const failUntilDelayed = (source = SOURCE): void => {
  for (let tries = 0; tries < FREE_FAILURES; tries++) settle(false, source);
};

describe("guesses of a secret", () => {
  it("are told to be wrong ten times, however many there are at once", () => {
    const told = Array.from({ length: 200 }, () => isTold(false));
    expect(told.filter(Boolean)).toHaveLength(10);
  });

  it("wait twice as long after each further one, at most a minute", () => {
    failUntilDelayed();
    const waits = Array.from({ length: 9 }, () => {
      const seconds = guesses.waitSeconds(SOURCE);
      now += seconds * 1000;
      settle(false);
      return seconds;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it("are not told to be right while they wait", () => {
    failUntilDelayed();
    expect(isTold(true)).toBe(false);
    now += 1000;
    expect(isTold(true)).toBe(true);
  });

  it("are forgotten after a quarter of an hour", () => {
    failUntilDelayed();
    now += 15 * MINUTE + 1;
    expect(Array.from({ length: 12 }, () => isTold(false)).filter(Boolean)).toHaveLength(10);
  });

  it("delay neither another network nor another secret", () => {
    failUntilDelayed();
    expect(guesses.waitSeconds({ of: 1, address: "192.0.2.2" })).toBe(0);
    expect(guesses.waitSeconds({ of: 2, address: "192.0.2.1" })).toBe(0);
    expect(guesses.waitSeconds({ of: "administrator", address: "192.0.2.1" })).toBe(0);
  });

  it("do not delay a server that has shown the right secret from the same address", () => {
    settle(true);
    failUntilDelayed();
    expect(guesses.waitSeconds(SOURCE)).toBe(0);
    expect(isTold(true)).toBe(true);
    failUntilDelayed();
    now += 24 * 60 * MINUTE + 1;
    failUntilDelayed();
    expect(isTold(true)).toBe(false);
  });

  it("keep waiting whatever noise others make, and the noise is refused when there is no more room", () => {
    failUntilDelayed();
    for (let network = 0; network < 30_000; network++) {
      failUntilDelayed({ of: network, address: `10.${network >> 16}.${(network >> 8) & 255}.${network & 255}` });
    }
    expect(guesses.waitSeconds(SOURCE)).toBeGreaterThan(0);
    const another = { of: 5, address: "203.0.113.9" };
    expect(settle(false, another)).toEqual({ waitSeconds: 60, isDelayed: false, isNoted: false });
    expect(isTold(true, another)).toBe(true);
  });

  it("that were few make room for new ones", () => {
    for (let network = 0; network < 30_000; network++) settle(false, { of: network, address: "192.0.2.7" });
    expect(isTold(false, { of: 30_001, address: "192.0.2.7" })).toBe(true);
  });

  it("count those of the whole location", async () => {
    isLocationOpen = false;
    settle(false);
    await Promise.all(work);
    expect(guesses.waitSeconds(SOURCE)).toBe(1);
  });

  it("are noted when a delay begins or grows, at most ten times a minute", () => {
    const noted = Array.from({ length: 20 }, (_, network) => {
      const source = { of: 1, address: `192.0.2.${network}` };
      return Array.from({ length: FREE_FAILURES }, () => settle(false, source).isNoted);
    });
    expect(noted[0]).toEqual([...Array.from({ length: 9 }, () => false), true]);
    expect(noted.flat().filter(Boolean)).toHaveLength(10);
    failUntilDelayed({ of: "administrator", address: "192.0.2.200" });
    now += 1000;
    expect(settle(false, { of: "administrator", address: "192.0.2.200" }).isNoted).toBe(true);
    now += MINUTE;
    failUntilDelayed({ of: 2, address: "198.51.100.1" });
    now += 1000;
    expect(settle(false, { of: 2, address: "198.51.100.1" }).isNoted).toBe(true);
  });
});
