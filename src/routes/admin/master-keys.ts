import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../http/app-env.ts";
import { auditEntry } from "../../audit/audit.ts";
import { insertAuditEntry } from "../../db/audit.ts";
import { resealKeys } from "../../applications/keys/reseal-keys.ts";
import {
  applicationsWithOutdatedKeys,
  countSealedKeys,
  replaceKeys,
  type SealedKeyCount,
} from "../../db/application-keys.ts";
import type { Deps } from "../../wiring/deps.ts";
import { json, operation } from "../../openapi/operation.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { parseJsonBody } from "../../http/json-body.ts";

const resealSchema = z
  .object({ after: z.int().min(0).default(0).meta({ description: "The `next_after` of the previous call." }) })
  .meta({ id: "Reseal" });

const ids = z.array(z.int());
const resealAnswerSchema = z
  .object({
    resealed: z.int().meta({ description: "Applications whose keys were resealed." }),
    changed_meanwhile: ids.meta({ description: "Applications that were changed concurrently; repeat the call." }),
    unreadable: ids.meta({ description: "Applications with a key that cannot be decrypted." }),
    next_after: z.int().nullable().meta({ description: "Where to continue; null after the last application." }),
    remaining_keys: z.int().meta({ description: "Keys still to be resealed, across the whole service." }),
    master_keys: z.array(
      z.object({
        id: z.string(),
        configured: z.boolean(),
        keys: z.int().meta({ description: "How many keys are sealed under it. At 0 it can be removed." }),
      }),
    ),
  })
  .meta({ id: "ResealReport" });

export const masterKeyRoutes = new Hono<AppEnv>();

/** Each configured master key with the keys under it, newest first; then those that are needed and not configured. */
function presentMasterKeys({ config }: Deps, counts: readonly SealedKeyCount[]) {
  const configured = config.masterKeys.map(({ id }) => id);
  const missing = counts.map(({ masterKeyId }) => masterKeyId).filter((id) => !configured.includes(id));
  return [...configured, ...missing].map((id) => ({
    id,
    configured: configured.includes(id),
    keys: counts.find(({ masterKeyId }) => masterKeyId === id)?.keys ?? 0,
  }));
}

export const resealKeysOperation = operation({
  id: "resealKeys",
  method: "post",
  path: "/admin/keys/reseal",
  tag: "Applications",
  summary: "Reseal all keys under the newest master key",
  description:
    "Call this after adding a new master key at the front of `MASTER_KEYS`. A call reseals the keys of at most 100 applications; repeat it with `after` until `next_after` is null. The call is idempotent.",
  security: "administrator",
  body: json(resealSchema, { beginning: { summary: "Starting with the first application", value: {} } }),
  answers: {
    200: {
      description: "What was resealed, and what remains.",
      content: json(resealAnswerSchema, {
        done: {
          summary: "Everything is resealed",
          value: {
            resealed: 12,
            changed_meanwhile: [],
            unreadable: [],
            next_after: null,
            remaining_keys: 0,
            master_keys: [
              { id: "m2", configured: true, keys: 24 },
              { id: "m1", configured: true, keys: 0 },
            ],
          },
        },
      }),
    },
  },
  problems: ["malformed_request", "invalid_request"],
});

/**
 * Moves the keys of the next 100 applications under the newest master key. Repeat it with `after` until `next_after` is
 * null; an older master key under which no keys are left may then be removed.
 */
masterKeyRoutes.post("/reseal", async (c) => {
  const { config, db, now, randomBytes } = c.var.deps;
  const body = await parseJsonBody(c.req.raw, resealSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const { masterKeys } = config;
  const subject = { detail: { after: body.value.after } };
  await insertAuditEntry(db, auditEntry("keys.reseal", subject, c.var.administrator, c.var.deps));
  const newest = masterKeys[0].id;
  const report = await resealKeys(body.value.after, {
    masterKeys,
    randomBytes,
    now,
    readOutdated: (after, limit) => applicationsWithOutdatedKeys(db, newest, after, limit),
    replaceKeys: async (before, keys) => (await replaceKeys(db, before, keys, null)) !== null,
  });
  const counts = await countSealedKeys(db);
  const left = counts.map((count) => (count.masterKeyId === newest ? count.unbound : count.keys));
  const answer: z.output<typeof resealAnswerSchema> = {
    resealed: report.resealed,
    changed_meanwhile: report.changed,
    unreadable: report.unreadable,
    next_after: report.nextAfter,
    remaining_keys: left.reduce((sum, count) => sum + count, 0),
    master_keys: presentMasterKeys(c.var.deps, counts),
  };
  return c.json(answer);
});
