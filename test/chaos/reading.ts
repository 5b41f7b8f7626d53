import type { Status } from "../../src/records/record.ts";
import { read } from "./http.ts";
import { isOpen, noteSeen, type RecordStory, versionOf } from "./ledger.ts";
import { headersOf, type Person, rest, sendAs } from "./person.ts";

/** A person looks away after this long: a record that a crash has interrupted takes minutes. */
const FOLLOWING_MS = 15_000;
const POLL_MS = 1000;
const FOLLOWING = { poll: 30, wait: 20, listen: 20, nothing: 30 } as const;
const LOOKS = { list: 4, summary: 3, image: 3, record: 6, status: 4 } as const;

/** Reads a record; null when there is no answer, or no record. */
async function look(person: Person, story: RecordStory, headers: Record<string, string> = {}): Promise<Status | null> {
  const name = headers["prefer"] === undefined ? "read" : "read, waiting";
  const outcome = await sendAs(person, { name, method: "GET", path: `/nutrition_records/${story.id}`, headers });
  if (outcome?.kind !== "answer" || outcome.status !== 200) return null;
  const { status } = read<{ status: Status }>(outcome);
  const version = versionOf(outcome.headers.get("etag"));
  if (version !== null) noteSeen(story, { version, status, askedAt: outcome.askedAt, at: outcome.at });
  return status;
}

async function poll(person: Person, { id }: RecordStory, until: number): Promise<void> {
  while (Date.now() < until && !person.isOver()) {
    const outcome = await sendAs(person, { name: "poll", method: "GET", path: `/nutrition_records/${id}/status` });
    if (outcome?.kind === "answer" && outcome.status === 200 && !isOpen(read<{ status: Status }>(outcome).status))
      return;
    await rest(person, POLL_MS);
  }
}

async function wait(person: Person, story: RecordStory, until: number): Promise<void> {
  while (Date.now() < until && !person.isOver()) {
    const status = await look(person, story, { prefer: "wait=5" });
    if (status !== null && !isOpen(status)) return;
    if (status === null) await rest(person, POLL_MS);
  }
}

/** Listens to the record's events until they end or break. */
async function listen(person: Person, { id }: RecordStory, until: number): Promise<void> {
  const headers = await headersOf(person);
  if (headers === null) return;
  const signal = AbortSignal.timeout(Math.max(1, until - Date.now()));
  const response = await person.http.open(
    { name: "listen", method: "GET", path: `/nutrition_records/${id}/events`, headers },
    signal,
  );
  await response?.text().catch(() => null);
}

/** Follows a fresh record to its end in one of the ways there are, or leaves it alone. */
export async function follow(person: Person, story: RecordStory): Promise<void> {
  const until = Date.now() + FOLLOWING_MS;
  switch (person.dice.weighted(FOLLOWING)) {
    case "poll":
      return poll(person, story, until);
    case "wait":
      return wait(person, story, until);
    case "listen":
      return listen(person, story, until);
    case "nothing":
      return;
  }
}

/** Looks something up. */
export async function browse(person: Person, story: RecordStory): Promise<void> {
  const get = async (name: string, path: string): Promise<void> => {
    await sendAs(person, { name, method: "GET", path: `/nutrition_records${path}` });
  };
  switch (person.dice.weighted(LOOKS)) {
    case "list":
      return get("list", "?limit=20");
    case "summary":
      return get("summary", "/summary?day=2026-11-23&user_time_offset_minutes=60");
    case "image":
      return get("image", `/${story.id}/image`);
    case "record":
      return void (await look(person, story));
    case "status":
      return get("poll", `/${story.id}/status`);
  }
}
