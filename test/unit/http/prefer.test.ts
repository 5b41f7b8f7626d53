import { describe, expect, it } from "vitest";
import { parsePrefer, preferenceApplied } from "../../../src/http/prefer.ts";

const HEADERS: [string | null | undefined, number | null][] = [
  ["wait=10", 10],
  ["Wait=10", 10],
  [' wait = "10" ', 10],
  ["respond-async, wait=5", 5],
  ["wait=5; foo=bar, handling=lenient", 5],
  ['note="a, wait=3", wait=7', 7],
  ["wait=7, wait=3", 7],
  ["wait=007", 7],
  ["wait=3600", 60],
  ["wait=99999999999999999999", 60],
  ["wait=0", null],
  ["wait=-1", null],
  ["wait=1.5", null],
  ["wait=soon", null],
  ["wait", null],
  ["wait=", null],
  ["waiting=5", null],
  ["no-wait=5", null],
  ['wait="5', null],
  ["return=minimal", null],
  ["", null],
  [null, null],
  [undefined, null],
];

describe("the Prefer header", () => {
  it.each(HEADERS)("%j asks for a wait of %j seconds", (header, waitSeconds) => {
    expect(parsePrefer(header)).toEqual({ waitSeconds });
  });

  it("is read in time that grows with its length, whatever it holds", () => {
    expect(parsePrefer('"\\'.repeat(20_000))).toEqual({ waitSeconds: null });
    expect(parsePrefer(" ".repeat(50_000))).toEqual({ waitSeconds: null });
    expect(parsePrefer(`wait=${" ".repeat(90_000)}"`)).toEqual({ waitSeconds: null });
    expect(parsePrefer(`wait="${"a ".repeat(50_000)}`)).toEqual({ waitSeconds: null });
  });

  it("is answered with what was granted", () => {
    expect(preferenceApplied(60)).toBe("wait=60");
  });
});
