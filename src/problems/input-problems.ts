import {
  IDEMPOTENCY_KEY_LIFETIME_SECONDS,
  MAX_BASE64_LENGTH,
  MAX_BODY_BYTES,
  MAX_HEADER_LENGTH,
  MAX_PHOTO_BYTES,
  MAX_PIXELS,
  MAX_URL_LENGTH,
  MIN_SIDE_PIXELS,
  PHOTO_FETCH_TIMEOUT_MS,
  hours,
  kilobytes,
  megabytes,
  millions,
  seconds,
} from "../bounds.ts";
import type { ProblemKind } from "./problem-kind.ts";

/** What can be wrong with a request itself: its size, its form, its fields, its photo. */
export const INPUT_PROBLEMS = {
  malformed_request: {
    status: 400,
    title: "The request is malformed",
    retryable: false,
    help: "The body does not match its content type. Check that it is valid JSON or a complete multipart form.",
  },
  version_mismatch: {
    status: 412,
    title: "The record has changed",
    retryable: false,
    help: "`If-Match` names a different version. Read the record again and repeat the change with its current `ETag`.",
  },
  length_required: {
    status: 411,
    title: "Content-Length is required",
    retryable: false,
    help: "Raw photos stream straight into storage, which needs to know their length: send `Content-Length`.",
  },
  photo_too_large: {
    status: 413,
    title: "The photo is too large",
    retryable: false,
    help: `A photo can be up to ${megabytes(MAX_PHOTO_BYTES)}, or ${megabytes(MAX_BASE64_LENGTH)} as base64. Scale it down to 2,048 pixels before uploading; the result is the same.`,
  },
  body_too_large: {
    status: 413,
    title: "The body is too large",
    retryable: false,
    help: `A JSON body or a form without a photo can be up to ${kilobytes(MAX_BODY_BYTES)}, and so can the options around a photo.`,
  },
  url_too_long: {
    status: 414,
    title: "The URL is too long",
    retryable: false,
    help: `A path with its query can be up to ${MAX_URL_LENGTH} characters. Send long values in a body.`,
  },
  headers_too_large: {
    status: 431,
    title: "A header is too large",
    retryable: false,
    help: `A header can be up to ${MAX_HEADER_LENGTH} characters.`,
  },
  unsupported_encoding: {
    status: 415,
    title: "The body is compressed",
    retryable: false,
    help: "Bodies are read as they are: send the request without `Content-Encoding`. Photos are compressed already.",
  },
  unsupported_content_type: {
    status: 415,
    title: "The content type is not supported",
    retryable: false,
    help: "Send `application/json`, `multipart/form-data`, or the raw photo with an `image/*` content type.",
  },
  unsupported_format: {
    status: 415,
    title: "The photo is not a JPEG, PNG or WebP",
    retryable: false,
    help: "The format is detected from the file's own header, never from its name or content type. `detail` names the format that came and says how to get a JPEG of it.",
  },
  invalid_request: {
    status: 422,
    title: "The request has invalid fields",
    retryable: false,
    help: "`errors` lists each invalid field and what it should be.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The idempotency key was used for a different request",
    retryable: false,
    help: `This \`Idempotency-Key\` was used in the last ${hours(IDEMPOTENCY_KEY_LIFETIME_SECONDS)} with a different photo, different options or a different route. Use a new key for each request, and reuse a key only to retry the same request.`,
  },
  invalid_dimensions: {
    status: 422,
    title: "The photo's dimensions are out of range",
    retryable: false,
    help: `A photo must be at least ${MIN_SIDE_PIXELS}×${MIN_SIDE_PIXELS} pixels and at most ${millions(MAX_PIXELS)} pixels.`,
  },
  photo_not_fetched: {
    status: 422,
    title: "The photo could not be fetched",
    retryable: true,
    help: `The server behind \`body_url\` did not deliver the photo: it could not be reached, took more than ${seconds(PHOTO_FETCH_TIMEOUT_MS)}, or responded with an error or a redirect. Nothing was stored. Try again, or upload the photo itself.`,
  },
  damaged_photo: {
    status: 422,
    title: "The photo is damaged",
    retryable: false,
    help: "A part of the file is missing, or it contradicts itself. Upload the original again.",
  },
} as const satisfies Record<string, ProblemKind>;
