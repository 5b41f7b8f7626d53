import { z } from "zod";
import type { AuditQuery } from "../../db/audit.ts";
import type { Problem } from "../../problems/problem.ts";
import { ok, type Result } from "../../result.ts";
import { applicationFilter, idCursor, pageLimit, parseQuery } from "./list-query.ts";

export const auditQuerySchema = z.object({
  application_id: applicationFilter("Only actions that concern this application."),
  limit: pageLimit("The maximum number of actions per page."),
  cursor: idCursor.meta({ description: "A position in the log, from the `Link` header of an earlier page." }),
});

/** Reads the query of `GET /admin/audit` and of its page. */
export function parseAuditQuery(params: URLSearchParams): Result<AuditQuery, Problem> {
  const parsed = parseQuery(auditQuerySchema, params);
  if (!parsed.ok) return parsed;
  const { application_id, limit, cursor } = parsed.value;
  return ok({ applicationId: application_id ?? null, before: cursor ?? null, limit });
}
