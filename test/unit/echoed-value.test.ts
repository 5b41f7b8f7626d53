import { describe, expect, it } from "vitest";
import { echoedValue } from "../../src/problems/echoed-value.ts";
import { invalidFields } from "../../src/problems/problem.ts";

describe("the value that an error repeats", () => {
  it.each<[string, unknown, PropertyKey[], unknown]>([
    ["a short text", { analysis_mode: "magic" }, ["analysis_mode"], "magic"],
    ["a number", { serving_size: 0 }, ["serving_size"], 0],
    ["a flag", { limit: false }, ["limit"], false],
    ["null", { unit: null }, ["unit"], null],
    ["one that lies deeper", { ingredients: [{ unit: "cups" }] }, ["ingredients", 0, "unit"], "cups"],
    ["the whole body, when it is a scalar", 17, [], 17],
  ])("is %s", (_, given, path, value) => {
    expect(echoedValue(given, path)).toBe(value);
  });

  it.each<[string, unknown, PropertyKey[]]>([
    ["left out", {}, ["serving_size"]],
    ["a list", { unit: ["g"] }, ["unit"]],
    ["an object", { metadata: { note: 1 } }, ["metadata"]],
    ["as long as a key can be", { overlap_hours: "x".repeat(16) }, ["overlap_hours"]],
    ["a photo", { body: "AAAA" }, ["body"]],
    ["a photo's address, which may carry a token", { body_url: "https://x.example/?sig=1" }, ["body_url"]],
    ["a signature", { signature: "abc" }, ["signature"]],
    ["a key", { hmac_key: "short" }, ["hmac_key"]],
    ["a token", { tokens: ["abc"] }, ["tokens", 0]],
    ["inherited", {}, ["toString"]],
    ["unknown, because nobody says what was sent", undefined, ["unit"]],
  ])("is none when it was %s", (_, given, path) => {
    expect(echoedValue(given, path)).toBeUndefined();
  });

  it("stands beside the place and the message, and is absent otherwise", () => {
    const issues = [
      { path: ["limit"], message: "a whole number" },
      { path: ["cursor"], message: "needed" },
    ];
    expect(invalidFields(issues, "query", { limit: "ten" }).errors).toEqual([
      { location: "query.limit", message: "a whole number", value: "ten" },
      { location: "query.cursor", message: "needed" },
    ]);
  });
});
