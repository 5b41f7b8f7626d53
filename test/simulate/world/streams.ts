/** The platform's stream that takes exactly so many bytes. */
export class FixedLengthStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;

  constructor(length: number) {
    let left = length;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.length;
        if (left < 0) throw new TypeError("more bytes than the stream was made for");
        controller.enqueue(chunk.slice());
      },
      flush() {
        if (left > 0) throw new TypeError("fewer bytes than the stream was made for");
      },
    });
    this.readable = readable;
    this.writable = writable;
  }
}

/** The platform's `readAtLeast`: fills the view with at least so many bytes, fewer only at the end. */
async function readAtLeast(
  this: ReadableStreamBYOBReader,
  least: number,
  view: Uint8Array<ArrayBuffer>,
): Promise<{ done: boolean; value: Uint8Array }> {
  let room = view;
  let filled = 0;
  while (filled < least) {
    const read = await this.read(new Uint8Array(room.buffer, filled));
    if (read.value !== undefined) room = new Uint8Array(read.value.buffer);
    if (read.done) break;
    filled += read.value.length;
  }
  return { done: filled === 0, value: room.subarray(0, filled) };
}

/** Gives Node's readers what the platform's have besides. */
export function completeReaders(): void {
  Object.assign(ReadableStreamBYOBReader.prototype, { readAtLeast });
}

/** All bytes of a stream. */
export async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value);
  return Uint8Array.from(Buffer.concat(chunks));
}
