import type { INPUT_PROBLEMS } from "../../problems/input-problems.ts";
import {
  IDEMPOTENCY_KEY_LIFETIME_SECONDS,
  MAX_BASE64_LENGTH,
  MAX_BODY_BYTES,
  MAX_HEADER_LENGTH,
  MAX_PHOTO_BYTES,
  MAX_PIXELS,
  MAX_URL_LENGTH,
  MIN_SIDE_PIXELS,
  hours,
  kilobytes,
  megabytes,
  millions,
} from "../../bounds.ts";
import type { ProblemGuide } from "./guide.ts";

const READ_FIELDS =
  "Read `errors`: each entry names a field, what it should be and, if it is short, the value that was sent.";

/** The guides for what can be wrong with a request itself. `code` is in backticks. */
export const INPUT_GUIDES: Readonly<Record<keyof typeof INPUT_PROBLEMS, ProblemGuide>> = {
  malformed_request: {
    why: "The request could not be parsed: JSON with a syntax error, a form that is truncated or lacks its boundary, or an empty body.",
    steps: [
      "Build the body with a library: `JSON.stringify` or `FormData`.",
      "Let the library set the `Content-Type` of a form too, because it carries the boundary.",
      "If only large requests fail, look for a proxy that truncates bodies.",
    ],
  },
  version_mismatch: {
    why: "`If-Match` named a version that is no longer current: another client, perhaps the same user on another device, changed the record first. That change was not overwritten.",
    steps: [
      "Read the record again to get its new `ETag`.",
      "Apply your change to the current version and send that tag.",
    ],
  },
  length_required: {
    why: "A raw photo streams straight into storage without being buffered in memory, and storage needs to know its length first. This request used chunked transfer encoding.",
    steps: [
      "Send `Content-Length`; HTTP libraries do this when given a file, a buffer or a blob.",
      "If you only have a stream of unknown length, send the photo in a form.",
    ],
  },
  body_too_large: {
    why: `Bodies without a photo are limited to ${kilobytes(MAX_BODY_BYTES)}: the largest meal that can be entered is much smaller.`,
    steps: [
      "Look at what the request contains: a photo belongs to `POST /nutrition_records/image`.",
      "Keep large data in your own database, and a reference to it in `metadata`.",
    ],
  },
  url_too_long: {
    why: `The path and its query are longer than ${MAX_URL_LENGTH} characters.`,
    steps: ["Send the photo as multipart/form-data or JSON: the options then are fields of the body."],
  },
  headers_too_large: {
    why: `One of the request's headers is longer than ${MAX_HEADER_LENGTH} characters.`,
    steps: ["Look for a header that a proxy or a tracing library lets grow, and for cookies of other pages."],
  },
  unsupported_encoding: {
    why: "The body has a `Content-Encoding`, such as gzip. JPEG, PNG and WebP are compressed already, and other bodies are small.",
    steps: ["Turn request compression off in the HTTP client, and send the body as it is."],
  },
  photo_too_large: {
    why: `A photo can be up to ${megabytes(MAX_PHOTO_BYTES)}, or ${megabytes(MAX_BASE64_LENGTH)} as base64. Larger photos do not improve the result: the models see a much smaller image.`,
    steps: [
      "Scale the photo down to 2,048 pixels on its longer side and save it as a JPEG with quality 85.",
      "Upload that.",
    ],
  },
  unsupported_content_type: {
    why: "`Content-Type` determines how the body is read; it is missing or names none of the three supported kinds.",
    steps: [
      "Send `application/json` with the photo as base64, `multipart/form-data` with a file part `image`, or the bytes with `image/jpeg`, `image/png` or `image/webp`.",
    ],
  },
  unsupported_format: {
    why: "The file's first bytes are those of another format, whatever its name and content type: `detail` names it. iPhones take HEIC by default. Rare kinds of the three formats are not read either: animated WebP, and JPEG that is lossless, hierarchical, arithmetically coded or not of 8 bits per sample.",
    steps: [
      "On an iPhone, take JPEGs (Settings › Camera › Formats › Most Compatible), or let a file input ask for `image/jpeg`: Safari then converts the photo.",
      "Convert other photos to JPEG; in a browser, use a canvas.",
      "If it is text, HTML or JSON, the program sent something other than the photo's bytes.",
    ],
  },
  invalid_request: {
    why: "The request could be parsed, but some of its fields are invalid: a wrong type, a value out of range, or a missing required field.",
    steps: [READ_FIELDS, "Compare the request with the schema in the documentation."],
  },
  invalid_dimensions: {
    why: `The photo is smaller than ${MIN_SIDE_PIXELS}×${MIN_SIDE_PIXELS} pixels, too small to recognize food, or larger than ${millions(MAX_PIXELS)} pixels.`,
    steps: [
      "Upload the original, not a thumbnail.",
      "Scale very large photos down to 2,048 pixels on their longer side.",
    ],
  },
  damaged_photo: {
    why: "A part of the picture is missing, or the file contradicts itself, for example with two different sizes. Usually an upload was cut short before it reached you. A JPEG that lacks only its end marker, or has bytes between its segments or behind its end, is accepted.",
    steps: ["Check that the file opens in a viewer.", "Upload the original again, unmodified."],
  },
  photo_not_fetched: {
    why: "The server behind `body_url` did not deliver the photo: it could not be reached, took too long, or responded with an error or a redirect.",
    steps: [
      "Check that the URL is publicly readable, without signing in, and points to the file itself.",
      "Or send the photo in the request.",
    ],
  },
  idempotency_key_reused: {
    why: `This \`Idempotency-Key\` was used for a different request in the last ${hours(IDEMPOTENCY_KEY_LIFETIME_SECONDS)}: a different photo, different options or a different route.`,
    steps: [
      "Generate a new key for each new request, for example a UUID.",
      "Reuse a key only to retry the same request.",
    ],
  },
};
