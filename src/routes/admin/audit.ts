import { z } from "zod";
import { ADMINISTRATIVE_ACTS, type AuditEntry } from "../../audit/audit.ts";
import { readAuditPage } from "../../administration/audit-page.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { nextPage } from "../../http/next-page.ts";
import { auditQuerySchema, parseAuditQuery } from "../../http/queries/audit-query.ts";

const auditEntrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.string().meta({ description: "`admin token`, or the identity from Cloudflare Access." }),
    act: z.enum(ADMINISTRATIVE_ACTS),
    application_id: z.int().nullable(),
    target: z.string().nullable().meta({ description: "The id of the target; for an erasure, its receipt." }),
    detail: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]))
      .meta({ description: "The parameters of the action. Never a key, a token or the name of a user." }),
  })
  .meta({ id: "AuditEntry", description: "One administrative action, through the API or the console." });

const presentEntry = ({ applicationId, at, detail, ...entry }: AuditEntry): z.output<typeof auditEntrySchema> => ({
  id: entry.id,
  at: new Date(at).toISOString(),
  actor: entry.actor,
  act: entry.act,
  application_id: applicationId,
  target: entry.target,
  detail: Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, toJson(value)])),
});

const toJson = (value: AuditEntry["detail"][string]) =>
  typeof value === "object" && value !== null ? [...value] : value;

const SAMPLE_ENTRY: z.output<typeof auditEntrySchema> = {
  id: "01932c2e-9f2c-7c3a-9a51-0d6b1f4e8a23",
  at: "2026-11-23T10:30:04.521Z",
  actor: "ada@example.com",
  act: "key.rotate",
  application_id: 1,
  target: "key_AbCdEfGhIjKl",
  detail: { purpose: "hmac", overlap_hours: 24 },
};

export const readAuditLog = operation({
  id: "readAuditLog",
  method: "get",
  path: "/admin/audit",
  tag: "Operations",
  summary: "Read the audit log",
  description:
    "What administrators have done, newest first. Rejected requests are not included, and the log cannot be changed. Every page but the last links to the next one in its `Link` header.",
  security: "administrator",
  query: auditQuerySchema,
  responses: {
    200: {
      description: "A page of the audit log.",
      headers: ["Link"],
      content: json(z.array(auditEntrySchema), { one: { summary: "One action", value: [SAMPLE_ENTRY] } }),
    },
  },
  problems: ["invalid_request"],
  handler: async (c) => {
    const query = parseAuditQuery(new URL(c.req.url).searchParams);
    if (!query.ok) return respondWithProblem(c, query.error);
    const { entries, next } = await readAuditPage(c.var.deps.db, query.value);
    const headers: Record<string, string> = { "cache-control": "no-store" };
    if (next !== null) headers["link"] = `<${nextPage(c.req.url, originOf(c), next)}>; rel="next"`;
    return c.json(entries.map(presentEntry), 200, headers);
  },
});
