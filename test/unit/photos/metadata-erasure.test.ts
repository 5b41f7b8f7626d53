import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checkPhoto } from "../../../src/photos/photo-check.ts";
import { metadata } from "../../fuzz/targets/metadata.ts";
import { exifBlock, jpeg, png, webp } from "../../support/images.ts";

const SMALL = { width: 600, height: 512, bytes: 300 };
const FORMATS = ["jpeg", "png", "webp"] as const;

/** A file with pieces put in at a place, judged; what was there before and what is there after. */
function judge(file: Uint8Array, at: number, ...pieces: Uint8Array[]) {
  const before = Buffer.concat([file.subarray(0, at), ...pieces, file.subarray(at)]);
  const after = Buffer.from(before);
  return { before, after, verdict: checkPhoto(after) };
}

describe.each(FORMATS)("metadata in a %s", (format) => {
  it.each([
    ["in front of everything", 0],
    ["in front of the picture", 1],
    ["behind the picture", 2],
    ["behind the end", 3],
  ])("of every kind, %s, are erased, and the picture stays", async (_, place) => {
    for (let kind = 0; kind < 15; kind += 1) {
      for (const [start, length] of [
        [kind, 40],
        [1, 255],
        [kind + 1, 0],
      ] as const) {
        await metadata.run(Uint8Array.of(FORMATS.indexOf(format), place, kind, start, length));
      }
    }
  });

  it("of several kinds in one file are erased, one behind the other", async () => {
    const all = Array.from({ length: 15 }, (_, kind) => [kind, kind, kind + 3, 60 + kind]).flat();
    await metadata.run(Uint8Array.from([FORMATS.indexOf(format), ...all]));
  });
});

describe("what a decoder needs of a JPEG", () => {
  const segment = (marker: number, payload: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(payload.length + 2, 2);
    return Buffer.concat([head, payload]);
  };
  const text = (start: string): Buffer => Buffer.from(`${start}${"secret ".repeat(9)}`, "latin1");

  it.each<[string, number, string, number]>([
    ["JFIF's densities, without its thumbnail", 0xe0, "JFIF\0\x01\x02\x01\0H\0H\0\0", 14],
    ["all of a color profile", 0xe2, "ICC_PROFILE\0\x01\x01", 200],
    ["Adobe's color transform, without what follows", 0xee, "Adobe\0d\0\0\0\0\x01", 12],
    ["the beginning of another segment 0", 0xe0, "JFXX\0\x10", 4],
    ["the beginning of another segment 2", 0xe2, "MPF\0MM", 4],
    ["the beginning of another segment 14", 0xee, "Mine!", 4],
    ["nothing of a comment", 0xfe, "by", 0],
    ["nothing of a segment 15", 0xef, "by", 0],
  ])("is %s", (_, marker, start, kept) => {
    const piece = segment(marker, text(start));
    const { before, after, verdict } = judge(jpeg(SMALL), 2, piece);
    expect(verdict.ok).toBe(true);
    const end = Math.min(2 + 4 + kept, 2 + piece.length);
    expect(after.subarray(0, end).equals(before.subarray(0, end))).toBe(true);
    expect(after.subarray(end, 2 + piece.length).every((byte) => byte === 0)).toBe(true);
    expect(after.subarray(2 + piece.length).equals(before.subarray(2 + piece.length))).toBe(true);
  });

  it.each([0xc4, 0xcc, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf])("are its tables and scans: all of segment %i", (marker) => {
    const plain = Buffer.from(jpeg(SMALL));
    const scanAt = plain.indexOf(Buffer.from([0xff, 0xda]));
    const { before, after, verdict } = judge(plain, scanAt, segment(marker, text("table")));
    expect(verdict.ok).toBe(true);
    expect(after.equals(before)).toBe(true);
  });

  it.each<[string, number[]]>([
    ["a marker that is preceded by filling bytes", [0xff, 0xff, 0xff, 0xfe, 0, 3, 7]],
    ["an empty segment", [0xff, 0xe1, 0, 2]],
    ["a JFIF segment that is too short for its identifier", [0xff, 0xe0, 0, 4, 0x4a, 0x46]],
  ])("is not lost to %s", (_, bytes) => {
    expect(judge(jpeg(SMALL), 2, Uint8Array.from(bytes)).verdict.ok).toBe(true);
  });

  it.each<[string, number, number[], string]>([
    ["a segment of no length", 2, [0xff, 0xe1, 0, 1], "a JPEG segment has an impossible length"],
    ["picture data before the frame", 2, [0xff, 0xda, 0, 2], "the image data precede the frame header"],
    ["a frame header of five bytes", 2, [0xff, 0xc1, 0, 7, 8, 2, 0, 2, 0], "a frame header is too short"],
    ["an end before the picture", 2, [0xff, 0xd9], "it contains no image"],
  ])("is missing from a file with %s", (_, at, bytes, detail) => {
    expect(judge(jpeg(SMALL), at, Uint8Array.from(bytes)).verdict).toEqual({
      ok: false,
      error: { code: "damaged_photo", detail: `The photo is damaged: ${detail}.` },
    });
  });

  it("includes restarts inside of its scan, and stuffed bytes", () => {
    const plain = Buffer.from(jpeg(SMALL));
    const inScan = plain.length - 50;
    for (const bytes of [
      [0xff, 0],
      [0xff, 1],
      [0xff, 0xd0],
      [0xff, 0xd7],
      [0xff, 0xff, 0xd3],
    ]) {
      const { before, after, verdict } = judge(plain, inScan, Uint8Array.from(bytes));
      expect(verdict.ok).toBe(true);
      expect(after.equals(before)).toBe(true);
    }
    expect(judge(plain, inScan, Uint8Array.of(0xff, 0xcf)).verdict.ok).toBe(false);
  });
});

