import { readdirSync, readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { createHealthCheck, isWell, whatIsWrong, type HealthCheckPorts } from "../../src/health/check-health.ts";
import { COMPATIBILITY_DATE, MIGRATIONS, VERSION } from "../../src/health/version.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

describe("what the program says of itself", () => {
  it("is what it is built of", () => {
    expect(VERSION).toBe((JSON.parse(read("package.json")) as { version: string }).version);
    expect(COMPATIBILITY_DATE).toBe(parse(read("wrangler.toml"))["compatibility_date"]);
    expect(MIGRATIONS).toBe(readdirSync(new URL("migrations", root)).filter((name) => name.endsWith(".sql")).length);
  });
});

describe("the health check", () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const down = (): Promise<never> => Promise.reject(new Error("down"));
  const portsWith = (change: Partial<HealthCheckPorts> = {}): HealthCheckPorts => ({
    appliedMigrations: async () => 3,
    reachPhotos: async () => null,
    reachQueue: async () => ({}),
    modelsInTrouble: async () => [],
    neededMigrations: 3,
    now: () => 1_000,
    sleep: never,
    ...change,
  });

  it.each<[string, Partial<HealthCheckPorts>, string]>([
    ["the database is down", { appliedMigrations: down }, "The database did not respond."],
    ["the photos are down", { reachPhotos: down }, "The photos did not respond."],
    ["the queue never answers", { reachQueue: never, sleep: async () => undefined }, "The queue did not respond."],
    ["a migration is missing", { appliedMigrations: async () => 2 }, "The database has 2 of 3 migrations"],
  ])("finds that %s", async (_, change, sentence) => {
    // An answer that is there at once comes before the end of a patience that is over at once.
    const health = await createHealthCheck(portsWith(change))();
    expect(isWell(health)).toBe(false);
    expect(whatIsWrong(health)).toContain(sentence);
  });

  it("takes more migrations than it needs for those of a newer version", async () => {
    expect(isWell(await createHealthCheck(portsWith({ appliedMigrations: async () => 4 }))())).toBe(true);
  });

  it("asks again after five seconds, and after one when something was wrong", async () => {
    let now = 0;
    let asked = 0;
    let works = true;
    const check = createHealthCheck(
      portsWith({
        now: () => now,
        appliedMigrations: async () => {
          asked += 1;
          return works ? 3 : down();
        },
      }),
    );
    const askedAt = async (ms: number): Promise<number> => {
      now = ms;
      await check();
      return asked;
    };
    expect([await askedAt(0), await askedAt(4_999)]).toEqual([1, 1]);
    works = false;
    expect([await askedAt(5_000), await askedAt(5_999)]).toEqual([2, 2]);
    expect(await askedAt(6_000)).toBe(3);
  });
});
