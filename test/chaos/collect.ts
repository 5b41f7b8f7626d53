import type { Status } from "../../src/records/record.ts";
import type { ListedStatus } from "../../src/webhooks/outbox.ts";
import { ADMIN, type LoadApplication } from "./applications.ts";
import { type Answer, type Call, read } from "./http.ts";
import { type Ledger, type RecordStory, versionOf } from "./ledger.ts";
import { insist, type Person } from "./person.ts";
import type { Stored, StoredDelivery, StoredRecord, Transition } from "./stored.ts";

const PARALLEL = 6;

/** Does something with each of many, a few at a time. */
export async function forEach<Value>(values: readonly Value[], act: (value: Value) => Promise<void>): Promise<void> {
  const left = values.values();
  const work = async (): Promise<void> => {
    for (const value of left) await act(value);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

/** An answer that has to come: nothing is killed any more. */
async function must(person: Person, call: Call): Promise<Answer> {
  const answer = await insist(person, call);
  if (answer === null) throw new Error(`${call.path} is not answered`);
  return answer;
}

/** All pages of a list. */
async function* pages(
  person: Person,
  name: string,
  path: string,
  headers?: Record<string, string>,
): AsyncGenerator<Answer> {
  let next: string | undefined = path;
  while (next !== undefined) {
    const answer: Answer = await must(person, { name, method: "GET", path: next, ...(headers && { headers }) });
    if (answer.status !== 200) throw new Error(`${next}: ${answer.status} ${answer.text}`);
    yield answer;
    const [, url] = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "") ?? [];
    next = url === undefined ? undefined : url.replace(/^https?:\/\/[^/]+/, "");
  }
}

type TimelineEntry = { kind: string; at: string; status: Status; version: number; stage: string };

async function transitionsOf(person: Person, id: string): Promise<Transition[]> {
  const answer = await must(person, {
    name: "admin: timeline",
    method: "GET",
    path: `/admin/records/${id}/timeline`,
    headers: ADMIN,
  });
  if (answer.status !== 200) return [];
  return read<{ entries: TimelineEntry[] }>(answer)
    .entries.filter(({ kind }) => kind === "transition")
    .map(({ at, status, version, stage }) => ({ at: Date.parse(at), status, version, stage }));
}

/** A record as it is now, with its timeline. */
export async function readStored(person: Person, id: string): Promise<StoredRecord> {
  const answer = await must(person, { name: "read", method: "GET", path: `/nutrition_records/${id}` });
  const isThere = answer.status === 200;
  return {
    id,
    httpStatus: answer.status,
    status: isThere ? read<{ status: Status }>(answer).status : null,
    version: isThere ? versionOf(answer.headers.get("etag")) : null,
    body: answer.text,
    transitions: isThere ? await transitionsOf(person, id) : [],
  };
}

type DeliveryResponse = {
  delivery_id: string;
  record_id: string;
  event: string;
  status: ListedStatus;
  next_attempt_at: string | null;
  attempts: {
    attempt: number;
    trigger: string;
    started_at: string;
    http_status: number | null;
    error: string | null;
  }[];
};

const parseDelivery = (delivery: DeliveryResponse): StoredDelivery => ({
  eventId: delivery.delivery_id,
  recordId: delivery.record_id,
  event: delivery.event,
  status: delivery.status,
  nextAttemptAt: delivery.next_attempt_at === null ? null : Date.parse(delivery.next_attempt_at),
  attempts: delivery.attempts.map((attempt) => ({
    number: attempt.attempt,
    trigger: attempt.trigger,
    startedAt: Date.parse(attempt.started_at),
    httpStatus: attempt.http_status,
    error: attempt.error,
  })),
});

export async function readDeliveries(
  person: Person,
  applications: readonly LoadApplication[],
  query: string,
): Promise<StoredDelivery[]> {
  const found: StoredDelivery[] = [];
  for (const { id } of applications) {
    const path = `/admin/applications/${id}/deliveries?limit=200${query}`;
    for await (const page of pages(person, "admin: deliveries", path, ADMIN))
      found.push(...read<DeliveryResponse[]>(page).map(parseDelivery));
  }
  return found;
}

/** Reads everything that the load should have left behind. */
export async function collect(
  ledger: Ledger,
  people: readonly Person[],
  applications: readonly LoadApplication[],
): Promise<Stored> {
  const at = Date.now();
  const owner = ownersOf(people);
  const records = new Map<string, StoredRecord>();
  await forEach([...ledger.stories.values()], async (story) => {
    records.set(story.id, await readStored(owner(story), story.id));
  });
  const listed: Stored["listed"] = [];
  await forEach(people, async (person) => {
    for await (const page of pages(person, "list", "/nutrition_records?by=uploaded&limit=200"))
      listed.push(
        ...read<{ record_id: string; metadata: { mark?: string } | null }[]>(page).map((record) => ({
          id: record.record_id,
          mark: record.metadata?.mark ?? null,
        })),
      );
  });
  const [anybody] = people;
  if (anybody === undefined) throw new Error("nobody is there");
  const deliveries = await readDeliveries(anybody, applications, "");
  const openForAdministrator = new Set<string>();
  for (const status of ["pending", "processing"])
    for await (const page of pages(anybody, "admin: look", `/admin/records?limit=200&status=${status}`, ADMIN))
      for (const { record_id } of read<{ record_id: string }[]>(page)) openForAdministrator.add(record_id);
  return {
    at,
    records,
    listed,
    openForAdministrator,
    deliveries: new Map(deliveries.map((delivery) => [delivery.eventId, delivery])),
  };
}

/** Who speaks for a record. */
export function ownersOf(people: readonly Person[]): (story: Pick<RecordStory, "applicationId" | "userId">) => Person {
  const byName = new Map(people.map((person) => [`${person.application.id} ${person.userId}`, person]));
  return ({ applicationId, userId }) => {
    const person = byName.get(`${applicationId} ${userId}`);
    if (person === undefined) throw new Error(`nobody is ${userId} of application ${applicationId}`);
    return person;
  };
}
