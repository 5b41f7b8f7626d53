import { jpeg } from "../support/images.ts";

/** Knuth's multiplicative generator: the same bytes in every run, without a pattern. */
function* randomBytes(): Generator<number, never> {
  let state = 1;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 24;
  }
}

/** Entropy-coded data as a camera's: one byte in 256 is 0xFF, and a stuffed zero follows it. */
function scanData(length: number): Uint8Array {
  const data = new Uint8Array(length);
  const random = randomBytes();
  for (let at = 0; at < length - 1; at++) {
    const byte = random.next().value;
    data[at] = byte;
    if (byte === 0xff) data[++at] = 0;
  }
  return data;
}

/** A JPEG of exactly so many bytes that intake finds whole, of 1024×768 pixels. */
export function photoOf(bytes: number): Buffer<ArrayBuffer> {
  const empty = jpeg({ width: 1024, height: 768, bytes: 0 });
  const endOfImage = empty.length - 2;
  return Buffer.concat([empty.subarray(0, endOfImage), scanData(bytes - empty.length), empty.subarray(endOfImage)]);
}

/**
 * The photo with a number in the middle of its picture data, so that none is known from an upload before: 28 bits, in
 * bytes below 0x80, which mean nothing in entropy-coded data.
 */
export function numbered(photo: Buffer<ArrayBuffer>, number: number): Buffer<ArrayBuffer> {
  const copy = Buffer.from(photo);
  // A leading zero, in case that the byte before is an 0xFF.
  const bytes = [0, number >>> 21, number >>> 14, number >>> 7, number].map((bits) => bits & 0x7f);
  copy.set(bytes, copy.length >>> 1);
  return copy;
}

/** A photo as a client sends it. */
export interface EncodedPhoto {
  encoding: string;
  contentType: string;
  body: Buffer<ArrayBuffer>;
}

export const asRaw = (photo: Buffer<ArrayBuffer>): EncodedPhoto => ({
  encoding: "raw",
  contentType: "image/jpeg",
  body: photo,
});

/** The three ways in which a photo can be sent. */
export async function encodings(photo: Buffer<ArrayBuffer>): Promise<EncodedPhoto[]> {
  const form = new FormData();
  form.set("image", new Blob([photo], { type: "image/jpeg" }), "lunch.jpg");
  const multipart = new Response(form);
  return [
    asRaw(photo),
    {
      encoding: "multipart",
      contentType: multipart.headers.get("content-type")!,
      body: Buffer.from(await multipart.arrayBuffer()),
    },
    {
      encoding: "base64 JSON",
      contentType: "application/json",
      body: Buffer.from(JSON.stringify({ body: photo.toString("base64") })),
    },
  ];
}
