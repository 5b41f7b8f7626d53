import { z } from "zod";
import type { FindQuery } from "../../db/found-records.ts";
import { isRecordId } from "../../ids.ts";
import { invalidFields, type Problem } from "../../problems.ts";
import { statusSchema } from "../../records/answers.ts";
import { fail, ok, type Result } from "../../result.ts";

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
/** As long as a user's id may be. */
const MAX_SEARCH_LENGTH = 128;

export const recordSearchSchema = z.object({
  status: statusSchema.optional().meta({ description: "Only records with this status." }),
  application_id: z.coerce
    .number("the id of an application")
    .int("the id of an application")
    .min(1)
    .optional()
    .meta({ description: "Only records of this application." }),
  q: z
    .string()
    .trim()
    .max(MAX_SEARCH_LENGTH)
    .optional()
    .meta({ description: "The id of a record, or at least its first eight digits; or the whole id of a user." }),
  limit: z.coerce
    .number("a whole number")
    .int("a whole number")
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_LIMIT)
    .meta({ description: "How many records a page has at most." }),
  cursor: z
    .string()
    .refine(isRecordId, "a cursor that an earlier page gave")
    .optional()
    .meta({ description: "A place in the list, from the `Link` of an earlier page." }),
});

/** Reads the query of `GET /admin/records`. */
export function parseRecordSearch(params: URLSearchParams): Result<FindQuery, Problem> {
  // A form sends its empty fields too.
  const given = Object.fromEntries([...params].filter(([, value]) => value !== ""));
  const parsed = recordSearchSchema.safeParse(given);
  if (!parsed.success) return fail(invalidFields(parsed.error.issues, "query", given));
  const { status, application_id, q, limit, cursor } = parsed.data;
  return ok({
    status: status ?? null,
    applicationId: application_id ?? null,
    q: q === undefined || q === "" ? null : q,
    before: cursor ?? null,
    limit,
  });
}
