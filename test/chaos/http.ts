import type { Ledger } from "./ledger.ts";

/** A request of the load. `name` is what it is counted under. */
export interface Call {
  name: string;
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: () => NonNullable<RequestInit["body"]>;
  /** The client goes away after so many milliseconds, as a phone in a tunnel does. */
  leaveAfterMs?: number;
}

/** How a request ended. `refused`: nobody listened, so that it cannot have been taken. */
export type Outcome =
  | { kind: "answer"; status: number; headers: Headers; text: string; askedAt: number; at: number }
  | { kind: "broken" | "refused"; askedAt: number; at: number };
export type Answer = Extract<Outcome, { kind: "answer" }>;

/** Longer than any answer is held. */
const TIMEOUT_MS = 75_000;

export interface Http {
  origin: string;
  send(call: Call): Promise<Outcome>;
  /** The answer as it begins, for streams; null when it broke. */
  open(call: Call, signal: AbortSignal): Promise<Response | null>;
}

const wasRefused = (error: unknown): boolean => {
  const cause = (error as { cause?: { code?: string; errors?: { code?: string }[] } }).cause;
  return cause?.code === "ECONNREFUSED" || cause?.errors?.some(({ code }) => code === "ECONNREFUSED") === true;
};

export function createHttp(origin: string, ledger: Ledger): Http {
  const count = (name: string, what: "answered" | "broken"): void => {
    const counts = ledger.requests.get(name) ?? { answered: 0, broken: 0 };
    counts[what] += 1;
    ledger.requests.set(name, counts);
  };
  const request = (call: Call, signal: AbortSignal): Promise<Response> =>
    fetch(`${origin}${call.path}`, {
      method: call.method,
      // A compressed answer would weaken ETags.
      headers: { "accept-encoding": "identity", ...call.headers },
      signal,
      ...(call.body !== undefined && { body: call.body() }),
    });
  return {
    origin,
    async send(call) {
      const askedAt = Date.now();
      try {
        const response = await request(call, AbortSignal.timeout(call.leaveAfterMs ?? TIMEOUT_MS));
        const text = await response.text();
        count(call.name, "answered");
        const answer: Answer = {
          kind: "answer",
          status: response.status,
          headers: response.headers,
          text,
          askedAt,
          at: Date.now(),
        };
        if (answer.status >= 500)
          ledger.oddResponses.push({
            at: answer.at,
            askedAt,
            request: call.name,
            status: answer.status,
            excerpt: text.slice(0, 300),
          });
        return answer;
      } catch (error) {
        count(call.name, "broken");
        return { kind: wasRefused(error) ? "refused" : "broken", askedAt, at: Date.now() };
      }
    },
    async open(call, signal) {
      try {
        const response = await request(call, signal);
        count(call.name, "answered");
        return response;
      } catch {
        count(call.name, "broken");
        return null;
      }
    },
  };
}

export const jsonBody = (value: unknown): Pick<Call, "body"> => ({ body: () => JSON.stringify(value) });
export const JSON_TYPE = { "content-type": "application/json" };

/** The JSON of an answer, whose shape the caller knows from the contract. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const read = <Body>(answer: Answer): Body => JSON.parse(answer.text) as Body;
