import { setTimeout as sleep } from "node:timers/promises";
import { type LoadApplication, signLogin } from "./applications.ts";
import type { Dice } from "./dice.ts";
import { type Answer, type Call, type Http, JSON_TYPE, jsonBody, type Outcome, read } from "./http.ts";
import type { Ledger, RecordStory } from "./ledger.ts";

/** One user of an application, who does one thing after the other. */
export interface Person {
  application: LoadApplication;
  userId: string;
  dice: Dice;
  /** What this user has made and not deleted. */
  records: RecordStory[];
  http: Http;
  ledger: Ledger;
  /** The headers that speak for the user; they are asked for when there are none. */
  headers: Record<string, string> | null;
  /** The load or the run is over: nothing new is begun, and nothing waited for. */
  isOver: () => boolean;
}

/** A phone tries again this soon, and a little later each time. */
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 3000;
/** Longer than any outage is meant to last. */
const PATIENCE_MS = 240_000;

export const pauseMs = (attempt: number): number => Math.min(FIRST_PAUSE_MS * 2 ** attempt, MAX_PAUSE_MS);

/** Whether an answer says that nothing was decided: the service, or what stands before it, was in trouble. */
export const isTrouble = ({ status }: Answer): boolean => status >= 500 || status === 429;

/** Repeats what may be repeated until it is answered; null when that takes too long. */
export async function insist(person: Person, call: Call): Promise<Answer | null> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let attempt = 0; Date.now() < deadline; attempt += 1) {
    const outcome = await sendAs(person, call);
    if (outcome?.kind === "answer" && !isTrouble(outcome)) return outcome;
    await sleep(pauseMs(attempt));
  }
  return null;
}

/** Sends a request for the user; null when there is no token to be had. */
export async function sendAs(person: Person, call: Call): Promise<Outcome | null> {
  const headers = await headersOf(person);
  return headers === null ? null : person.http.send({ ...call, headers: { ...headers, ...call.headers } });
}

/** Logs in, once. */
export async function headersOf(person: Person): Promise<Record<string, string> | null> {
  const { http, application, userId } = person;
  if (person.headers !== null) return person.headers;
  const login = {
    application_id: application.id,
    application_user_id: userId,
    signature: signLogin(application, userId),
  };
  const outcome = await http.send({
    name: "log in",
    method: "POST",
    path: "/auth/hmac",
    headers: JSON_TYPE,
    ...jsonBody(login),
  });
  if (outcome.kind !== "answer" || outcome.status !== 200) return null;
  person.headers = { authorization: `Bearer ${read<{ access_token: string }>(outcome).access_token}` };
  return person.headers;
}

/** Waits until it is over, or so many milliseconds. */
export async function rest(person: Person, ms: number): Promise<void> {
  const until = Date.now() + ms;
  while (Date.now() < until && !person.isOver()) await sleep(Math.min(100, ms));
}
