import { z } from "zod";
import type { RecordQuery } from "../../db/records.ts";
import { isRecordId } from "../../ids.ts";
import type { Problem } from "../../problems/problem.ts";
import { inputTypeSchema, statusSchema } from "../../records/responses.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { ok, type Result } from "../../result.ts";
import { anyOf, pageLimit, parseQuery, time, UNKNOWN_CURSOR } from "./list-query.ts";

/** An opaque place in the list: the last record of a page. */
const cursor = z.string().transform((text, context): { consumedAt: number; id: string } => {
  const [, consumedAt, id] = /^(-?\d{1,16})_(.+)$/.exec(text) ?? [];
  if (consumedAt !== undefined && id !== undefined && isRecordId(id)) return { consumedAt: Number(consumedAt), id };
  context.addIssue({ code: "custom", message: UNKNOWN_CURSOR });
  return z.NEVER;
});

export const listSchema = z.object({
  from: time.optional().meta({ description: "The earliest time, inclusive." }),
  to: time.optional().meta({ description: "The latest time, exclusive." }),
  consumed: z
    .enum(["true", "false"])
    .default("true")
    .meta({ description: "`true`: times are those of the meals; `false`: those of the uploads." }),
  status: anyOf(statusSchema, "Only records with this status, or with one of these."),
  input_type: anyOf(inputTypeSchema, "Only records created from this kind of input, or from one of these."),
  updated_since: time.optional().meta({ description: "Only records that changed at this time or later." }),
  limit: pageLimit("The number of records per page."),
  cursor: cursor.optional().meta({ description: "A position in the list, from the `Link` header of an earlier page." }),
});

/** Reads the query of `GET /nutrition_records`. */
export function parseRecordQuery(params: URLSearchParams): Result<RecordQuery, Problem> {
  const parsed = parseQuery(listSchema, params);
  if (!parsed.ok) return parsed;
  const { from = null, to = null, consumed, status, input_type, updated_since, limit, cursor: after } = parsed.value;
  return ok({
    by: consumed === "true" ? "consumed" : "uploaded",
    from,
    to,
    statuses: status ?? null,
    inputTypes: input_type ?? null,
    updatedSince: updated_since ?? null,
    after: after ?? null,
    limit,
  });
}

/** The place behind `last`, as a later query names it. */
export const recordCursor = (last: Pick<NutritionRecord, "consumedAt" | "id">): string =>
  `${last.consumedAt}_${last.id}`;
