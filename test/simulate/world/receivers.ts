import type { Domain } from "./domain.ts";
import type { Outgoing, Reply, Server } from "./network.ts";
import type { World } from "./world.ts";

/** How an endpoint answers, beside 200: in the order of a tape's choices. */
const TROUBLES = [503, 500, 429, 404, 410, 302, "late", "lost", "refused"] as const;
/** Later than any patience of the program. */
const LATE_MS = 40_000;
const RETRY_AFTER_SECONDS = 7;

/** One webhook as it arrived at its receiver. */
export interface Arrival {
  at: number;
  eventId: string;
  recordId: string;
  version: number;
  status: string;
  attempt: number;
  body: string;
  headers: Headers;
  receiver: Receiver;
  /** What it was answered with; null when no answer came. */
  answered: number | null;
  /** Whether the program heard a success. */
  isHeard: boolean;
  /** Whether the answer took longer than 15 s. */
  isLate: boolean;
  issuedAt: number;
  /** Whether who sent it still lives: nobody can call back what a dead one has sent. */
  isSenderAlive: boolean;
}

const EVENT_ID = /^evt_([0-9a-f-]{36})_(\d+)$/;

/** An application's webhook endpoint. `health` is how often it is well, 0–1. */
export class Receiver implements Server {
  readonly arrivals: Arrival[] = [];
  readonly host: string;
  readonly applicationId: number;
  health = 1;
  /** From when to when it does not answer at all, Unix milliseconds. */
  down: { from: number; until: number } | null = null;
  /** So many of the next webhooks are refused, whatever else is the matter. */
  refusals = 0;
  onArrival: ((arrival: Arrival) => void) | null = null;
  #issuesAwaited: { recordId: string; resolve: (isIssued: boolean) => void }[] = [];
  #awaited: { recordId: string; resolve: (arrival: Arrival | null) => void }[] = [];
  onSend: ((eventId: string) => void) | null = null;
  readonly #world: World;

  constructor(world: World, applicationId: number) {
    this.#world = world;
    this.applicationId = applicationId;
    this.host = `hooks${applicationId}.shop.com`;
  }

  get url(): string {
    return `https://${this.host}/hook`;
  }

  /** The next webhook of a record; null when none comes within so many milliseconds. */
  next(recordId: string, ms: number): Promise<Arrival | null> {
    return new Promise((resolve) => {
      this.#awaited.push({ recordId, resolve });
      this.#world.at(this.#world.now + ms, () => resolve(null));
    });
  }

  /** Resolves to whether a webhook of a record has left the service, within so many milliseconds. */
  nextIssued(recordId: string, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#issuesAwaited.push({ recordId, resolve });
      this.#world.at(this.#world.now + ms, () => resolve(false));
    });
  }

  onIssue({ headers }: Outgoing): void {
    const eventId = headers.get("webhook-id") ?? "";
    this.onSend?.(eventId);
    const [, recordId = ""] = EVENT_ID.exec(eventId) ?? [];
    const due = this.#issuesAwaited.filter((each) => each.recordId === recordId);
    this.#issuesAwaited = this.#issuesAwaited.filter((each) => each.recordId !== recordId);
    for (const { resolve } of due) resolve(true);
  }

  reply(request: Outgoing, sender: Domain): Reply {
    const world = this.#world;
    const { headers, body, issuedAt } = request;
    const eventId = headers.get("webhook-id") ?? "";
    const [, recordId = "", version = "0"] = EVENT_ID.exec(eventId) ?? [];
    const trouble = this.#trouble();
    const afterMs = world.latency("endpoint") + (trouble === "late" ? LATE_MS : 0);
    const answered = trouble === "refused" || trouble === "lost" ? null : typeof trouble === "number" ? trouble : 200;
    const status: string = JSON.parse(body).status;
    const arrival: Arrival = {
      at: world.now,
      eventId,
      recordId,
      version: Number(version),
      status,
      attempt: Number(headers.get("x-webhook-attempt")),
      body,
      headers,
      receiver: this,
      answered,
      isHeard: false,
      isLate: afterMs > 15_000,
      issuedAt,
      isSenderAlive: sender.alive,
    };
    const told = `webhook ${eventId} (${status}), attempt ${arrival.attempt}`;
    if (trouble === "refused") {
      world.note(`${sender.name}: ${told}: the connection is refused`);
      return { outcome: "breaks", afterMs };
    }
    world.note(`${sender.name}: ${told} arrives and is answered ${answered ?? "by nothing"} after ${afterMs} ms`);
    if (recordId !== "") {
      this.arrivals.push(arrival);
      this.onArrival?.(arrival);
      const due = this.#awaited.filter((each) => each.recordId === recordId);
      this.#awaited = this.#awaited.filter((each) => each.recordId !== recordId);
      for (const { resolve } of due) resolve(arrival);
    }
    if (answered === null) return { outcome: "breaks", afterMs };
    const retryAfter = answered === 429 ? { "retry-after": String(RETRY_AFTER_SECONDS) } : {};
    return { outcome: "answers", afterMs, status: answered, headers: retryAfter, body: "ok" };
  }

  onHeard({ headers }: Outgoing, status: number): void {
    const eventId = headers.get("webhook-id");
    const attempt = Number(headers.get("x-webhook-attempt"));
    const arrival = this.arrivals.findLast((each) => each.eventId === eventId && each.attempt === attempt);
    if (arrival !== undefined && status === 200) arrival.isHeard = true;
  }

  /** What is wrong with it this time; null when nothing is. */
  #trouble(): (typeof TROUBLES)[number] | null {
    const { now } = this.#world;
    if (this.refusals > 0) {
      this.refusals -= 1;
      return 503;
    }
    if (this.down !== null && this.down.from <= now && now < this.down.until) return 503;
    if (this.health >= 1) return null;
    const choice = this.#world.choose(TROUBLES.length + 1, this.health);
    return choice === 0 ? null : (TROUBLES[choice - 1] ?? null);
  }
}
