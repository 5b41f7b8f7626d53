import { checkPhoto, closePhoto, PhotoCheck } from "../../../src/photos/photo-check.ts";
import { PROBLEMS } from "../../../src/problems/problem-kinds.ts";
import { exifBlock, flatJpeg, jpeg, png, webp } from "../../support/images.ts";
import { must, type Target } from "../target.ts";

const SMALL = { width: 600, height: 512, bytes: 400 };
/** Of small files any size that is no multiple of something. */
const STEPS = [1, 7, 61];

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The judgment of an upload that streams. */
function checkInPieces(bytes: Uint8Array, step: number): ReturnType<typeof checkPhoto> {
  const check = new PhotoCheck();
  for (let at = 0; at < bytes.length; at += step) {
    const wrong = check.push(bytes.subarray(at, at + step));
    if (wrong !== null) return { ok: false, error: wrong };
  }
  const judged = check.finish();
  if (!judged.ok) return judged;
  const { photo, isOpen } = judged.value;
  return isOpen ? closePhoto(photo, bytes) : { ok: true, value: { ...photo, file: bytes } };
}

/** Intake's judgment of any file, whole and in pieces, and what it leaves of it. */
export const image: Target = {
  seeds: () => [
    ...[jpeg, png, webp].flatMap((make) => [make(SMALL), make({ ...SMALL, orientation: 6 })]),
    jpeg({ ...SMALL, trailer: [0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2] }),
    webp({ ...SMALL, animated: true }),
    flatJpeg({ width: 512, height: 512 }),
    flatJpeg({ width: 512, height: 512 }).slice(0, -2),
  ],
  words: [
    "\xff\xd8",
    "\xff\xd9",
    "\xff\xe1\0\x10Exif\0\0",
    "\xff\xe1\xff\xff",
    "\xff\xc0\0\x0b\x08\x02\0\x02\x58\x01\x01\x11\0",
    "\xff\xda\0\x08\x01\x01\0\0\x3f\0",
    "\xff\xe2\0\x0eICC_PROFILE\0",
    "\x89PNG\r\n\x1a\n",
    "\0\0\0\rIHDR\0\0\x02\x58\0\0\x02\0\x08\x02\0\0\0",
    "eXIf",
    "tEXt",
    "iTXt",
    "tIME",
    "IDAT",
    "\0\0\0\0IEND",
    "RIFF",
    "WEBP",
    "VP8X\x0a\0\0\0",
    "VP8 ",
    "VP8L",
    "ALPH",
    "ICCP",
    "EXIF",
    "XMP ",
    "\x9d\x01\x2a",
    Buffer.from(exifBlock(3)).toString("latin1"),
  ],
  maxBytes: 100_000,
  run(input) {
    const whole = input.slice();
    const verdict = checkPhoto(whole);
    if (input.length <= 20_000) {
      for (const step of STEPS) {
        const pieces = input.slice();
        const found = checkInPieces(pieces, step);
        must(found.ok === verdict.ok, `in pieces of ${step} bytes the verdict is another one`);
        if (!found.ok || !verdict.ok) continue;
        must(
          JSON.stringify(found.value) === JSON.stringify(verdict.value),
          `in pieces of ${step} bytes the picture is another one`,
        );
        must(equal(pieces, whole), `in pieces of ${step} bytes other bytes are left`);
      }
    }
    if (!verdict.ok) {
      must(PROBLEMS[verdict.error.code].status < 500, "a wrong photo is told as a fault of the service");
      return;
    }
    const { file, bytes, width, height, orientation } = verdict.value;
    must(bytes === file.length && bytes <= input.length + 2, "the length is another one");
    must(width >= 512 && height >= 512 && width * height <= 50_000_000, "the size is out of bounds");
    must(orientation >= 1 && orientation <= 8, `the orientation is ${orientation}`);
    const again = file.slice();
    const second = checkPhoto(again);
    must(second.ok, "what was accepted once is refused once its metadata are gone");
    must(equal(again, file), "erasing again changes something");
    must(second.value.bytes === bytes, "what was closed once is closed again");
    must(second.value.width === width && second.value.height === height, "erasing changes the size");
  },
};
