import { describe, expect, it } from "vitest";
import { isWideAround, jsonIssue } from "../../src/json-bounds.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const isWide = (text: string): boolean => isWideAround(bytesOf(text), 100);

describe("JSON around its longest string", () => {
  const long = "x".repeat(10_000);
  it.each([
    ["a photo and options", JSON.stringify({ a: 1, body: long, b: [1, 2, 3] })],
    ["a photo with escapes", `{"body":"${String.raw`\/\"\\`.repeat(1_000)}","b":1}`],
    ["a photo alone", JSON.stringify(long)],
    ["options alone", JSON.stringify({ a: "b", c: { d: [] } })],
    ["nothing", ""],
    ["a string that never ends", `"${long}`],
  ])("is narrow with %s", (_, text) => {
    expect(isWide(text)).toBe(false);
  });

  it.each([
    ["brackets", "[".repeat(101)],
    ["brackets behind a photo", `{"body":"${long}","x":${"[".repeat(200)}`],
    ["numbers before a photo", `{"x":[${"1,".repeat(200)}1],"body":"${long}"}`],
    ["many names", JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, place) => [`name${place}`, 1])))],
    ["two long strings", JSON.stringify([long, long])],
    ["a string that seems to go on", `{"body":"${long}\\\\","x":"${"y".repeat(200)}","z":1}`],
  ])("is wide with %s", (_, text) => {
    expect(isWide(text)).toBe(true);
  });
});

describe("a JSON value", () => {
  it.each([
    [{ a: { b: [1, "x", null] } }, null],
    [JSON.parse('{"a":{"__proto__":1}}'), ["a", "__proto__"]],
    [{ a: Array.from({ length: 501 }, () => 1) }, ["a"]],
  ])("%j is judged by its names, its depth and its entries", (json, path) => {
    expect(jsonIssue(json)?.path ?? null).toEqual(path);
  });

  it("may be sixteen levels deep", () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect([jsonIssue(nested(16)), jsonIssue(nested(17))?.message]).toEqual([
      null,
      expect.stringContaining("16 levels"),
    ]);
  });
});
