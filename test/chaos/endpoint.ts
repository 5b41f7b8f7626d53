import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { hashOf, type LoadApplication, type Manner, signatureFlaw } from "./applications.ts";
import { diceFor, type Dice } from "./dice.ts";
import type { Arrival, Ledger } from "./ledger.ts";
import { ATTEMPT_TIMEOUT_MS } from "../../src/bounds.ts";

/** What an endpoint does with one request. `status` null: a reset, or, `silent`, nothing at all. */
interface Reaction {
  delayMs: number;
  status: number | null;
  silent?: true;
}

const QUICK_MS = 20;
const SLOW_MS = 1500;
/** Around the time that the service grants an endpoint. */
const VERY_SLOW_MS = [ATTEMPT_TIMEOUT_MS / 3, ATTEMPT_TIMEOUT_MS * 1.2] as const;
/** So many requests long is an endpoint that fails good, or fails in one way. */
const PHASE_REQUESTS = 30;
const PHASES = ["good", "unavailable", "good", "resets", "good", "silent", "good", "broken"] as const;

const quick = (dice: Dice, status: number | null): Reaction => ({ delayMs: dice.between(0, QUICK_MS), status });

const PHASE_REACTIONS: Record<(typeof PHASES)[number], (dice: Dice) => Reaction> = {
  good: (dice) => quick(dice, 204),
  unavailable: (dice) => quick(dice, dice.pick([500, 503, 429])),
  resets: (dice) => quick(dice, null),
  silent: () => ({ delayMs: 0, status: null, silent: true }),
  broken: (dice) => quick(dice, dice.chance(0.5) ? 502 : 200),
};

const REACTIONS: Record<Manner, (dice: Dice, arrivals: number, isMixed: boolean) => Reaction> = {
  fast: (dice) => quick(dice, 204),
  slow: (dice, _, isMixed) =>
    isMixed && dice.chance(0.02)
      ? { delayMs: dice.between(...VERY_SLOW_MS), status: 200 }
      : { delayMs: dice.between(0, SLOW_MS), status: 200 },
  failing: (dice, arrivals) => {
    const phase = PHASES[Math.floor(arrivals / PHASE_REQUESTS) % PHASES.length] ?? "good";
    return PHASE_REACTIONS[phase](dice);
  },
  gone: (dice) => quick(dice, dice.weighted({ 204: 90, 500: 6, 410: 4 }) === "204" ? 204 : dice.pick([500, 410])),
};

/** The endpoints of all applications of a run, on one port. */
export interface Endpoint {
  hookUrl: (name: string) => string;
  /** Where a photo is read from the web. */
  photoUrl: string;
  serve(applications: readonly LoadApplication[]): void;
  /** From now on every endpoint answers at once, and well. */
  recover(): void;
  /** Verifies once more what came before its new key was known. */
  verifyAgain(): void;
  close(): Promise<void>;
}

export interface EndpointPorts {
  ledger: Ledger;
  seed: number;
  /** Whether some answers are much too slow. */
  isMixed: boolean;
  photo: Uint8Array;
  /** What the record's user is shown of it right now; null when nobody answers. */
  look: (applicationId: number, userId: string, recordId: string) => Promise<Arrival["found"]>;
}

export async function startEndpoint({ ledger, seed, isMixed, photo, look }: EndpointPorts): Promise<Endpoint> {
  const byName = new Map<string, LoadApplication>();
  const counts = new Map<string, number>();
  const doubtful: { arrival: Arrival; verify: () => string | null }[] = [];
  let isRecovered = false;

  function note(application: LoadApplication, request: IncomingMessage, body: Buffer): [Arrival, string] {
    const record = JSON.parse(body.toString()) as { record_id: string; application_user_id: string; status: string };
    const eventId = String(request.headers["webhook-id"]);
    const verify = (): string | null => signatureFlaw(application, request.headers, body);
    const arrival: Arrival = {
      applicationId: application.id,
      eventId,
      recordId: record.record_id,
      version: Number(/_(\d+)$/.exec(eventId)?.[1] ?? 0),
      event: record.status,
      at: Date.now(),
      issuedSecond: Number(request.headers["webhook-timestamp"]),
      attempt: Number(request.headers["x-webhook-attempt"]),
      bodyHash: hashOf(body),
      signatureFlaw: verify(),
      answer: null,
      found: null,
    };
    if (arrival.signatureFlaw !== null) doubtful.push({ arrival, verify });
    ledger.arrivals.push(arrival);
    return [arrival, record.application_user_id];
  }

  async function react(application: LoadApplication, arrival: Arrival, response: ServerResponse): Promise<void> {
    const arrivals = counts.get(application.name) ?? 0;
    counts.set(application.name, arrivals + 1);
    const dice = diceFor(seed, `${arrival.eventId} ${arrival.attempt} ${application.name}`);
    const reaction = isRecovered ? quick(dice, 204) : REACTIONS[application.manner](dice, arrivals, isMixed);
    if (reaction.silent === true) return void (arrival.answer = { status: null, at: Date.now() });
    await sleep(reaction.delayMs);
    arrival.answer = { status: reaction.status, at: Date.now() };
    if (reaction.status === null) return void response.socket?.resetAndDestroy();
    response.writeHead(reaction.status).end();
  }

  const server = createServer(async (request, response) => {
    const [, place, name = ""] = (request.url ?? "").split("/");
    if (place === "photo.jpg") return void response.writeHead(200, { "content-type": "image/jpeg" }).end(photo);
    const application = byName.get(name);
    const body = await buffer(request).catch(() => null);
    if (application === undefined || body === null) return void response.writeHead(404).end();
    // The sample event of an administrator is about no record.
    if (String(request.headers["webhook-id"]).startsWith("evt_test_")) return void response.writeHead(204).end();
    const [arrival, userId] = note(application, request, body);
    arrival.found = await look(application.id, userId, arrival.recordId);
    await react(application, arrival, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    hookUrl: (name) => `${url}/hook/${name}`,
    photoUrl: `${url}/photo.jpg`,
    serve: (applications) => applications.forEach((application) => byName.set(application.name, application)),
    recover: () => void (isRecovered = true),
    verifyAgain: () => doubtful.forEach(({ arrival, verify }) => (arrival.signatureFlaw = verify())),
    async close() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
