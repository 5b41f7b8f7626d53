import decodeJpeg, { init as initJpeg } from "@jsquash/jpeg/decode.js";
import jpegModule from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import decodePng, { init as initPng } from "@jsquash/png/decode.js";
import pngModule from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm";
import decodeWebp, { init as initWebp } from "@jsquash/webp/decode.js";
import webpModule from "@jsquash/webp/codec/dec/webp_dec.wasm";
import { fail, ok, type Result } from "../result.ts";
import { instantiateWasm } from "./instantiate-wasm.ts";
import type { RgbaImage } from "./resample.ts";

/** Why there are no pixels; `detail` names no content of the file. */
export interface Undecodable {
  reason: "undecodable";
  detail: string;
}

interface Format {
  name: string;
  /** Whether a file with these first bytes claims to be of this format. */
  recognizes: (head: Uint8Array) => boolean;
  /** Instantiates the codec. A second call replaces the instance, except PNG's, which survives a failure. */
  start: () => Promise<unknown>;
  decode: (file: ArrayBuffer) => Promise<RgbaImage>;
}

/** The codecs print what is wrong with a file to the console; the caller gets the error instead. */
const glueOptions = (module: WebAssembly.Module) => ({
  instantiateWasm: instantiateWasm(module),
  printErr: () => undefined,
});

const FORMATS: Format[] = [
  {
    name: "JPEG",
    recognizes: (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
    start: () => initJpeg(glueOptions(jpegModule)),
    decode: decodeJpeg,
  },
  {
    name: "PNG",
    recognizes: (head) => head[0] === 0x89 && ascii(head, 1, 4) === "PNG",
    start: () => initPng(pngModule),
    decode: decodePng,
  },
  {
    name: "WebP",
    recognizes: (head) => ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "WEBP",
    start: () => initWebp(glueOptions(webpModule)),
    decode: decodeWebp,
  },
];

const ascii = (bytes: Uint8Array, start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));

const started = new Set<Format>();

/**
 * Decodes a JPEG, PNG or WebP file to its stored pixels: the EXIF orientation is not applied. There is no limit on the
 * pixels here; intake has already refused what is too large.
 */
export async function decodePhoto(file: Uint8Array): Promise<Result<RgbaImage, Undecodable>> {
  const format = FORMATS.find(({ recognizes }) => recognizes(file));
  if (format === undefined) return fail({ reason: "undecodable", detail: "the image is not a JPEG, PNG or WebP file" });
  try {
    if (!started.has(format)) await format.start();
    started.add(format);
    return ok(await format.decode(exactBuffer(file)));
  } catch {
    // A JPEG that fails half-way leaves its memory allocated, and after some hundred of them the codec traps on every
    // photo: the next one gets a new instance.
    started.delete(format);
    return fail({ reason: "undecodable", detail: `the ${format.name} image does not decode` });
  }
}

/** The codecs read the whole buffer, so a view into a larger one has to be copied out. */
const exactBuffer = (bytes: Uint8Array): ArrayBuffer =>
  bytes.byteLength === bytes.buffer.byteLength ? (bytes.buffer as ArrayBuffer) : new Uint8Array(bytes).buffer;
