import type { StoredPhoto } from "../records/record.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import type { PhotoStorage } from "../retention/walk-photos.ts";
import { closePhoto, PhotoCheck, type PassedPhoto } from "./photo-check.ts";
import type { PhotoDigest } from "./photo-digest.ts";

/** Whose photo it is; the key in the bucket is made of it. */
export interface PhotoOwner {
  applicationId: number;
  recordId: string;
}

const keyOf = ({ applicationId, recordId }: PhotoOwner): string => `${applicationId}/${recordId}`;

/** Who wants to know of a photo while it passes. */
export interface PhotoObserver {
  /** Called once the photo is known to be good, before its last bytes are stored. */
  onSound?: ((photo: StoredPhoto) => void) | undefined;
  /** Is given the bytes without their metadata, as they are stored; an end marker that was missing is not among them. */
  digest?: PhotoDigest | undefined;
}

/** The photos' bytes. The only file that touches R2. */
export interface PhotoStore extends PhotoStorage {
  put(owner: PhotoOwner, bytes: Uint8Array): Promise<void>;
  /** Streams a photo of `length` bytes into the bucket while checking it. A photo that is refused, at whatever byte, is not kept. */
  putStream(
    owner: PhotoOwner,
    body: ReadableStream<Uint8Array>,
    length: number,
    observer: PhotoObserver,
  ): Promise<Result<StoredPhoto, Problem>>;
  read(owner: PhotoOwner): Promise<Uint8Array | null>;
  /** The photo as a stream, with its length in bytes. */
  open(owner: PhotoOwner): Promise<{ body: ReadableStream; bytes: number } | null>;
  /** The photo's length in bytes. */
  size(owner: PhotoOwner): Promise<number | null>;
  delete(owner: PhotoOwner): Promise<void>;
}

/** A put that is fed piece by piece. It starts with the first piece, so that what is refused early never reaches R2. */
class PiecewisePut {
  readonly #start: (body: ReadableStream) => Promise<unknown>;
  readonly #length: number;
  #writer: WritableStreamDefaultWriter<Uint8Array> | null = null;
  #outcome: Promise<unknown> = Promise.resolve();
  /** Rejects when the store fails, which may be before it has read anything: a write would then wait forever. */
  #failure: Promise<never> = new Promise(() => undefined);

  constructor(length: number, start: (body: ReadableStream) => Promise<unknown>) {
    this.#length = length;
    this.#start = start;
  }

