import { crc32 } from "node:zlib";
import { exifBlock } from "../images.ts";

function pngChunk(name: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(payload.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, payload.length);
  chunk.set(new TextEncoder().encode(name), 4);
  chunk.set(payload, 8);
  view.setUint32(payload.length + 8, crc32(chunk.subarray(4, payload.length + 8)));
  return chunk;
}

/** A PNG that decoders can read: gray, and noisy enough to be as many bytes as intake asks of its pixels. */
export async function realPng(width: number, height: number, orientation: number): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = new Uint8Array((width + 1) * height);
  for (let at = 0; at < rows.length; at++) rows[at] = at % (width + 1) === 0 ? 0 : Math.imul(at, 2_654_435_761) >>> 24;
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
  const chunks = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk("IHDR", header),
    pngChunk("eXIf", exifBlock(orientation)),
    pngChunk("IDAT", await new Response(packed).bytes()),
    pngChunk("IEND", new Uint8Array(0)),
  ];
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
