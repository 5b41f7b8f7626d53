/** What an endpoint may do to a delivery on real sockets, and what is kept of it: the same in Node and in workerd. */
export const FAULTS: readonly (readonly [what: string, path: string, expected: Record<string, unknown>])[] = [
  ["takes it", "/status/200", { httpStatus: 200, error: null, responseExcerpt: "as scripted" }],
  ["takes it without a body", "/status/204", { httpStatus: 204, error: null }],
  ["takes it late", "/delay/300", { httpStatus: 200, responseExcerpt: "late" }],
  ["refuses it", "/status/503", { httpStatus: 503, error: null, retryAfterMs: 3_600_000 }],
  ["is gone", "/status/410", { httpStatus: 410 }],
  ["never answers", "/silence", { httpStatus: null, error: "timed_out" }],
  ["resets the connection", "/reset", { httpStatus: null, error: "connection_failed" }],
  ["does not speak HTTP", "/garbage", { httpStatus: null, error: "connection_failed" }],
  ["takes it and breaks off in the middle of its answer", "/half/200", { httpStatus: 200, error: null }],
  ["refuses it and breaks off in the middle of its answer", "/half/500", { httpStatus: 500, error: null }],
  ["takes it and drips", "/drip/200", { httpStatus: 200, error: null }],
  ["refuses it and drips", "/drip/500", { httpStatus: 500, error: null }],
  ["takes it and answers with 50 MB", "/huge/200", { httpStatus: 200, responseExcerpt: "x".repeat(1024) }],
  ["redirects inside", "/redirect/302", { httpStatus: 302, error: null }],
  ["redirects inside and wants the body again", "/redirect/307", { httpStatus: 307, error: null }],
];
