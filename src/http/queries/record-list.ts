import { z } from "zod";
import type { RecordQuery } from "../../db/records.ts";
import { isRecordId } from "../../ids.ts";
import { invalidFields, type Problem } from "../../problems/problem.ts";
import { inputTypeSchema, statusSchema } from "../../records/responses.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { fail, ok, type Result } from "../../result.ts";
import { MAX_RANGE_ENTRIES } from "../../bounds.ts";
import { anyOf, DEFAULT_LIMIT, pageLimit, parseQuery, time, UNKNOWN_CURSOR } from "./list-query.ts";

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
  from_timestamp: time.optional().meta({ description: "The same as `from`." }),
  to_timestamp: time.optional().meta({ description: "The same as `to`." }),
  by: z.enum(["consumed", "uploaded"]).optional().meta({
    description:
      "Which times the range and the order are about: those of the meals, the default, or of the uploads. A planned meal has only the latter, so that lists with such meals are always by upload.",
  }),
  consumed: z
    .enum(["true", "false", "any"])
    .default("true")
    .meta({ description: "`true`: meals that were eaten; `false`: planned meals, not eaten yet; `any`: both." }),
  status: anyOf(statusSchema, "Only records with this status, or with one of these."),
  input_type: anyOf(inputTypeSchema, "Only records created from this kind of input, or from one of these."),
  updated_since: time.optional().meta({ description: "Only records that changed at this time or later." }),
  limit: pageLimit("The number of records per page.")
    .unwrap()
    .optional()
    .meta({
      description: `The number of records per page: ${DEFAULT_LIMIT}, or up to ${MAX_RANGE_ENTRIES} in a range that has both ends.`,
    }),
  cursor: cursor.optional().meta({ description: "A position in the list, from the `Link` header of an earlier page." }),
});

/** Reads the query of `GET /nutrition_records`. */
export function parseRecordQuery(params: URLSearchParams): Result<RecordQuery, Problem> {
  const parsed = parseQuery(listSchema, params);
  if (!parsed.ok) return parsed;
  const { consumed, by, status, input_type, updated_since, cursor: after, ...range } = parsed.value;
  const twice = [["from", "from_timestamp"] as const, ["to", "to_timestamp"] as const].find(
    ([short, long]) => range[short] !== undefined && range[long] !== undefined,
  );
  if (twice !== undefined)
    return fail(invalidFields([{ path: [twice[1]], message: `given as ${twice[0]}, too` }], "query"));
  const from = range.from ?? range.from_timestamp ?? null;
  const to = range.to ?? range.to_timestamp ?? null;
  const limit = range.limit ?? (from !== null && to !== null ? MAX_RANGE_ENTRIES : DEFAULT_LIMIT);
  return ok({
    by: consumed === "true" ? (by ?? "consumed") : "uploaded",
    eaten: consumed === "any" ? null : consumed === "true",
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
  `${last.consumedAt ?? 0}_${last.id}`;
