import { Hono, type Context } from "hono";
import { z } from "zod";
import type { AppEnv } from "../app-env.ts";
import { requireToken } from "../auth/middleware.ts";
import { listRecords, ownedRecord, ownedRecordStatus } from "../db/records.ts";
import { isRecordId } from "../ids.ts";
import { acceptPhoto } from "../intake/accept-photo.ts";
import { readUpload } from "../intake/read-upload.ts";
import { problem } from "../problems.ts";
import { entityTag, presentRecord, presentUpload } from "../records/present.ts";
import type { NutritionRecord } from "../records/record.ts";
import { statusAnswer, type StatusAnswer } from "../records/status-cache.ts";
import { isFinal } from "../records/transitions.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { isNamedStrongly, isNamedWeakly } from "./entity-tags.ts";
import { parseJsonBody } from "./json-body.ts";
import { nextPage, parseRecordQuery } from "./record-list.ts";

/** How long a client should wait before it asks again, seconds. */
const POLL_AGAIN_SECONDS = "2";

/** The smallest portion that the contract knows, and one that nobody eats, in the record's unit. */
const MIN_SERVING_SIZE = 0.01;
const MAX_SERVING_SIZE = 100_000;

const notFound = (c: Context<AppEnv>): Response => respondWithProblem(c, problem("not_found"));

/** The caller's record that the path names; null when there is none, or it is somebody else's. */
async function findRecord(c: Context<AppEnv>): Promise<NutritionRecord | null> {
  const id = c.req.param("id") ?? "";
  return isRecordId(id) ? ownedRecord(c.var.deps.db, c.var.caller, id) : null;
}

/** Answers with a tagged JSON body, or with 304 when the client has it. */
function respondTagged(c: Context<AppEnv>, { body, etag, final }: StatusAnswer): Response {
  const headers: Record<string, string> = { etag, "cache-control": "private, no-cache" };
  if (!final) headers["retry-after"] = POLL_AGAIN_SECONDS;
  if (isNamedWeakly(c.req.header("if-none-match"), etag)) return c.body(null, 304, headers);
  return c.body(body, 200, { ...headers, "content-type": "application/json" });
}

export const recordRoutes = new Hono<AppEnv>();

recordRoutes.use("*", requireToken);

async function upload(c: Context<AppEnv>): Promise<Response> {
  const read = await readUpload(c.req.raw);
  if (!read.ok) return respondWithProblem(c, read.error);
  const accepted = await acceptPhoto(c.var.deps.accept, c.var.caller, read.value);
  if (!accepted.ok) return respondWithProblem(c, accepted.error);
  return c.json(presentUpload(accepted.value), 202, {
    location: `${originOf(c)}/nutrition_records/${accepted.value.id}`,
    "retry-after": POLL_AGAIN_SECONDS,
    "cache-control": "no-store",
  });
}

recordRoutes.post("/", upload);
recordRoutes.post("/image", upload);

/** The user's records, oldest first. One more than the page is read, to know whether another follows. */
recordRoutes.get("/", async (c) => {
  const query = parseRecordQuery(new URL(c.req.url).searchParams);
  if (!query.ok) return respondWithProblem(c, query.error);
  const { limit } = query.value;
  const found = await listRecords(c.var.deps.db, c.var.caller, { ...query.value, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const headers: Record<string, string> = { "cache-control": "private, no-cache" };
  if (found.length > limit && last !== undefined) {
    headers["link"] = `<${nextPage(c.req.url, originOf(c), last)}>; rel="next"`;
  }
  return c.json(page.map(presentRecord), 200, headers);
});

recordRoutes.get("/:id", async (c) => {
  const record = await findRecord(c);
  if (record === null) return notFound(c);
  const body = JSON.stringify(presentRecord(record));
  return respondTagged(c, { body, etag: entityTag(record), final: isFinal(record.status) });
});

/** Made for polling: answered from the edge cache when it can be, after the token has been checked. */
recordRoutes.get("/:id/status", async (c) => {
  const id = c.req.param("id");
  if (!isRecordId(id)) return notFound(c);
  const { statusCache, db } = c.var.deps;
  const cached = await statusCache.match(c.var.caller, id);
  if (cached !== null) return respondTagged(c, cached);
  const status = await ownedRecordStatus(db, c.var.caller, id);
  if (status === null) return notFound(c);
  const answer = statusAnswer(status);
  c.executionCtx.waitUntil(statusCache.put(c.var.caller, answer, id));
  return respondTagged(c, answer);
});

const changeSchema = z
  .object({
    serving_size: z.number().min(MIN_SERVING_SIZE).max(MAX_SERVING_SIZE).optional(),
    consumed_at: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(
    (body) => body.serving_size !== undefined || body.consumed_at !== undefined,
    "serving_size or consumed_at is needed",
  );

/** Changes the portion or the meal time of a complete record. */
recordRoutes.patch("/:id", async (c) => {
  const record = await findRecord(c);
  if (record === null) return notFound(c);
  const body = await parseJsonBody(c.req.raw, changeSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const ifMatch = c.req.header("if-match");
  if (ifMatch !== undefined && !isNamedStrongly(ifMatch, entityTag(record))) {
    return respondWithProblem(c, problem("version_mismatch"));
  }
  const { serving_size: servingSize, consumed_at: consumedAt } = body.value;
  const change = {
    ...(servingSize !== undefined && { servingSize }),
    ...(consumedAt !== undefined && { consumedAt: Date.parse(consumedAt) }),
  };
  const answer = await c.var.deps.sequencer.update(record.id, change, ifMatch === undefined ? null : record.version);
  if (answer === null) return notFound(c);
  if (answer.outcome === "version_mismatch") return respondWithProblem(c, problem("version_mismatch"));
  if (answer.outcome === "stale")
    return respondWithProblem(c, problem("not_complete", `The record is ${answer.status}.`));
  const presented = JSON.stringify(presentRecord(answer.record));
  return respondTagged(c, { body: presented, etag: entityTag(answer.record), final: true });
});

/** Stops an analysis before it completes. The record ends as `canceled`, and no webhook follows. */
recordRoutes.post("/:id/cancel", async (c) => {
  const record = await findRecord(c);
  if (record === null) return notFound(c);
  const answer = await c.var.deps.sequencer.cancel(record.id);
  if (answer === null) return notFound(c);
  if (answer.outcome === "stale") {
    return respondWithProblem(
      c,
      problem("already_final", `The record is ${answer.status}; it can no longer be canceled.`),
    );
  }
  return c.json({ record_id: record.id, status: answer.status }, 200, { "cache-control": "no-store" });
});

/** Deletes a record with its photo, whatever it is doing. 204 whether or not it existed. */
recordRoutes.delete("/:id", async (c) => {
  const record = await findRecord(c);
  if (record !== null) await c.var.deps.sequencer.remove(record.id);
  return c.body(null, 204, { "cache-control": "no-store" });
});
