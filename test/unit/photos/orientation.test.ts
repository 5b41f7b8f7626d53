import { describe, expect, it } from "vitest";
import { exifOrientation } from "../../../src/photos/formats/metadata.ts";

describe("the orientation of a photo", () => {
  /** A directory whose entries are [tag, type, four bytes of value]. */
  const directory = (little: boolean, ...entries: [number, number, number[]][]): Buffer => {
    const number16 = (value: number) => (little ? [value & 0xff, value >> 8] : [value >> 8, value & 0xff]);
    const start = little ? [0x49, 0x49, 42, 0, 8, 0, 0, 0] : [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
    const count = little ? [1, 0, 0, 0] : [0, 0, 0, 1];
    return Buffer.from([
      ...start,
      ...number16(entries.length),
      ...entries.flatMap(([tag, type, value]) => [...number16(tag), ...number16(type), ...count, ...value]),
    ]);
  };

  it.each<[string, Buffer, number]>([
    ["a SHORT, as the standard says", directory(false, [0x0112, 3, [0, 6, 0, 0]]), 6],
    ["a little-endian SHORT", directory(true, [0x0112, 3, [8, 0, 0, 0]]), 8],
    ["a LONG", directory(false, [0x0112, 4, [0, 0, 0, 5]]), 5],
    ["a little-endian LONG", directory(true, [0x0112, 4, [7, 0, 0, 0]]), 7],
    ["a BYTE", directory(false, [0x0112, 1, [3, 0, 0, 0]]), 3],
    ["behind another tag", directory(false, [0x0100, 3, [0, 2, 0, 0]], [0x0112, 3, [0, 4, 0, 0]]), 4],
    ["a text, which is none", directory(false, [0x0112, 2, [6, 6, 6, 6]]), 1],
    ["a nine, which is none", directory(false, [0x0112, 3, [0, 9, 0, 0]]), 1],
    ["a zero, which is none", directory(false, [0x0112, 3, [0, 0, 0, 0]]), 1],
    ["cut off in the middle", directory(false, [0x0112, 3, [0, 6, 0, 0]]).subarray(0, 20), 1],
    ["cut off right before it", directory(false, [0x0112, 3, [0, 6, 0, 0]]).subarray(0, 10), 1],
    ["only the beginning of a block", directory(false).subarray(0, 7), 1],
    ["a directory beyond the end", Buffer.from("MM\0*\0\0\0\x09\0\0", "latin1"), 1],
  ])("is read from %s", (_, block, orientation) => {
    expect(exifOrientation(block)).toBe(orientation);
    expect(exifOrientation(Buffer.concat([Buffer.from("Exif\0\0"), block]))).toBe(orientation);
  });
});
