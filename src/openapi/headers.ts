import { IDEMPOTENCY_KEY_LIFETIME_SECONDS, MAX_IDEMPOTENCY_KEY_LENGTH, MAX_WAIT_SECONDS, hours } from "../bounds.ts";

/** A header as OpenAPI describes it. */
export interface Header {
  description: string;
  schema: { type: "string" | "integer"; format?: string; minimum?: number; pattern?: string };
  example: string | number;
}

/** Headers that requests may carry, by the name that the documentation shows. */
export const REQUEST_HEADERS = {
  "If-Match": {
    description: "The `ETag` of the version to change. Returns 412 if the record has changed since.",
    schema: { type: "string" },
    example: '"01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a20.3"',
  },
  "If-None-Match": {
    description:
      "The `ETag` of the response that the client already has. Returns 304 without a body if it is unchanged.",
    schema: { type: "string" },
    example: '"01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a20.3"',
  },
  Prefer: {
    description: `\`wait=N\`, at most ${MAX_WAIT_SECONDS} seconds (RFC 7240): holds the response of an upload until its analysis ends, or of a record until its status changes, or until the time is up. With \`If-None-Match\`, it waits only while that tag is current. A final record is returned immediately.`,
    schema: { type: "string" },
    example: "wait=30",
  },
  "Last-Event-ID": {
    description: "The id of the last event that the client received; the stream resumes after it.",
    schema: { type: "string" },
    example: "2",
  },
  "Idempotency-Key": {
    description: `1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} printable characters of your choice, remembered for ${hours(IDEMPOTENCY_KEY_LIFETIME_SECONDS)}. The same key with the same request returns the first response again, with \`Idempotent-Replayed: true\`, and creates nothing new; with a different request it is rejected.`,
    schema: { type: "string", pattern: "^[\\x20-\\x7e]{1,255}$" },
    example: "0b6f7a0e-5b0f-4c58-9d4e-3a8f0c1d2e9b",
  },
} as const satisfies Record<string, Header>;

export type RequestHeader = keyof typeof REQUEST_HEADERS;

/** Headers that answers carry. */
export const RESPONSE_HEADERS = {
  "x-request-id": {
    description: "The id of this request in the logs. Include it in support requests.",
    schema: { type: "string", format: "uuid" },
    example: "5f0c8f5e-6d0e-4d3e-9d3c-2f1b7a9e4c11",
  },
  ETag: {
    description: "A strong entity tag of this version of the record, for `If-None-Match` and `If-Match`.",
    schema: { type: "string" },
    example: '"01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a20.3"',
  },
  Location: {
    description: "The URL of the record, delivery or job that this request concerns.",
    schema: { type: "string", format: "uri" },
    example: "https://morsel.example.com/nutrition_records/01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a20",
  },
  "Retry-After": {
    description: "How long to wait before retrying, in seconds.",
    schema: { type: "integer", minimum: 0 },
    example: 2,
  },
  "Preference-Applied": {
    description: "The wait that was applied, if `Prefer` asked for one.",
    schema: { type: "string" },
    example: "wait=30",
  },
  "RateLimit-Policy": {
    description: "The limits that this request counts against: `q` requests in `w` seconds (an IETF draft).",
    schema: { type: "string" },
    example: '"requests";q=60000;w=60, "user-requests";q=6000;w=60',
  },
  RateLimit: {
    description: "What remains of each limit: `r` requests for `t` seconds.",
    schema: { type: "string" },
    example: '"requests";r=59999;t=42, "user-requests";r=5999;t=42',
  },
  Link: {
    description: 'The URL of the next page, with `rel="next"`. Absent on the last page.',
    schema: { type: "string" },
    example: '<https://morsel.example.com/nutrition_records?cursor=1732357800000_01932c2e>; rel="next"',
  },
  "Idempotent-Replayed": {
    description: "`true` if this is the response that an earlier request with the same `Idempotency-Key` received.",
    schema: { type: "string" },
    example: "true",
  },
} as const satisfies Record<string, Header>;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;
