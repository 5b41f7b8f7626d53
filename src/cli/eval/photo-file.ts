import { readFile } from "node:fs/promises";
import decodeJpeg, { init as initJpegDecoder } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { init as initJpegEncoder } from "@jsquash/jpeg/encode.js";
import decodePng, { init as initPngDecoder } from "@jsquash/png/decode.js";
import { checkPhoto } from "../../photos/photo-check.ts";
import { instantiateWasm } from "../../local-ai/instantiate-wasm.ts";
import { resample, type RgbImage } from "../../local-ai/resample.ts";
import { MIN_SIDE_PIXELS } from "../../bounds.ts";

const PACKAGES = new URL("../../../node_modules/@jsquash/", import.meta.url);
const codec = async (path: string) => new WebAssembly.Module(await readFile(new URL(path, PACKAGES)));
const glue = async (path: string) => ({ instantiateWasm: instantiateWasm(await codec(path)) });

/** A photo as it is uploaded. */
export interface UploadablePhoto {
  bytes: Uint8Array;
  contentType: string;
  /** The service takes photos from 512 × 512 pixels on; smaller ones of public data sets are enlarged to that. */
  isEnlarged: boolean;
}

const PNG_SIGNATURE = 0x89;
const isPng = (bytes: Uint8Array): boolean => bytes[0] === PNG_SIGNATURE;

async function decode(bytes: Uint8Array): Promise<ImageData> {
  const file = Uint8Array.from(bytes).buffer;
  if (isPng(bytes)) {
    await initPngDecoder(await codec("png/codec/pkg/squoosh_png_bg.wasm"));
    return decodePng(file);
  }
  await initJpegDecoder(await glue("jpeg/codec/dec/mozjpeg_dec.wasm"));
  return decodeJpeg(file);
}

/** RGB as RGBA, which the encoder takes. */
function opaque({ data, width, height }: RgbImage): ImageData {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(0xff);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) pixels.set(data.subarray(from, from + 3), to);
  return new ImageData(pixels, width, height);
}

async function enlarge(bytes: Uint8Array): Promise<Uint8Array> {
  const image = await decode(bytes);
  const factor = MIN_SIDE_PIXELS / Math.min(image.width, image.height);
  const larger = resample(image, Math.ceil(image.width * factor), Math.ceil(image.height * factor));
  await initJpegEncoder(await glue("jpeg/codec/enc/mozjpeg_enc.wasm"));
  return new Uint8Array(await encodeJpeg(opaque(larger)));
}

/** Reads a photo, enlarged where the service would find it too small. What is wrong otherwise, the service says. */
export async function readPhotoFile(file: string): Promise<UploadablePhoto> {
  const bytes = new Uint8Array(await readFile(file));
  // A copy: the check erases the metadata in what it reads.
  const checked = checkPhoto(bytes.slice());
  if (checked.ok) return { bytes, contentType: `image/${checked.value.format}`, isEnlarged: false };
  if (checked.error.code === "invalid_dimensions") {
    const enlarged = await enlarge(bytes).catch(() => null);
    if (enlarged !== null) return { bytes: enlarged, contentType: "image/jpeg", isEnlarged: true };
  }
  return { bytes, contentType: isPng(bytes) ? "image/png" : "image/jpeg", isEnlarged: false };
}
