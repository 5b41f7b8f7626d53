import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Call, Outcome } from "./http.ts";
import { read } from "./http.ts";
import { noteSeen, type RecordStory, type Upload, versionOf } from "./ledger.ts";
import { isTrouble, pauseMs, type Person, sendAs } from "./person.ts";
import { type Form, FORMS, orderUpload } from "./uploads.ts";
import type { Status } from "../../src/records/record.ts";

const KEYED_SHARE = 0.6;
/** Of keyed photos and texts: the phone is in a tunnel while it sends. */
const LEAVING_SHARE = 0.1;
const MAX_LEAVING_MS = 120;
const WAITING_SHARE = 0.25;
const MAX_WAIT_S = 12;
const MAX_SENDS = 60;
/** Of what was accepted under a key: the answer did not get through, and the app sends it again. */
const REPEATED_SHARE = 0.05;
const IN_USE = 409;

/** How an answer to an upload was meant: a record, another try, or none. */
type Verdict = { recordId: string; status: Status; version: number | null } | "again" | "refused";

function judge(outcome: Outcome | null): Verdict {
  if (outcome === null || outcome.kind !== "answer" || isTrouble(outcome) || outcome.status === IN_USE) return "again";
  if (outcome.status > 202) return "refused";
  const { record_id: recordId, status } = read<{ record_id: string; status: Status }>(outcome);
  return { recordId, status, version: versionOf(outcome.headers.get("etag")) };
}

function order(person: Person, form: Form, mark: string, key: string | null, photoUrl: string): Call {
  const { dice } = person;
  const call = orderUpload(form, mark, dice, photoUrl);
  const waits = form !== "manual" && dice.chance(WAITING_SHARE);
  const headers = {
    ...call.headers,
    ...(key !== null && { "idempotency-key": key }),
    ...(waits && { prefer: `wait=${Math.ceil(dice.between(0, MAX_WAIT_S))}` }),
  };
  return { ...call, headers, name: waits ? `${call.name}, waiting` : call.name };
}

/**
 * Uploads something as an app would: with a key it is sent until it is answered, without one only while it cannot have
 * arrived. Resolves with the record, or null.
 */
export async function create(
  person: Person,
  photoUrl: string,
  forms: Readonly<Record<string, number>> = FORMS,
): Promise<RecordStory | null> {
  const { dice, application, userId, ledger } = person;
  const form = dice.weighted(forms) as Form;
  const key = dice.chance(KEYED_SHARE) ? randomUUID() : null;
  const mark = randomUUID();
  const call = order(person, form, mark, key, photoUrl);
  const leaves = key !== null && dice.chance(LEAVING_SHARE) ? dice.between(1, MAX_LEAVING_MS) : undefined;
  const upload: Upload = {
    mark,
    applicationId: application.id,
    userId,
    form,
    key,
    sends: 0,
    recordIds: [],
    acceptedAt: null,
    abandoned: false,
  };
  ledger.uploads.push(upload);
  for (let attempt = 0; attempt < MAX_SENDS; attempt += 1) {
    const isFirst = attempt === 0 && leaves !== undefined;
    const outcome = await sendAs(person, isFirst ? { ...call, leaveAfterMs: leaves } : call);
    if (outcome !== null && outcome.kind !== "refused") upload.sends += 1;
    const verdict = judge(outcome);
    if (verdict === "refused") {
      // Nothing in the load is wrong: a refusal is a fault.
      if (outcome?.kind === "answer")
        ledger.oddResponses.push({ ...outcome, request: call.name, excerpt: outcome.text.slice(0, 300) });
      return null;
    }
    if (verdict !== "again") {
      const story = accepted(person, upload, verdict, outcome?.at ?? Date.now());
      if (key !== null && dice.chance(REPEATED_SHARE)) await repeat(person, call, upload);
      return story;
    }
    if (key === null && upload.sends > 0) break;
    await sleep(pauseMs(attempt));
  }
  upload.abandoned = true;
  return null;
}

function accepted(
  { ledger, records }: Person,
  upload: Upload,
  { recordId, status, version }: Exclude<Verdict, string>,
  at: number,
): RecordStory {
  upload.recordIds.push(recordId);
  upload.acceptedAt = at;
  const { applicationId, userId, form } = upload;
  const story: RecordStory = {
    id: recordId,
    applicationId,
    userId,
    form,
    acceptedAt: at,
    changes: [],
    unanswered: [],
    deleteAskedAt: null,
    deletedAt: null,
    wentBack: [],
    newest: null,
  };
  if (version !== null) noteSeen(story, { version, status, askedAt: at, at });
  ledger.stories.set(recordId, story);
  records.push(story);
  return story;
}

/** Sends an accepted upload once more. */
async function repeat(person: Person, call: Call, upload: Upload): Promise<void> {
  upload.sends += 1;
  const verdict = judge(await sendAs(person, call));
  if (typeof verdict !== "string") upload.recordIds.push(verdict.recordId);
}
