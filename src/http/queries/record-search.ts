import { z } from "zod";
import type { FindQuery } from "../../db/found-records.ts";
import type { Problem } from "../../problems/problem.ts";
import { statusSchema } from "../../records/responses.ts";
import { ok, type Result } from "../../result.ts";
import { applicationFilter, idCursor, pageLimit, parseQuery } from "./list-query.ts";

/** As long as a user's id may be. */
const MAX_SEARCH_LENGTH = 128;

export const recordSearchSchema = z.object({
  status: statusSchema.optional().meta({ description: "Only records with this status." }),
  application_id: applicationFilter("Only records of this application."),
  q: z
    .string()
    .trim()
    .max(MAX_SEARCH_LENGTH)
    .optional()
    .meta({ description: "A record's id or at least its first eight digits, or a user's complete id." }),
  limit: pageLimit("The maximum number of records per page."),
  cursor: idCursor.meta({ description: "A position in the list, from the `Link` header of an earlier page." }),
});

/** Reads the query of `GET /admin/records`. */
export function parseRecordSearch(params: URLSearchParams): Result<FindQuery, Problem> {
  const parsed = parseQuery(recordSearchSchema, params);
  if (!parsed.ok) return parsed;
  const { status, application_id, q, limit, cursor } = parsed.value;
  return ok({
    status: status ?? null,
    applicationId: application_id ?? null,
    q: q === undefined || q === "" ? null : q,
    before: cursor ?? null,
    limit,
  });
}
