import type { Status } from "../../src/records/record.ts";
import { type Answer, type Call, JSON_TYPE, jsonBody, read } from "./http.ts";
import { type ChangeKind, noteSeen, type RecordStory, versionOf } from "./ledger.ts";
import { insist, isTrouble, type Person, sendAs } from "./person.ts";
import { typedMeal } from "./uploads.ts";

/** How often each change is tried. */
const CHANGES = { portion: 34, content: 14, ingredient: 16, reanalyze: 14, cancel: 8, delete: 14 } as const;
const IF_MATCH_SHARE = 0.5;
/** A phone and a tablet change the same record at once. */
const TWICE_SHARE = 0.15;

const path = ({ id }: RecordStory): string => `/nutrition_records/${id}`;

/** The request of a change; a new one for each try, because its amounts differ. */
function order({ dice }: Person, what: ChangeKind, story: RecordStory): Call {
  const send = (method: string, where: string, body: unknown): Call => ({
    name: `change: ${what}`,
    method,
    path: `${path(story)}${where}`,
    headers: JSON_TYPE,
    ...jsonBody(body),
  });
  const grams = Math.round(dice.between(20, 900));
  switch (what) {
    case "portion":
      return send("PATCH", "", dice.chance(0.8) ? { serving_size: grams } : { consumed_at: "2026-11-23T08:15:00Z" });
    case "content":
      return send("PUT", "", typedMeal(dice));
    case "ingredient":
      return send("PATCH", "/ingredients/0", { serving_size: grams });
    case "reanalyze":
      return send("POST", "/reanalyze", dice.chance(0.5) ? {} : { hint: "two of them" });
    case "cancel":
      return send("POST", "/cancel", {});
  }
}

function noteResponse(story: RecordStory, what: ChangeKind, response: Answer, ifMatch: number | null): void {
  const version = versionOf(response.headers.get("etag"));
  const hasBody = what !== "reanalyze" && what !== "cancel";
  story.changes.push({ what, at: response.at, version, ifMatch, body: hasBody ? response.text : null });
  if (version === null) return;
  const { status } = read<{ status: Status }>(response);
  noteSeen(story, { version, status, askedAt: response.askedAt, at: response.at });
}

async function tryChange(person: Person, what: ChangeKind, story: RecordStory, etag: string | null): Promise<void> {
  const call = order(person, what, story);
  const pinned = etag !== null && what !== "cancel" && person.dice.chance(IF_MATCH_SHARE) ? etag : null;
  const headers = { ...call.headers, ...(pinned !== null && { "if-match": pinned }) };
  const outcome = await sendAs(person, { ...call, headers });
  if (outcome === null || outcome.kind === "refused") return;
  if (outcome.kind !== "answer" || isTrouble(outcome)) return void story.unanswered.push({ what, at: outcome.askedAt });
  // What is not possible right now (409, 412, 422) is no change.
  if (outcome.status === 200 || outcome.status === 202) noteResponse(story, what, outcome, versionOf(pinned));
}

/** Deletes a record, and insists. */
async function remove(person: Person, story: RecordStory): Promise<void> {
  story.deleteAskedAt = Date.now();
  person.records.splice(person.records.indexOf(story), 1);
  const response = await insist(person, { name: "delete", method: "DELETE", path: path(story) });
  if (response?.status === 204) story.deletedAt = response.at;
}

/** Changes one of the user's records in one way. */
export async function change(person: Person, story: RecordStory): Promise<void> {
  const { dice } = person;
  const what = dice.weighted(CHANGES);
  if (what === "delete") return remove(person, story);
  const present = await sendAs(person, { name: "read", method: "GET", path: path(story) });
  const etag = present?.kind === "answer" && present.status === 200 ? present.headers.get("etag") : null;
  await Promise.all([
    tryChange(person, what, story, etag),
    ...(dice.chance(TWICE_SHARE) ? [tryChange(person, what, story, etag)] : []),
  ]);
}
