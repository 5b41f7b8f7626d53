import { describe, expect, it } from "vitest";
import { ByteFeed, type Grammar } from "../../../src/photos/byte-feed.ts";

describe("a feed of bytes", () => {
  function* grammar(): Grammar<string> {
    const first = yield { take: 3 };
    const start = Buffer.from(first).toString();
    yield { skip: 2 };
    const replaced = yield { replace: Buffer.from("xyz") };
    const original = Buffer.from(replaced).toString();
    const [passed = 0] = yield { over: (code) => code === 0, fill: false };
    const [filled = 0] = yield { over: (code) => code === 0, fill: true };
    return `${start} ${original} ${passed} ${filled}`;
  }
  const SCAN = [...Buffer.from("scan"), 0xff, 0, 0x41, 0xff, 0, 0xff, 0xff, 7];
  const JUNK = [...Buffer.from("junk"), 0xff, 0, 0x41, 0xff, 0xff, 8];
  const BYTES = [...Buffer.from("abc..123"), ...SCAN, ...JUNK, ...Buffer.from("behind")];

  it.each([1, 2, 3, 4, 5, 100])("reads the same in pieces of %i, and changes the same bytes", (size) => {
    const bytes = Uint8Array.from(BYTES);
    const feed = new ByteFeed(grammar());
    for (let at = 0; at < bytes.length; at += size) feed.push(bytes.subarray(at, at + size));
    expect(feed.outcome).toBe("abc 123 7 8");
    expect(Buffer.from(bytes.subarray(0, 8)).toString()).toBe("abc..xyz");
    expect([...bytes.subarray(8, 20)]).toEqual(SCAN);
    expect([...bytes.subarray(20, 30)]).toEqual([...Array.from({ length: 9 }, () => 0xff), 8]);
    expect([...bytes.subarray(30)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("needs no bytes for a want of none", () => {
    function* empty(): Grammar<number> {
      yield { take: 1 };
      const nothing = yield { take: 0 };
      yield { skip: 0 };
      const none = yield { replace: new Uint8Array(0) };
      return nothing.length + none.length;
    }
    const feed = new ByteFeed(empty());
    feed.push(Uint8Array.of(1));
    expect(feed.outcome).toBe(0);
  });

  it("gives bytes that came in pieces away for good: the next ones do not change them", () => {
    const kept: Uint8Array[] = [];
    function* pairs(): Grammar<null> {
      for (let count = 0; count < 2; count += 1) kept.push(yield { take: 2 });
      return null;
    }
    const feed = new ByteFeed(pairs());
    for (const byte of [1, 2, 3, 4]) feed.push(Uint8Array.of(byte));
    expect(kept.map((bytes) => [...bytes])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
