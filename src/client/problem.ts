import type { Problem, ProblemCode } from "./types.ts";

/**
 * Failures that the service did not report itself: no response (`network_error`), a response from something between the
 * client and the service (`unexpected_response`), or the time limit of a wait (`wait_timed_out`).
 */
export type ClientProblemCode = "network_error" | "unexpected_response" | "wait_timed_out";

/** Details of a failure. `status` is 0 if there was no response. */
export interface ProblemFacts extends Pick<Problem, "status" | "title" | "detail" | "errors" | "retryable"> {
  /** Also codes of newer services. */
  code: ProblemCode | ClientProblemCode | (string & {});
  requestId: string | null;
  /** How long the service asks to wait, seconds. */
  retryAfterSeconds: number | null;
}

/** The one error that the client throws, except for a signal's own reason. */
export class MorselProblem extends Error implements ProblemFacts {
  override readonly name = "MorselProblem";
  declare readonly code: ProblemFacts["code"];
  declare readonly status: number;
  declare readonly title: string;
  declare readonly detail: string;
  /** Each field that is wrong, with what it should be. */
  declare readonly errors: Problem["errors"];
  /** Whether the same request may succeed later. */
  declare readonly retryable: boolean;
  /** What the service logged it under. */
  declare readonly requestId: string | null;
  declare readonly retryAfterSeconds: number | null;
  /** The record that was waited for: it was accepted, and its analysis continues without the client. */
  recordId: string | null = null;

  constructor(facts: ProblemFacts, options?: ErrorOptions) {
    super(`${facts.code}: ${facts.detail}`, options);
    Object.assign(this, facts);
  }
}

const TITLES: Readonly<Record<ClientProblemCode, string>> = {
  network_error: "There was no response",
  unexpected_response: "The response is not from Morsel",
  wait_timed_out: "The wait timed out",
};

/** A failure that the service did not report itself. */
export const clientProblem = (
  code: ClientProblemCode,
  detail: string,
  facts: Partial<ProblemFacts> = {},
  cause?: unknown,
): MorselProblem =>
  new MorselProblem(
    {
      code,
      title: TITLES[code],
      detail,
      status: 0,
      errors: [],
      retryable: true,
      requestId: null,
      retryAfterSeconds: null,
      ...facts,
    },
    { cause },
  );

const textOr = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/**
 * The failure that a response reports. A response without a `code` does not come from the service; such a 5xx, from a
 * gateway, may be transient.
 * @param now Unix milliseconds, for a `Retry-After` that is a date.
 */
export function parseProblem(response: Response, text: string, now: number): MorselProblem {
  const { status, headers } = response;
  const body = parseObject(text);
  const facts = { status, requestId: headers.get("x-request-id"), retryAfterSeconds: parseRetryAfter(headers, now) };
  if (typeof body?.["code"] !== "string") {
    return clientProblem("unexpected_response", `The response had status ${status}.`, {
      ...facts,
      retryable: status >= 500 || status === 429,
    });
  }
  return new MorselProblem({
    ...facts,
    code: body["code"],
    title: textOr(body["title"], body["code"]),
    detail: textOr(body["detail"], ""),
    errors: Array.isArray(body["errors"]) ? (body["errors"] as Problem["errors"]) : [],
    requestId: textOr(body["request_id"], facts.requestId ?? "") || null,
    retryable: body["retryable"] === true,
  });
}

/** `Retry-After` in seconds, be it a number or a date (RFC 9110, section 10.2.3); null without one. */
export function parseRetryAfter(headers: Headers, now: number): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
