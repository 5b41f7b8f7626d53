import { describe, expect, it } from "vitest";
import { createUuidV7, isRecordId, parseRecordId, type RandomBytes } from "../../src/ids.ts";

const filledWith =
  (byte: number): RandomBytes =>
  (array) =>
    array.fill(byte);

describe("a record's id", () => {
  it("is the UUIDv7 of RFC 9562's example, time and random bits given", () => {
    // RFC 9562, appendix A.6: 2022-02-22 19:22:22 UTC is 0x017F22E279B0.
    expect(createUuidV7(0x017f22e279b0, filledWith(0))).toBe("017f22e2-79b0-7000-8000-000000000000");
    expect(createUuidV7(0x017f22e279b0, filledWith(0xff))).toBe("017f22e2-79b0-7fff-bfff-ffffffffffff");
  });

  it("sorts by the time it was made", () => {
    const times = [0, 1, 65_535, 65_536, 1_700_000_000_000, 1_700_000_000_001];
    const ids = times.map((time) => createUuidV7(time, filledWith(7)));
    expect(ids.toSorted((a, b) => a.localeCompare(b))).toEqual(ids);
  });

  it("is read without regard to letter case, as RFC 9562 has it", () => {
    const id = "017f22e2-79b0-7000-8000-0000000000ab";
    expect(parseRecordId(id.toUpperCase())).toBe(id);
    expect(parseRecordId(id)).toBe(id);
    expect(parseRecordId("17F22E2-79B0")).toBeNull();
  });

  it.each(["", "1", "017f22e2-79b0-4000-8000-000000000000", "017F22E2-79B0-7000-8000-000000000000", "x".repeat(36)])(
    "is not %j",
    (text) => {
      expect(isRecordId(text)).toBe(false);
    },
  );
});
