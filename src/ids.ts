/** Fills the array with random bytes and returns it, as `crypto.getRandomValues` does. */
export type RandomBytes = (array: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random bits, so that ids sort by
 * the time they were made and cannot be guessed.
 */
export function createUuidV7(nowMs: number, randomBytes: RandomBytes): string {
  const bytes = randomBytes(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(nowMs / 0x1_0000));
  view.setUint16(4, nowMs % 0x1_0000);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const digits = hex(bytes);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}

/** The smallest id that can be made at this time, Unix milliseconds: ids are ordered by time. */
export const firstIdOf = (ms: number): string =>
  createUuidV7(Math.min(Math.max(0, ms), MAX_TIME_MS), (array) => array.fill(0));

/** When an id was made, Unix milliseconds; NaN for a text that is none. */
export const timeOf = (id: string): number =>
  isRecordId(id) ? Number.parseInt(id.replace("-", "").slice(0, 12), 16) : Number.NaN;

/** The largest time that 48 bits hold, in the year 10889. */
const MAX_TIME_MS = 2 ** 48 - 1;

const RECORD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text is a record's id as the service writes it. */
export const isRecordId = (text: string): boolean => RECORD_ID.test(text);

/**
 * The record's id that a client names, in the service's own letter case: RFC 9562, section 4, has UUIDs read without
 * regard to it, and some platforms print them in upper case. Null for any other text, which is answered like an unknown id.
 */
export function parseRecordId(text: string): string | null {
  const id = text.toLowerCase();
  return isRecordId(id) ? id : null;
}