describe("what a decoder needs of a PNG", () => {
  const chunk = (name: string, payload: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(name), payload]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(payload.length);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const SECRET = Buffer.from("secret ".repeat(1_000));
  const BEHIND_HEADER = 33;
  const KEPT = "tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD hIST pHYs sPLT mDCV cLLI acTL fcTL fdAT iDOT PLTE IDAT".split(
    " ",
  );

  it.each(KEPT)("is all of %s", (name) => {
    const { before, after, verdict } = judge(png(SMALL), BEHIND_HEADER, chunk(name, SECRET));
    expect(verdict.ok).toBe(true);
    expect(after.equals(before)).toBe(true);
  });

  const ORIENTATION = 6;
  const EMPTY_EXIF = Buffer.from("MM\0*\0\0\0\x08\0\0\0\0\0\0", "latin1");

  it.each<[string, Buffer]>([
    ["tEXt", Buffer.from("C\0")],
    ["zTXt", Buffer.from("C\0")],
    ["iTXt", Buffer.from("C\0")],
    ["tIME", Buffer.from([0x07, 0xb2, 1, 1, 0, 0, 0])],
    ["eXIf", EMPTY_EXIF],
    ["prVt", Buffer.alloc(0)],
  ])("is of %s no more than an empty one, with its checksum", (name, start) => {
    for (const length of [0, 1, 5, 20, 4_096, 4_097, 7_000]) {
      const { after, verdict } = judge(png(SMALL), BEHIND_HEADER, chunk(name, SECRET.subarray(0, length)));
      expect(verdict).toMatchObject({ ok: true, value: { orientation: 1 } });
      const payload = Buffer.alloc(length);
      start.copy(payload, 0, 0, Math.min(length, start.length));
      const expected = chunk(name, payload);
      expect(after.subarray(BEHIND_HEADER, BEHIND_HEADER + expected.length).equals(expected)).toBe(true);
    }
  });

  it("is told before it is erased: how the photo is turned", () => {
    const { verdict } = judge(png(SMALL), BEHIND_HEADER, chunk("eXIf", Buffer.from(exifBlock(ORIENTATION))));
    expect(verdict).toMatchObject({ ok: true, value: { orientation: ORIENTATION } });
  });

  it.each<[string, Buffer, string]>([
    [
      "a chunk of an impossible length",
      Buffer.from("\x80\0\0\0tEXt", "latin1"),
      "a PNG chunk has an impossible length",
    ],
    ["a critical chunk that is unknown", chunk("CRIT", SECRET), "it has an unknown critical chunk"],
    ["an end that holds something", chunk("IEND", SECRET), "the IEND chunk of a PNG must be empty"],
    ["an end before the picture", chunk("IEND", Buffer.alloc(0)), "it contains no image"],
  ])("is missing from a file with %s", (_, piece, detail) => {
    expect(judge(png(SMALL), BEHIND_HEADER, piece).verdict).toEqual({
      ok: false,
      error: { code: "damaged_photo", detail: `The photo is damaged: ${detail}.` },
    });
  });

  it("begins with its header, of thirteen bytes", () => {
    for (const [at, byte] of [
      [11, 14],
      [12, 0x69],
    ] as const) {
      const file = png(SMALL);
      file[at] = byte;
      expect(checkPhoto(file)).toMatchObject({
        error: { detail: "The photo is damaged: a PNG must begin with its header chunk." },
      });
    }
  });

  it("is no picture where all of its data are empty", () => {
    const file = Buffer.concat([
      png(SMALL).subarray(0, BEHIND_HEADER),
      chunk("IDAT", Buffer.alloc(0)),
      chunk("IEND", Buffer.alloc(0)),
    ]);
    expect(checkPhoto(file)).toMatchObject({ error: { detail: "The photo is damaged: it contains no image." } });
  });
});

