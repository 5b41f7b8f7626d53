import { Hono } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { readAuditPage } from "../../../administration/audit-page.ts";
import { parseAuditQuery } from "../../../http/queries/audit-query.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { AuditLogPage } from "./page.tsx";

export const auditPages = new Hono<AppEnv>();

auditPages.get("/audit", async (c) => {
  const query = parseAuditQuery(new URL(c.req.url).searchParams);
  if (!query.ok) return respondWithProblemPage(c, query.error);
  const { applicationId, before } = query.value;
  const page = await readAuditPage(c.var.deps.db, query.value);
  return respondWithConsolePage(
    c,
    <AuditLogPage session={c.var.session} page={page} applicationId={applicationId} isFirst={before === null} />,
  );
});
