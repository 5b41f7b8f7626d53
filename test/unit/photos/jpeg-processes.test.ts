import { describe, expect, it } from "vitest";
import { checkPhoto, PhotoCheck } from "../../../src/photos/photo-check.ts";
import { jpeg } from "../../support/images.ts";

const SMALL = { width: 600, height: 512, bytes: 300 };

describe("the picture of a JPEG", () => {
  it("is read from Huffman-coded frames alone", () => {
    const plain = Buffer.from(jpeg(SMALL));
    const frameAt = plain.indexOf(Buffer.from([0xff, 0xc0]));
    const verdictOf = (marker: number): unknown => {
      const file = Buffer.from(plain);
      file[frameAt + 1] = marker;
      return checkPhoto(file);
    };
    for (const marker of [0xc0, 0xc1, 0xc2]) {
      expect(verdictOf(marker)).toMatchObject({ ok: true, value: { width: 600, height: 512 } });
    }
    for (const marker of [0xc4, 0xc8, 0xcc, 0xbf]) expect(verdictOf(marker)).toMatchObject({ ok: false });
  });

  it.each<[string, number[]]>([
    ["arithmetic coding", [0xc9, 0xca]],
    ["lossless", [0xc3, 0xcb]],
    ["hierarchical", [0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf, 0xde]],
    ["JPEG-LS", [0xf7]],
  ])("is refused by its name where no decoder reads it: %s", (name, markers) => {
    for (const marker of markers) {
      const file = Buffer.from(jpeg(SMALL));
      file[file.indexOf(Buffer.from([0xff, 0xc0])) + 1] = marker;
      // As soon as the frame has come.
      expect(new PhotoCheck().push(file.subarray(0, 60))).toMatchObject({
        code: "unsupported_format",
        detail: expect.stringMatching(new RegExp(`${name}.*save it as an ordinary JPEG`)),
      });
    }
  });

  it.each([12, 16, 2])("is refused by its precision of %i bits", (bits) => {
    const file = Buffer.from(jpeg(SMALL));
    file[file.indexOf(Buffer.from([0xff, 0xc0])) + 4] = bits;
    expect(checkPhoto(file)).toMatchObject({
      error: { code: "unsupported_format", detail: expect.stringContaining(`${bits} bits per sample`) },
    });
  });
});
