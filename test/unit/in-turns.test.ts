import { describe, expect, test } from "vitest";
import { inTurns } from "../../src/in-turns.ts";

describe("work in turns", () => {
  test("is done so many at once, and answers in the order of its items", async () => {
    let running = 0;
    let most = 0;
    const done = await inTurns([3, 1, 2, 5, 4], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let step = 0; step < item; step += 1) await Promise.resolve();
      running -= 1;
      return item * 10;
    });
    expect(done).toEqual([30, 10, 20, 50, 40]);
    expect(most).toBe(2);
  });

  test("begins the next when one before it is through", async () => {
    const begun: string[] = [];
    const first = Promise.withResolvers<void>();
    const all = inTurns(["a", "b"], 1, async (item) => {
      begun.push(item);
      if (item === "a") await first.promise;
    });
    await Promise.resolve();
    expect(begun).toEqual(["a"]);
    first.resolve();
    await all;
    expect(begun).toEqual(["a", "b"]);
  });

  test("of nothing is nothing", async () => {
    expect(await inTurns([], 3, async () => "never")).toEqual([]);
  });

  test("throws what failed", async () => {
    await expect(inTurns([1, 2], 2, async (item) => Promise.reject(new Error(String(item))))).rejects.toThrow("1");
  });
});
