import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import decodeJpeg, { init as initJpegDecoder } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as initJpegEncoder } from "@jsquash/jpeg/encode.js";
import decodePng, { init as initPngDecoder } from "@jsquash/png/decode.js";
import decodeWebp, { init as initWebpDecoder } from "@jsquash/webp/decode.js";
import encodePng, { init as initPngEncoder } from "@jsquash/png/encode.js";
import encodeWebp, { init as initWebpEncoder } from "@jsquash/webp/encode.js";
import { instantiateWasm } from "../../../src/local-ai/instantiate-wasm.ts";
import { exifBlock } from "../images.ts";

const PACKAGES = new URL("../../../node_modules/@jsquash/", import.meta.url);
const codec = async (path: string) => new WebAssembly.Module(await readFile(new URL(path, PACKAGES)));
const glue = async (path: string) => ({ instantiateWasm: instantiateWasm(await codec(path)) });

/** A decoded JPEG that can be written in other ways. */
export interface Picture {
  asPng(): Promise<Uint8Array>;
  asWebp(): Promise<Uint8Array>;
  /** A JPEG as a phone held sideways writes it: the pixels turned left, and EXIF orientation 6 to turn them back. */
  asSidewaysJpeg(): Promise<Uint8Array>;
}

export async function readPicture(jpeg: Uint8Array): Promise<Picture> {
  await initJpegDecoder(await glue("jpeg/codec/dec/mozjpeg_dec.wasm"));
  const image = await decodeJpeg(Uint8Array.from(jpeg).buffer);
  return {
    asPng: async () => {
      await initPngEncoder(await codec("png/codec/pkg/squoosh_png_bg.wasm"));
      return new Uint8Array(await encodePng(image));
    },
    asWebp: async () => {
      await initWebpEncoder(await glue("webp/codec/enc/webp_enc_simd.wasm"));
      return new Uint8Array(await encodeWebp(image));
    },
    asSidewaysJpeg: async () => {
      await initJpegEncoder(await glue("jpeg/codec/enc/mozjpeg_enc.wasm"));
      return withOrientation(new Uint8Array(await encodeJpeg(turnedLeft(image))), 6);
    },
  };
}

/** The pixels of a file, RGBA, as they are stored: no orientation applied. */
export async function decodePixels(format: "jpeg" | "png" | "webp", file: Uint8Array): Promise<ImageData> {
  const bytes = Uint8Array.from(file).buffer;
  switch (format) {
    case "jpeg":
      await initJpegDecoder(await glue("jpeg/codec/dec/mozjpeg_dec.wasm"));
      return decodeJpeg(bytes);
    case "png":
      await initPngDecoder(await codec("png/codec/pkg/squoosh_png_bg.wasm"));
      return decodePng(bytes);
    case "webp":
      await initWebpDecoder(await glue("webp/codec/dec/webp_dec.wasm"));
      return decodeWebp(bytes);
  }
}

/** Writes pixels as a JPEG, in any way that MozJPEG can. */
export async function encodeAsJpeg(
  image: ImageData,
  options: Parameters<typeof encodeJpeg>[1],
): Promise<Uint8Array<ArrayBuffer>> {
  await initJpegEncoder(await glue("jpeg/codec/enc/mozjpeg_enc.wasm"));
  return new Uint8Array(await encodeJpeg(image, options));
}

function turnedLeft({ data, width, height }: ImageData): ImageData {
  const source = new Uint32Array(data.buffer);
  const turned = new Uint32Array(source.length);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < height; x++) turned[y * height + x] = source[x * width + (width - 1 - y)]!;
  }
  return new ImageData(new Uint8ClampedArray(turned.buffer), height, width);
}

/** Writes pixels as a PNG that says how it is turned. */
export async function encodeAsPng(image: ImageData, orientation: number): Promise<Uint8Array<ArrayBuffer>> {
  await initPngEncoder(await codec("png/codec/pkg/squoosh_png_bg.wasm"));
  const png = Buffer.from(await encodePng(image));
  const body = Buffer.concat([Buffer.from("eXIf"), exifBlock(orientation)]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  checksum.writeUInt32BE(crc32(body));
  return Uint8Array.from(Buffer.concat([png.subarray(0, 33), length, body, checksum, png.subarray(33)]));
}

/** Puts an Exif segment behind the start-of-image marker. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array<ArrayBuffer> {
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), exifBlock(orientation)]);
  const length = exif.length + 2;
  const marker = Uint8Array.of(0xff, 0xe1, length >> 8, length & 0xff);
  return Uint8Array.from(Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)]));
}
