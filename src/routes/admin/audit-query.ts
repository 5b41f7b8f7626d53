import { z } from "zod";
import type { AuditQuery } from "../../db/audit.ts";
import { isRecordId } from "../../ids.ts";
import { invalidFields, type Problem } from "../../problems.ts";
import { fail, ok, type Result } from "../../result.ts";

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

export const auditQuerySchema = z.object({
  application_id: z.coerce
    .number("the id of an application")
    .int("the id of an application")
    .min(1)
    .optional()
    .meta({ description: "Only acts that concern this application." }),
  limit: z.coerce
    .number("a whole number")
    .int("a whole number")
    .min(1)
    .max(MAX_LIMIT)
    .default(DEFAULT_LIMIT)
    .meta({ description: "How many acts a page has at most." }),
  cursor: z
    .string()
    // Entries have ids of the same kind as records.
    .refine(isRecordId, "a cursor that an earlier page gave")
    .optional()
    .meta({ description: "A place in the log, from the `Link` of an earlier page." }),
});

/** Reads the query of `GET /admin/audit` and of its page. A form sends its empty fields too: they count as left out. */
export function parseAuditQuery(params: URLSearchParams): Result<AuditQuery, Problem> {
  const given = Object.fromEntries([...params].filter(([, value]) => value !== ""));
  const parsed = auditQuerySchema.safeParse(given);
  if (!parsed.success) return fail(invalidFields(parsed.error.issues, "query", given));
  const { application_id, limit, cursor } = parsed.data;
  return ok({ applicationId: application_id ?? null, before: cursor ?? null, limit });
}