  async write(piece: Uint8Array): Promise<void> {
    if (this.#writer === null) {
      const { readable, writable } = new FixedLengthStream(this.#length);
      this.#outcome = this.#start(readable);
      this.#writer = writable.getWriter();
      this.#failure = this.#outcome.then(() => new Promise<never>(() => undefined));
      // The put tells how it ended; these say the same once more.
      this.#failure.catch(() => undefined);
      this.#writer.closed.catch(() => undefined);
    }
    await Promise.race([this.#writer.write(piece), this.#failure]);
  }

  /** Throws when the store failed. */
  async close(): Promise<void> {
    await Promise.race([this.#writer?.close(), this.#failure]);
    await this.#outcome;
  }

  /** Keeps an incomplete photo out of the bucket: without its last bytes the put fails. */
  async abort(): Promise<void> {
    await this.#writer?.abort().catch(() => undefined);
    await this.#outcome.catch(() => undefined);
  }
}

/**
 * How much of a body is read at once. Read as it comes, in pieces of 4 KB, a photo costs more time than its storage; in
 * much smaller pieces than these it costs more CPU, and no less memory.
 */
const READ_BYTES = 128 * 1024;

/**
 * Passes the body on chunk by chunk, one chunk behind what was checked: the store gets the last bytes only when the
 * whole photo is sound. Two buffers take turns, so that an upload holds no more than they do: what a written chunk was
 * in, the next but one is read into.
 */
async function pump(
  body: ReadableStream<Uint8Array>,
  put: Pick<PiecewisePut, "write" | "close">,
  { onSound, digest }: PhotoObserver,
): Promise<Result<PassedPhoto, Problem>> {
  const check = new PhotoCheck();
  let held: Uint8Array<ArrayBuffer> | null = null;
  let free: ArrayBuffer | null = null;
  const reader = body.getReader({ mode: "byob" });
  for (;;) {
    const room: Uint8Array<ArrayBuffer> = new Uint8Array(free ?? new ArrayBuffer(READ_BYTES));
    // Only the client can end it early: the store's own errors come from where it is written.
    const read = await reader.readAtLeast(READ_BYTES, room).catch(() => null);
    if (read === null) return fail(problem("malformed_request", "The upload was cut off."));
    const { value: chunk } = read;
    if (chunk === undefined || chunk.length === 0) break;
    const wrong = check.push(chunk);
    if (wrong !== null) {
      // The rest is left for whoever drains the request: a connection that is cut here loses the response.
      reader.releaseLock();
      return fail(wrong);
    }
    await digest?.update(chunk);
    if (held !== null) await put.write(held);
    free = held?.buffer ?? null;
    held = chunk;
  }
  const verdict = check.finish();
  if (!verdict.ok) return verdict;
  if (!verdict.value.isOpen) onSound?.(verdict.value.photo);
  if (held !== null) await put.write(held);
  await put.close();
  return verdict;
}

const NOWHERE = { write: () => Promise.resolve(), close: () => Promise.resolve() };

/**
 * Judges a photo that comes in a stream, and stores nothing of it. One without its end marker is taken as it came: what
 * is asked is whether it is the photo that was stored.
 */
export async function validateStream(
  body: ReadableStream<Uint8Array>,
  digest: PhotoDigest,
): Promise<Result<StoredPhoto, Problem>> {
  const judged = await pump(body, NOWHERE, { digest });
  return judged.ok ? ok(judged.value.photo) : judged;
}

/**
 * Closes a stored photo that came without its end marker. Its bytes have gone by, so that they are read again: this is
 * rare. If it dies before it is done, what is left is an orphan photo, as after any upload that was interrupted.
 */
async function closeStored(
  bucket: R2Bucket,
  owner: PhotoOwner,
  photo: StoredPhoto,
  { onSound }: PhotoObserver,
): Promise<Result<StoredPhoto, Problem>> {
  const object = await bucket.get(keyOf(owner));
  if (object === null) throw new Error("a photo that was just stored is not there");
  const closed = closePhoto(photo, await object.bytes());
  if (!closed.ok) {
    await bucket.delete(keyOf(owner));
    return closed;
  }
  const { file, ...whole } = closed.value;
  onSound?.(whole);
  await bucket.put(keyOf(owner), file);
  return ok(whole);
}

export function createPhotoStore(bucket: R2Bucket): PhotoStore {
  return {
    async put(owner, bytes) {
      await bucket.put(keyOf(owner), bytes);
    },
    async putStream(owner, body, length, observer) {
      const put = new PiecewisePut(length, (stream) => bucket.put(keyOf(owner), stream));
      try {
        const judged = await pump(body, put, observer);
        if (!judged.ok) {
          await put.abort();
          return judged;
        }
        const { photo, isOpen } = judged.value;
        return isOpen ? await closeStored(bucket, owner, photo, observer) : ok(photo);
      } catch (error) {
        await put.abort();
        throw error;
      }
    },
    async read(owner) {
      const object = await bucket.get(keyOf(owner));
      return object === null ? null : object.bytes();
    },
    async open(owner) {
      const object = await bucket.get(keyOf(owner));
      return object === null ? null : { body: object.body, bytes: object.size };
    },
    async size(owner) {
      const object = await bucket.head(keyOf(owner));
      return object === null ? null : object.size;
    },
    delete: (owner) => bucket.delete(keyOf(owner)),
    async list(applicationId, after, limit) {
      const prefix = keyOf({ applicationId, recordId: "" });
      const { objects } = await bucket.list({ prefix, startAfter: `${prefix}${after}`, limit });
      return objects.map(({ key, uploaded }) => ({
        recordId: key.slice(prefix.length),
        storedAt: uploaded.getTime(),
      }));
    },
    deleteAll: (applicationId, recordIds) =>
      bucket.delete(recordIds.map((recordId) => keyOf({ applicationId, recordId }))),
  };
}