describe("what a decoder needs of a WebP", () => {
  const chunk = (name: string, payload: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(payload.length);
    return Buffer.concat([Buffer.from(name), length, payload, Buffer.alloc(payload.length % 2)]);
  };
  const file = (...chunks: Buffer[]): Buffer => {
    const all = Buffer.concat(chunks);
    const head = Buffer.from("RIFF\0\0\0\0WEBP");
    head.writeUInt32LE(all.length + 4, 4);
    return Buffer.concat([head, all]);
  };
  const plain = Buffer.from(webp(SMALL));
  const extended = plain.subarray(12, 30);
  const picture = plain.subarray(30);
  const SECRET = Buffer.from("secret ".repeat(31));
  /** A lossless header: 14 bits of the width less one, 14 of the height less one. */
  const lossless = (width: number, height: number): Buffer => {
    const payload = Buffer.alloc(400);
    payload[0] = 0x2f;
    payload.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
    return chunk("VP8L", payload);
  };

  it.each(["ALPH", "ICCP"])("is the first %s, and no second one", (name) => {
    const whole = file(extended, chunk(name, SECRET), picture, chunk(name, SECRET));
    const before = Buffer.from(whole);
    expect(checkPhoto(whole).ok).toBe(true);
    const first = 30 + 8 + SECRET.length + 1;
    expect(whole.subarray(0, first).equals(before.subarray(0, first))).toBe(true);
    expect(whole.subarray(-SECRET.length - 1).every((byte) => byte === 0)).toBe(true);
  });

  it("is its size, lossy or lossless, with a header that agrees or without one", () => {
    const sized = { ok: true, value: { width: 600, height: 512, format: "webp", orientation: 1 } };
    expect(checkPhoto(file(picture))).toMatchObject(sized);
    expect(checkPhoto(file(lossless(600, 512)))).toMatchObject(sized);
    expect(checkPhoto(file(extended, lossless(600, 512)))).toMatchObject(sized);
    expect(checkPhoto(file(lossless(16_384, 513)))).toMatchObject({ error: { code: "damaged_photo" } });
    for (const [width, height] of [
      [601, 512],
      [600, 513],
    ] as const) {
      expect(checkPhoto(file(extended, lossless(width, height)))).toMatchObject({
        error: { detail: "The photo is damaged: it states two different sizes." },
      });
    }
  });

  it.each<[string, (bytes: Buffer) => void]>([
    ["a lossy picture without its start code", (bytes) => bytes.writeUInt8(0x9e, 30 + 8 + 3)],
    ["a lossy picture with half of its start code", (bytes) => bytes.writeUInt8(0x2b, 30 + 8 + 5)],
  ])("is missing from %s", (_, change) => {
    const bytes = Buffer.from(plain);
    change(bytes);
    expect(checkPhoto(bytes)).toMatchObject({
      error: { detail: "The photo is damaged: its image data are not WebP." },
    });
  });

  it("is missing from a lossless picture without its signature", () => {
    const bytes = file(lossless(600, 512));
    bytes[20] = 0x2e;
    expect(checkPhoto(bytes)).toMatchObject({
      error: { detail: "The photo is damaged: its image data are not WebP." },
    });
  });

  it("may be followed by an empty chunk or by bytes that are too few for one, and these are erased", () => {
    expect(checkPhoto(file(picture, chunk("XMP ", Buffer.alloc(0)))).ok).toBe(true);
    const bytes = file(picture, Buffer.from("GPS.GPS"));
    expect(checkPhoto(bytes).ok).toBe(true);
    expect(bytes.subarray(-7).every((byte) => byte === 0)).toBe(true);
  });

  it("ends where the file says that it ends", () => {
    const bytes = file(extended, picture);
    bytes.writeUInt32LE(bytes.readUInt32LE(4) - 2, 4);
    expect(checkPhoto(bytes)).toMatchObject({
      error: { detail: "The photo is damaged: a WebP chunk is longer than the file says it is." },
    });
    expect(checkPhoto(file(extended, chunk("XMP ", SECRET)))).toMatchObject({
      error: { detail: "The photo is damaged: it contains no image." },
    });
  });

  it("is told before it is erased: how the photo is turned, by the first block, whose padding is no part of it", () => {
    const bytes = file(
      extended,
      picture,
      chunk("EXIF", Buffer.from(exifBlock(5))),
      chunk("EXIF", Buffer.from(exifBlock(3))),
    );
    expect(checkPhoto(bytes)).toMatchObject({ ok: true, value: { orientation: 5 } });
    const at = 30 + picture.length + 8;
    expect(bytes.subarray(at, at + 14).toString("latin1")).toBe("MM\0*\0\0\0\x08\0\0\0\0\0\0");
    const cut = Buffer.from(exifBlock(5)).subarray(0, 19);
    expect(checkPhoto(file(extended, picture, chunk("EXIF", cut)))).toMatchObject({ value: { orientation: 1 } });
  });

  it.each(["RIFX", "RIFF\0\0\0\0WEBM"])("is no file that begins with %j", (start) => {
    const bytes = Buffer.from(plain);
    bytes.write(start, "latin1");
    expect(checkPhoto(bytes)).toMatchObject({
      error: { code: "unsupported_format", detail: expect.stringContaining("known format") },
    });
  });
});
