import { describe, expect, it } from "vitest";
import { checkPhoto, PhotoCheck } from "../../../src/photos/photo-check.ts";

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
const filled = (start: string): Uint8Array => latin1(start.padEnd(4000, "\x93"));
/** A file in the ISO base media format with these brands. */
const isoFile = (major: string, ...compatible: string[]): Uint8Array =>
  filled(
    `\0\0\0${String.fromCharCode(16 + 4 * compatible.length)}ftyp${major}\0\0\0\0${compatible.join("")}\0\0\0\x08free`,
  );

const FORMATS: [what: string, bytes: Uint8Array, name: RegExp, wayOut: RegExp][] = [
  ["an iPhone's photo", isoFile("heic", "mif1", "MiHB", "heic"), /HEIC/, /JPEG.*Most Compatible/],
  ["a burst of HEVC pictures", isoFile("hevc", "msf1"), /HEIC/, /JPEG/],
  ["HEIF of a general brand", isoFile("mif1", "heic"), /HEIC/, /JPEG/],
  ["HEIF that names no codec", isoFile("mif1"), /HEIF/, /JPEG/],
  ["AVIF", isoFile("avif", "mif1", "miaf"), /AVIF/, /JPEG/],
  ["AVIF of a general brand", isoFile("mif1", "avif", "miaf"), /AVIF/, /JPEG/],
  ["Canon's CR3", isoFile("crx ", "isom"), /raw file/, /JPEG/],
  ["MP4", isoFile("isom", "iso2", "avc1"), /video/, /still picture/],
  ["MOV", isoFile("qt  "), /video/, /still picture/],
  ["an old MOV", filled("\0\0\x12\x34moov"), /video/, /still picture/],
  ["WebM", filled("\x1a\x45\xdf\xa3"), /video/, /still picture/],
  ["AVI", filled("RIFF\0\0\0\0AVI LIST"), /video/, /still picture/],
  ["GIF", filled("GIF89a"), /GIF/, /JPEG/],
  ["an old GIF", filled("GIF87a"), /GIF/, /JPEG/],
  ["BMP", filled("BM6\0\0\0\0\0\0\0"), /BMP/, /JPEG/],
  ["little-endian TIFF", filled("II*\0\x08\0\0\0"), /TIFF/, /JPEG/],
  ["big-endian TIFF", filled("MM\0*\0\0\0\x08"), /TIFF/, /JPEG/],
  ["BigTIFF", filled("II+\0\x08\0\0\0"), /TIFF/, /JPEG/],
  ["Canon's CR2", filled("II*\0\x10\0\0\0CR\x02\0"), /a camera's raw file/, /JPEG/],
  ["Olympus's ORF", filled("IIRO"), /a camera's raw file/, /JPEG/],
  ["Panasonic's RW2", filled("IIU\0"), /a camera's raw file/, /JPEG/],
  ["Fujifilm's RAF", filled("FUJIFILMCCD-RAW 0201"), /a camera's raw file/, /JPEG/],
  ["PDF", filled("%PDF-1.7\n"), /PDF/, /page exported as a JPEG/],
  ["SVG", latin1('<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG/, /JPEG/],
  [
    "SVG with a declaration",
    latin1('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- by hand -->\n<svg width="9">'),
    /SVG/,
    /JPEG/,
  ],
  ["JPEG 2000", filled("\0\0\0\x0cjP  \r\n\x87\n"), /JPEG 2000/, /JPEG, PNG or WebP/],
  ["a JPEG 2000 codestream", filled("\xff\x4f\xff\x51"), /JPEG 2000/, /JPEG, PNG or WebP/],
  ["JPEG XL", filled("\0\0\0\x0cJXL \r\n\x87\n"), /JPEG XL/, /JPEG, PNG or WebP/],
  ["a JPEG XL codestream", filled("\xff\x0a"), /JPEG XL/, /JPEG, PNG or WebP/],
  ["JPEG XR", filled("II\xbc\x01"), /JPEG XR/, /JPEG, PNG or WebP/],
  ["Photoshop", filled("8BPS\0\x01"), /Photoshop/, /JPEG/],
  ["ZIP", filled("PK\x03\x04"), /ZIP/, /photo that is in it/],
  ["gzip", filled("\x1f\x8b\x08"), /gzip/, /photo that is in it/],
  ["an HTML page", latin1("\n <!DOCTYPE html><html><title>Sign in</title>"), /HTML page/, /photo itself/],
  ["half a page", latin1("<body><p>"), /HTML/, /photo itself/],
  [
    "an error of a bucket",
    latin1('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
    /XML/,
    /photo itself/,
  ],
  ["JSON", latin1('{"body":"/9j/4AAQ"}'), /JSON/, /application\/json/],
  ["base64", latin1("/9j/4AAQSkZJRgABAQAAAQABAAD"), /base64/, /`body` in JSON/],
  ["base64 of a PNG", latin1("iVBORw0KGgoAAAANSUhEUgAA"), /base64/, /`body` in JSON/],
  ["a data URI", latin1("data:image/jpeg;base64,/9j/4AAQ"), /base64/, /`body` in JSON/],
  ["a form", latin1('--x\r\nContent-Disposition: form-data; name="image"\r\n\r\n'), /multipart form/, /boundary/],
  ["what JavaScript makes of a file", latin1("[object Object]"), /text/, /photo itself/],
  ["a word", latin1("undefined"), /text/, /photo itself/],
  ["a word that is cut off in a letter", latin1("na\xc3\xafvet\xc3"), /text/, /photo itself/],
  ["a path", latin1("/home/ada/lunch.jpg\n"), /text/, /photo itself/],
];

const refusal = (bytes: Uint8Array) => {
  const verdict = checkPhoto(bytes.slice());
  return verdict.ok ? null : verdict.error;
};

describe("a file that is no JPEG, PNG or WebP", () => {
  it.each(FORMATS)("is named, with the way out: %s", (_, bytes, name, wayOut) => {
    const error = refusal(bytes);
    expect(error?.code).toBe("unsupported_format");
    expect(error?.detail).toMatch(name);
    expect(error?.detail).toMatch(wayOut);
    expect(error?.detail).toMatch(/^The file is .+, not a JPEG, PNG or WebP\. [^.]+\.( [^.]+\.)?$/);
  });

  it.each(FORMATS)("is named the same in whatever pieces it comes: %s", (_, bytes) => {
    for (const step of [1, 5, 100, 700]) {
      const check = new PhotoCheck();
      let wrong = null;
      for (let at = 0; at < bytes.length && wrong === null; at += step) wrong = check.push(bytes.slice(at, at + step));
      const judged = check.finish();
      expect(wrong ?? (judged.ok ? null : judged.error)).toEqual(refusal(bytes));
    }
  });

  it("is refused before more than a few hundred of its bytes have come", () => {
    expect(new PhotoCheck().push(isoFile("heic").subarray(0, 600))).toMatchObject({ code: "unsupported_format" });
  });

  it.each([
    ["is told so when nobody knows it", filled("\x01\x02\x03\x04"), /no known format/],
    ["is told so when it is all zeros", new Uint8Array(4000), /no known format/],
    ["is told so when it is too short", Uint8Array.of(0xff), /too short/],
    ["is told so when it is half a signature", latin1("\x89PNG\r\n\x1a"), /too short/],
  ])("%s", (_, bytes, detail) => {
    expect(refusal(bytes)).toMatchObject({ code: "unsupported_format", detail: expect.stringMatching(detail) });
  });

  it("is told that it is empty", () => {
    expect(refusal(new Uint8Array(0))).toMatchObject({ code: "malformed_request", detail: "The photo is empty." });
  });
});
