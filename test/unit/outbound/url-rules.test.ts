import { expect, it } from "vitest";
import { checkUrl } from "../../../src/outbound/url-rules.ts";

it("a URL whose host is longer than any parser takes is refused, and throws nothing", () => {
  for (const tail of ["=m", ".com", ":84"]) {
    expect(checkUrl(`https://X${"a".repeat(16_384)}${tail}`, false).ok).toBe(false);
  }
});
