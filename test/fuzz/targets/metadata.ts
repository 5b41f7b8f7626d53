import { crc32 } from "node:zlib";
import { checkPhoto } from "../../../src/photos/photo-check.ts";
import { exifBlock, jpeg, png, webp } from "../../support/images.ts";
import { must, type Target } from "../target.ts";

/** What must not survive. */
const SECRET = "GPS52.5163N13.3777E";

const SMALL = { width: 600, height: 512, bytes: 300 };

/** A payload of `length` bytes with the secret in it, behind what the file's own reader looks for. */
function payloadOf(length: number, start: string): Buffer {
  const text = start + SECRET.repeat(Math.ceil(length / SECRET.length) + 1);
  return Buffer.from(text.slice(0, Math.max(start.length + SECRET.length, length)), "latin1");
}

const STARTS = [
  "",
  "Exif\0\0",
  `Exif\0\0${Buffer.from(exifBlock(5)).toString("latin1")}`,
  "http://ns.adobe.com/xap/1.0/\0",
  "http://ns.adobe.com/xmp/extension/\0",
  "Photoshop 3.0\0",
  "MPF\0",
  "JFIF\0\x01\x02\0\0\x01\0\x01\x10\x10",
  "JFXX\0",
  "FPXR\0",
  "JP\0\x01",
  "Adobe\0d\0\0\0\0\x01",
  Buffer.from(exifBlock(7)).toString("latin1"),
  "XML:com.adobe.xmp\0\0\0\0\0",
  "Raw profile type exif\0\0",
];

/** Segments that hold no pixels, where a JPEG may have them. */
const MARKERS = [0xe0, 0xe1, 0xe2, 0xe3, 0xeb, 0xed, 0xee, 0xef, 0xfe, 0x02, 0xbf, 0xf0, 0xfd];
const CHUNKS = ["eXIf", "tEXt", "iTXt", "zTXt", "tIME", "caBX", "prVt", "gpSA", "dSIG", "vpAg"];
const RIFFS = ["EXIF", "XMP ", "gpsd", "ANMF", "VP8X", "VP8L", "VP8 ", "ICC ", "exif"];

/** One hidden piece, as three bytes of the input say: where it stands, of which kind it is, how long. */
interface Hidden {
  place: number;
  kind: number;
  start: string;
  length: number;
}

function* hiddenIn(input: Uint8Array): Generator<Hidden> {
  for (let at = 1; at + 3 < input.length; at += 4) {
    const [place = 0, kind = 0, start = 0, length = 0] = input.subarray(at, at + 4);
    yield { place, kind, start: STARTS[start % STARTS.length] ?? "", length: length * (length > 200 ? 97 : 1) };
  }
}

function dressJpeg(hidden: readonly Hidden[]): Buffer {
  const plain = Buffer.from(jpeg(SMALL));
  const scanAt = plain.indexOf(Buffer.from([0xff, 0xda]));
  const places: Buffer[][] = [[], [], [], []];
  for (const { place, kind, start, length } of hidden) {
    const payload = payloadOf(length, start);
    const head = Buffer.from([0xff, MARKERS[kind % MARKERS.length] ?? 0xfe, 0, 0]);
    head.writeUInt16BE(payload.length + 2, 2);
    places[place % 4]?.push(head, payload);
  }
  const [front = [], before = [], behind = [], end = []] = places;
  return Buffer.concat([
    plain.subarray(0, 2),
    ...front,
    plain.subarray(2, scanAt),
    ...before,
    plain.subarray(scanAt, -2),
    ...behind,
    plain.subarray(-2),
    ...end,
  ]);
}

function dressPng(hidden: readonly Hidden[]): Buffer {
  const plain = Buffer.from(png(SMALL));
  const places: Buffer[][] = [[], [], []];
  for (const { place, kind, start, length } of hidden) {
    const body = Buffer.concat([Buffer.from(CHUNKS[kind % CHUNKS.length] ?? "tEXt"), payloadOf(length, start)]);
    const [size, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(body.length - 4);
    checksum.writeUInt32BE(crc32(body));
    places[place % 3]?.push(size, body, checksum);
  }
  const [front = [], behind = [], end = []] = places;
  return Buffer.concat([
    plain.subarray(0, 33),
    ...front,
    plain.subarray(33, -12),
    ...behind,
    plain.subarray(-12),
    ...end,
  ]);
}

function dressWebp(hidden: readonly Hidden[]): Buffer {
  const plain = Buffer.from(webp(SMALL));
  const places: Buffer[][] = [[], [], []];
  for (const { place, kind, start, length } of hidden) {
    const payload = payloadOf(length, start);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(payload.length);
    const name = Buffer.from(RIFFS[kind % RIFFS.length] ?? "EXIF");
    // In front of the picture, a picture would take its place.
    const isPicture = name.toString().startsWith("VP8");
    places[isPicture ? 1 : place % 3]?.push(name, size, payload, Buffer.alloc(payload.length % 2));
  }
  const [front = [], behind = [], end = []] = places;
  const file = Buffer.concat([plain.subarray(0, 30), ...front, plain.subarray(30), ...behind]);
  file.writeUInt32LE(file.length - 8, 4);
  return Buffer.concat([file, ...end]);
}

/** Files with metadata of every kind in every place: none may be left, and the picture must stay. */
export const metadata: Target = {
  seeds: () =>
    [0, 1, 2].flatMap((format) => [
      Uint8Array.of(format, 0, 1, 2, 40, 1, 4, 3, 40, 2, 8, 1, 255),
      Uint8Array.of(format, 3, 0, 7, 90, 1, 5, 0, 0, 2, 2, 6, 10, 0, 6, 11, 33),
    ]),
  words: [],
  maxBytes: 400,
  run(input) {
    const dress = [dressJpeg, dressPng, dressWebp][(input[0] ?? 0) % 3] ?? dressJpeg;
    const hidden = [...hiddenIn(input)];
    const plain = dress([]);
    const bare = checkPhoto(Uint8Array.from(plain));
    const photo = Uint8Array.from(dress(hidden));
    const verdict = checkPhoto(photo);
    must(verdict.ok && bare.ok, "a sound photo is refused for its metadata");
    must(verdict.value.width === bare.value.width && verdict.value.height === bare.value.height, "the size is lost");
    // Four bytes of it may be left, where an identifier stands.
    must(!Buffer.from(photo).includes(SECRET.slice(0, 5)), "metadata are left");
    // The picture data, which are the same bytes in every file: from the scan's, chunk's or frame's first to its last.
    must(Buffer.from(photo).includes(plain.subarray(plain.length - 280, plain.length - 20)), "the picture has changed");
  },
};
