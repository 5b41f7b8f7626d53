import { concatenate } from "./concatenate.ts";

/**
 * The bytes of a body, if they are no more than `limit`; null otherwise. A body whose stated length (Content-Length) is
 * larger is not read at all. What is not read stays in the stream, which is left unlocked, for whoever drains it.
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  stated: string | null,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null) return new Uint8Array(0);
  if (stated !== null && Number(stated) > limit) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) return null;
      chunks.push(value);
    }
  } finally {
    reader.releaseLock();
  }
  return concatenate(chunks);
}
