import { parseMultipart } from "@remix-run/multipart-parser";
import { MAX_FIELDS, MAX_PHOTO_BYTES } from "../bounds.ts";
import { concatenate } from "../concatenate.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";

/** A part of a form. Clients differ in what they say of it: a file may have no file name, a text a content type. */
export interface FormPart {
  name: string;
  bytes: Uint8Array;
}

const MAX_PART_HEADER_BYTES = 8 * 1024;
/** RFC 2046, section 5.1.1: at most 70 characters, of which none is a control character. */
const BOUNDARY = /;\s{0,20}boundary=(?:"([\x20-\x7e]{1,70})"|([!-~]{1,70}))(?:;|\s|$)/i;

const malformed = (detail: string): Result<never, Problem> => fail(problem("malformed_request", detail));

/** How much may stand before the first boundary, in bytes. */
const MAX_PREAMBLE_BYTES = 1024;

/** Where the first boundary begins: some clients put a line break or a preamble before it (RFC 2046, section 5.1.1). */
const startOf = (bytes: Uint8Array, boundary: string): number =>
  new TextDecoder("latin1").decode(bytes.subarray(0, MAX_PREAMBLE_BYTES)).indexOf(`--${boundary}`);

/** Reads a `multipart/form-data` body (RFC 7578); parts without a name are omitted. */
export function readParts(bytes: Uint8Array, contentType: string): Result<FormPart[], Problem> {
  const [, quoted, token] = BOUNDARY.exec(contentType) ?? [];
  const boundary = quoted ?? token;
  if (boundary === undefined) {
    return malformed("The Content-Type of a form must name its boundary: multipart/form-data; boundary=…");
  }
  const start = startOf(bytes, boundary);
  if (start === -1) return malformed("The body does not contain the boundary that its Content-Type names.");
  try {
    const parts = parseMultipart(bytes.subarray(start), {
      boundary,
      maxHeaderSize: MAX_PART_HEADER_BYTES,
      maxFileSize: MAX_PHOTO_BYTES,
      maxTotalSize: bytes.length,
      maxParts: MAX_FIELDS,
    });
    return ok(
      Array.from(parts).flatMap((part) =>
        part.name === undefined ? [] : [{ name: part.name, bytes: concatenate(part.content) }],
      ),
    );
  } catch {
    return malformed("The body is not a complete multipart form.");
  }
}
