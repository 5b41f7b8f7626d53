import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../app-env.ts";
import { problem } from "../problems.ts";
import { entityTag, presentRecord } from "../records/present.ts";
import { respondWithProblem } from "../respond.ts";
import { isNamedStrongly } from "./entity-tags.ts";
import { parseJsonBody } from "./json-body.ts";
import { findRecord, notFound, respondTagged } from "./owned-record.ts";

/** The smallest portion that the contract knows, and one that nobody eats, in the record's unit. */
const MIN_SERVING_SIZE = 0.01;
const MAX_SERVING_SIZE = 100_000;

export const changeRoutes = new Hono<AppEnv>();

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
changeRoutes.patch("/:id", async (c) => {
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
changeRoutes.post("/:id/cancel", async (c) => {
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
changeRoutes.delete("/:id", async (c) => {
  const record = await findRecord(c);
  if (record !== null) await c.var.deps.sequencer.remove(record.id);
  return c.body(null, 204, { "cache-control": "no-store" });
});
