import { z } from "zod";
import type { RecordQuery } from "../db/records.ts";
import { isRecordId } from "../ids.ts";
import { invalidFields, type Problem } from "../problems.ts";
import { inputTypeSchema, statusSchema } from "../records/answers.ts";
import type { NutritionRecord } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

const time = z.iso
  .datetime({ offset: true, message: "a time such as 2026-11-23T10:30:04.521Z" })
  .transform((text) => Date.parse(text));

/** An opaque place in the list: the last record of a page. */
const cursor = z.string().transform((text, context): { consumedAt: number; id: string } => {
  const [, consumedAt, id] = /^(-?\d{1,16})_(.+)$/.exec(text) ?? [];
  if (consumedAt !== undefined && id !== undefined && isRecordId(id)) return { consumedAt: Number(consumedAt), id };
  context.addIssue({ code: "custom", message: "a cursor that an earlier page gave" });
  return z.NEVER;
});

export const listSchema = z.object({
  from: time.optional().meta({ description: "The earliest time, inclusive." }),
  to: time.optional().meta({ description: "The latest time, exclusive." }),
  consumed: z
    .enum(["true", "false"])
    .default("true")
    .meta({ description: "`true`: times are those of the meals; `false`: those of the uploads." }),
  status: statusSchema.optional().meta({ description: "Only records with this status." }),
  input_type: inputTypeSchema.optional().meta({ description: "Only records that were made of this." }),
  updated_since: time.optional().meta({ description: "Only records that changed at this time or later." }),
  limit: z.coerce
    .number("a whole number")
    .int("a whole number")
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_LIMIT)
    .meta({ description: "How many records a page has." }),
  cursor: cursor.optional().meta({ description: "A place in the list, from the `Link` of an earlier page." }),
});

/** Reads the query of `GET /nutrition_records`. */
export function parseRecordQuery(params: URLSearchParams): Result<RecordQuery, Problem> {
  const given = Object.fromEntries(params);
  const parsed = listSchema.safeParse(given);
  if (!parsed.success) return fail(invalidFields(parsed.error.issues, "query", given));
  const {
    from = null,
    to = null,
    consumed,
    status = null,
    input_type,
    updated_since,
    limit,
    cursor: after,
  } = parsed.data;
  return ok({
    by: consumed === "true" ? "consumed" : "uploaded",
    from,
    to,
    status,
    inputType: input_type ?? null,
    updatedSince: updated_since ?? null,
    after: after ?? null,
    limit,
  });
}

/** The place behind `last`, as a later query names it. */
export const cursorBehind = (last: Pick<NutritionRecord, "consumedAt" | "id">): string =>
  `${last.consumedAt}_${last.id}`;
