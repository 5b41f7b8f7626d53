import { describe, expect, it } from "vitest";
import { regexesIn } from "../../regexes/find-regexes.ts";

describe("the regular expressions of a file", () => {
  it("are found wherever they are written, with their line", () => {
    const text = 'const a = /x+/u;\nconst f = (s: string) => s.replace(/(y+)+$/, "");\n';
    expect(regexesIn("a.ts", text).written).toEqual([
      { place: "a.ts:1", pattern: "x+", flags: "u" },
      { place: "a.ts:2", pattern: "(y+)+$", flags: "" },
    ]);
  });

  it("are known to be constructed as the file is loaded, or in calls, which nobody could look at", () => {
    expect(regexesIn("a.ts", "export const A = new RegExp(`${b}+`);")).toMatchObject({ isConstructing: true });
    expect(regexesIn("a.tsx", "export const f = (b: string) => <p>{new RegExp(b).source}</p>;")).toEqual({
      written: [],
      isConstructing: false,
      constructedInCalls: ["a.tsx:1"],
    });
  });
});
