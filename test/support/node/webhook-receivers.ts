import type { Receiver } from "./webhook-world.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** One request as an endpoint got it, and how it ended for the endpoint. */
export interface Arrival {
  applicationId: number;
  eventId: string;
  recordId: string;
  version: number;
  attempt: number;
  headers: Record<string, string>;
  body: string;
  at: number;
  /** The endpoint took it; with `answered` the sender heard so, too. */
  accepted: boolean;
  answered: boolean;
}

/** How an endpoint behaves: its faults are drawn anew for each request. */
export type Behavior = (draw: { random: () => number; sinceStart: number }) => Fault;

/** `status` answers; the others do not, or only after the endpoint has taken the event. */
export type Fault =
  | { kind: "status"; status: number; delayMs?: number; retryAfter?: string; location?: string }
  | { kind: "reset" }
  | { kind: "lost_answer" }
  | { kind: "timeout" };

const TIMEOUT_MS = 15_000;

/** Endpoints that follow a script, one for each application, and everything that arrived at them. */
export function createReceivers(behaviors: ReadonlyMap<number, Behavior>) {
  const arrivals: Arrival[] = [];
  const receive = (clock: VirtualClock, random: () => number): Receiver => {
    const start = clock.now();
    return async ({ applicationId, eventId, attempt, headers, body, at }) => {
      const fault = behaviors.get(applicationId)!({ random, sinceStart: clock.now() - start });
      const [, recordId = "", version] = /^evt_(.+)_(\d+)$/.exec(eventId) ?? [];
      const arrival = {
        applicationId,
        eventId,
        recordId,
        version: Number(version),
        attempt,
        headers,
        body,
        at,
      };
      const accepted =
        fault.kind === "lost_answer" || (fault.kind === "status" && Math.floor(fault.status / 100) === 2);
      arrivals.push({ ...arrival, accepted, answered: fault.kind === "status" });
      switch (fault.kind) {
        case "reset":
          await clock.sleep(1 + random() * 50);
          throw new TypeError("connection reset");
        case "lost_answer":
        case "timeout":
          await clock.sleep(TIMEOUT_MS);
          throw new DOMException("the time is up", "AbortError");
        case "status": {
          await clock.sleep(fault.delayMs ?? 1 + random() * 200);
          const { retryAfter, location, status } = fault;
          return new Response(status === 204 ? null : "scripted", {
            status,
            headers: {
              ...(retryAfter !== undefined && { "retry-after": retryAfter }),
              ...(location !== undefined && { location }),
            },
          });
        }
      }
    };
  };
  return { arrivals, receive };
}
