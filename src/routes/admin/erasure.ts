import type { Context } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../http/app-env.ts";
import { deleteApplication } from "../../administration/applications.ts";
import { eraseUser } from "../../administration/users.ts";
import { erasureById } from "../../db/erasures.ts";
import type { Erasure } from "../../erasure/erasure.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { problem, type Problem } from "../../problems/problem.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import type { Result } from "../../result.ts";
import { SAMPLE_APPLICATION } from "../../openapi/samples.ts";
import { applicationPath } from "./application-path.ts";

const receiptSchema = z
  .object({
    receipt_id: z.string(),
    application_id: z.int(),
    scope: z.enum(["user", "application"]),
    status: z.enum(["running", "done"]).meta({
      description:
        "`running` for at least five minutes, so that anything still being stored by earlier requests is erased too.",
    }),
    records: z.int().meta({ description: "How many records have been erased so far." }),
    photos: z.int(),
    deliveries: z.int(),
    started_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "ErasureReceipt", description: "The only trace an erasure leaves. It does not say who was erased." });

const presentReceipt = (erasure: Erasure): z.output<typeof receiptSchema> => ({
  receipt_id: erasure.id,
  application_id: erasure.applicationId,
  scope: erasure.scope,
  status: erasure.status,
  records: erasure.records,
  photos: erasure.photos,
  deliveries: erasure.deliveries,
  started_at: new Date(erasure.startedAt).toISOString(),
  finished_at: erasure.finishedAt === null ? null : new Date(erasure.finishedAt).toISOString(),
});

const SAMPLE_RECEIPT: z.output<typeof receiptSchema> = {
  receipt_id: "01932c2e-9a51-7c3a-9a51-0d6b1f4e8a20",
  application_id: SAMPLE_APPLICATION.id,
  scope: "user",
  status: "running",
  records: 3,
  photos: 3,
  deliveries: 3,
  started_at: "2026-11-23T10:30:04.521Z",
  finished_at: null,
};
const RECEIPT = json(receiptSchema, { receipt: { summary: "A user with three records", value: SAMPLE_RECEIPT } });
const STARTED = {
  description: "The erasure has started; `Location` points to its receipt.",
  headers: ["Location"],
} as const;

/** Answers with how far an erasure has come. */
function respondWithReceipt(c: Context<AppEnv>, erasure: Result<Erasure, Problem>): Response {
  if (!erasure.ok) return respondWithProblem(c, erasure.error);
  const { applicationId, id } = erasure.value;
  return c.json(presentReceipt(erasure.value), 202, {
    location: `${originOf(c)}/admin/applications/${applicationId}/erasures/${id}`,
    "cache-control": "no-store",
  });
}

export const eraseUserOperation = operation({
  id: "eraseUser",
  method: "delete",
  path: "/admin/applications/{id}/users/{user}",
  tag: "Applications",
  summary: "Erase an end user",
  description:
    "Revokes the user's tokens and removes every record with its photo, its webhooks and its cached status, whatever state the records are in. Repeating the request while it runs returns the same receipt.",
  security: "administrator",
  pathParameters: applicationPath.extend({ user: z.string().meta({ examples: ["ada"] }) }),
  responses: { 202: { ...STARTED, content: RECEIPT } },
  problems: ["not_found"],
  handler: async (c) => {
    const user = { applicationId: Number(c.req.param("id")), userId: c.req.param("user") };
    return respondWithReceipt(c, await eraseUser(user, c.var.administrator, c.var.deps));
  },
});

export const deleteApplicationOperation = operation({
  id: "deleteApplication",
  method: "delete",
  path: "/admin/applications/{id}",
  tag: "Applications",
  summary: "Delete an application",
  description:
    "Deactivates the application immediately, erases all of its users' records, and then deletes the application itself.",
  security: "administrator",
  pathParameters: applicationPath,
  responses: { 202: { ...STARTED, content: RECEIPT } },
  problems: ["not_found"],
  handler: async (c) =>
    respondWithReceipt(c, await deleteApplication(Number(c.req.param("id")), c.var.administrator, c.var.deps)),
});

export const readReceipt = operation({
  id: "readErasureReceipt",
  method: "get",
  path: "/admin/applications/{id}/erasures/{receipt}",
  tag: "Applications",
  summary: "Read the receipt of an erasure",
  security: "administrator",
  pathParameters: applicationPath.extend({ receipt: z.string().meta({ examples: [SAMPLE_RECEIPT.receipt_id] }) }),
  responses: { 200: { description: "The progress of the erasure.", content: RECEIPT } },
  problems: ["not_found"],
  handler: async (c) => {
    const erasure = await erasureById(c.var.deps.db, Number(c.req.param("id")), c.req.param("receipt"));
    if (erasure === null) return respondWithProblem(c, problem("not_found"));
    return c.json(presentReceipt(erasure), 200, { "cache-control": "no-store" });
  },
});
