import { describe, expect, it } from "vitest";
import { liveKeys, type SealedKey } from "../../../src/applications/application.ts";
import { addNewestKey, endKey, keepNewestKey, keyListTag } from "../../../src/applications/keys/key-rotation.ts";
import { fail, ok } from "../../../src/result.ts";

const key = (id: string, expiresAt: number | null = null): SealedKey => ({
  id,
  masterKeyId: "m1",
  nonce: "",
  ciphertext: "",
  createdAt: 0,
  expiresAt,
});
const NOW = 1_000;

describe("a rotation", () => {
  it("puts the new key in front and lets the old one live through the overlap", () => {
    expect(addNewestKey([key("a")], key("b"), 500, NOW)).toEqual(ok([key("b"), key("a", 1_500)]));
  });

  it("without an overlap ends every older key, also during another rotation", () => {
    expect(addNewestKey([key("b"), key("a", 2_000)], key("c"), 0, NOW)).toEqual(ok([key("c")]));
  });

  it("drops a key that has expired, to the millisecond", () => {
    expect(addNewestKey([key("b"), key("a", NOW)], key("c"), 500, NOW)).toEqual(ok([key("c"), key("b", 1_500)]));
    expect(addNewestKey([key("b"), key("a", NOW + 1)], key("c"), 500, NOW)).toEqual(fail("rotation_under_way"));
  });

  it("never lets a key live longer than an earlier rotation said", () => {
    expect(addNewestKey([key("a", 1_100)], key("c"), 500, NOW)).toEqual(ok([key("c"), key("a", 1_100)]));
    expect(addNewestKey([key("a", 9_000)], key("c"), 500, NOW)).toEqual(ok([key("c"), key("a", 1_500)]));
  });

  it("never leaves more than two live keys, nor one that lives longer than it was said, whatever is done when", () => {
    let keys: SealedKey[] = [key("0")];
    let now = 0;
    const ends = new Map<string, number>();
    for (let step = 1; step <= 2_000; step++) {
      const dice = (Math.imul(step, 0x9e3779b1) >>> 8) % 100;
      now += dice;
      const changed =
        dice < 60
          ? addNewestKey(keys, key(String(step)), (dice % 4) * 100, now)
          : dice < 75
            ? ok(keepNewestKey(keys, now))
            : endKey(keys, keys[dice % keys.length]?.id ?? "", now);
      if (changed.ok) keys = changed.value;
      const live = liveKeys(keys, now);
      expect(live.length).toBeLessThanOrEqual(2);
      expect(live.slice(1).every(({ expiresAt }) => expiresAt !== null)).toBe(true);
      for (const { id = "", expiresAt } of keys) {
        const end = ends.get(id) ?? Infinity;
        expect(expiresAt ?? Infinity).toBeLessThanOrEqual(end);
        if (expiresAt !== null) ends.set(id, expiresAt);
      }
    }
  });
});

describe("a revocation", () => {
  it("leaves the newest key alone, and may be repeated", () => {
    const left = keepNewestKey([key("b"), key("a", 2_000)], NOW);
    expect(left).toEqual([key("b")]);
    expect(keepNewestKey(left, NOW)).toEqual(left);
  });

  it("of the newest key leaves the one before it its end: it may be the one that leaked", () => {
    expect(endKey([key("b"), key("a", 2_000)], "b", NOW)).toEqual(ok([key("a", 2_000)]));
  });

  it("of the old key by its id leaves the newest", () => {
    expect(endKey([key("b"), key("a", 2_000)], "a", NOW)).toEqual(ok([key("b")]));
  });

  it("of the last key, or of one that is unknown or has expired, is refused", () => {
    expect(endKey([key("b")], "b", NOW)).toEqual(fail("last_key"));
    expect(endKey([key("b"), key("a", NOW)], "b", NOW)).toEqual(fail("last_key"));
    expect(endKey([key("b"), key("a", NOW)], "a", NOW)).toEqual(fail("unknown_key"));
    expect(endKey([key("b")], "c", NOW)).toEqual(fail("unknown_key"));
  });
});

describe("the tag of a key list", () => {
  it("is another one after every change, also after one that brings the same newest key back", () => {
    const before = [key("a")];
    const rotated = [key("b"), key("a", 2_000)];
    const ended = [key("a", 2_000)];
    const tags = [before, rotated, ended].map((keys) => keyListTag(keys, NOW));
    expect(new Set(tags).size).toBe(3);
    expect(keyListTag([key("b"), key("a", NOW)], NOW)).toBe(keyListTag([key("b")], NOW));
  });
});
