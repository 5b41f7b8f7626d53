import { Hono, type Context } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../app-env.ts";
import {
  KEY_LISTS,
  KEY_PURPOSES,
  liveKeys,
  type Application,
  type KeyPurpose,
  type SealedKey,
} from "../../auth/application.ts";
import { addNewestKey, endKey, keepNewestKey } from "../../auth/key-rotation.ts";
import { generateKey, openKey, sealKey } from "../../auth/key-sealing.ts";
import { replaceKeys } from "../../db/application-keys.ts";
import { applicationById } from "../../db/applications.ts";
import type { Deps } from "../../deps.ts";
import { json, operation } from "../../openapi/operation.ts";
import { SAMPLE_KEYS } from "../../openapi/samples.ts";
import { invalidFields, problem } from "../../problems.ts";
import { respondWithProblem } from "../../respond.ts";
import { parseJsonBody } from "../json-body.ts";
import { applicationSchema, keyListSchema, keySchema, presentKeys } from "./application-bodies.ts";

const HOUR_MS = 60 * 60 * 1000;
/** Seven days, as long as the contract lets two keys live together. */
const MAX_OVERLAP_HOURS = 168;

const keysPath = z.object({ id: applicationSchema.shape.id, purpose: z.enum(KEY_PURPOSES) });
const rotationSchema = z
  .object({
    overlap_hours: z
      .int()
      .min(0)
      .max(MAX_OVERLAP_HOURS)
      .meta({ description: "How long the old key lives on; 0 ends every older key now." }),
    key: keySchema.optional().meta({ description: "A key to take over from elsewhere; made up, if left out." }),
  })
  .meta({ id: "KeyRotation" });
const keysAnswerSchema = z.object({ keys: keyListSchema }).meta({ id: "Keys" });
const newKeyAnswerSchema = keysAnswerSchema
  .extend({ key: z.string() })
  .meta({ id: "NewKey", description: "A key, which is not shown again." });
const ONE_LEFT = { keys: { summary: "The newest key is left", value: { keys: SAMPLE_KEYS.slice(0, 1) } } };

export const keyRoutes = new Hono<AppEnv>();

const KEYS_PATH = "/:id{[0-9]+}/keys/:purpose{hmac|webhook}";

/** The application that a path names, and which of its keys; null when there is no such application. */
async function namedKeys(
  c: Context<AppEnv, typeof KEYS_PATH>,
): Promise<{ application: Application; purpose: KeyPurpose; keys: SealedKey[] } | null> {
  const application = await applicationById(c.var.deps.db, Number(c.req.param("id")));
  const purpose = c.req.param("purpose") === "hmac" ? "hmac" : "webhook";
  return application === null ? null : { application, purpose, keys: application[KEY_LISTS[purpose]] };
}

/** Stores a changed list and answers with it, and with the new key if there is one. */
async function storeKeys(
  c: Context<AppEnv>,
  { application, purpose }: { application: Application; purpose: KeyPurpose },
  keys: SealedKey[],
  shownOnce: { key?: string } = {},
): Promise<Response> {
  const { db, now } = c.var.deps;
  const stored = await replaceKeys(db, application, { [KEY_LISTS[purpose]]: keys, modifiedAt: now() });
  if (stored === null) return respondWithProblem(c, problem("keys_changed"));
  return c.json({ ...shownOnce, keys: presentKeys(keys, now()) }, 200, { "cache-control": "no-store" });
}

/** Whether a key is one of those that are live: under its old name a revoked key could otherwise live on. */
async function isInUse(
  key: string,
  { application, purpose, keys }: { application: Application; purpose: KeyPurpose; keys: readonly SealedKey[] },
  { config, now }: Deps,
): Promise<boolean> {
  const owner = { applicationId: application.id, purpose };
  const opened = await Promise.all(liveKeys(keys, now()).map((sealed) => openKey(sealed, owner, config.masterKeys)));
  return opened.includes(key);
}

export const rotateKey = operation({
  id: "rotateKey",
  method: "post",
  path: "/admin/applications/{id}/keys/{purpose}/rotate",
  tag: "Applications",
  summary: "Get a new key",
  description:
    "During the overlap the old key and the new one both let users in, and both sign `webhook-signature`; `x-body-signature` is always the newest key's. At most two keys are live at once.",
  security: "administrator",
  pathParameters: keysPath,
  body: json(rotationSchema, {
    day: { summary: "A day for both keys", value: { overlap_hours: 24 } },
    leaked: { summary: "The old key has leaked", value: { overlap_hours: 0 } },
  }),
  answers: {
    200: {
      description: "The new key. It is in this answer and in no other.",
      content: json(newKeyAnswerSchema, {
        rotated: {
          summary: "Both keys are live",
          value: { key: "3q2-7wEBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs", keys: SAMPLE_KEYS },
        },
      }),
    },
  },
  problems: ["malformed_request", "not_found", "rotation_under_way", "keys_changed", "invalid_request"],
});

/**
 * Makes a new key, or takes the one that is brought along. Everything hangs on one statement: stopped before it, nothing
 * has changed; stopped after it, the new key is live and its answer lost, and `DELETE` of its id undoes that.
 */
keyRoutes.post(`${KEYS_PATH}/rotate`, async (c) => {
  const { config, now, randomBytes } = c.var.deps;
  const body = await parseJsonBody(c.req.raw, rotationSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const named = await namedKeys(c);
  if (named === null) return respondWithProblem(c, problem("not_found"));
  const { overlap_hours: overlapHours, key = generateKey(randomBytes) } = body.value;
  if (await isInUse(key, named, c.var.deps)) {
    return respondWithProblem(c, invalidFields([{ path: ["key"], message: "is in use already" }], "body"));
  }
  const owner = { applicationId: named.application.id, purpose: named.purpose };
  const sealed = await sealKey(key, owner, config.masterKeys, now(), randomBytes);
  const rotated = addNewestKey(named.keys, sealed, overlapHours * HOUR_MS, now());
  if (!rotated.ok) return respondWithProblem(c, problem(rotated.error));
  return storeKeys(c, named, rotated.value, { key });
});

export const revokeKey = operation({
  id: "revokeKey",
  method: "post",
  path: "/admin/applications/{id}/keys/{purpose}/revoke",
  tag: "Applications",
  summary: "End the old key now",
  description: "The newest key is left. To end that one, rotate with `overlap_hours: 0`.",
  security: "administrator",
  pathParameters: keysPath,
  answers: { 200: { description: "What is left.", content: json(keysAnswerSchema, ONE_LEFT) } },
  problems: ["not_found", "keys_changed"],
});

/** Ends the old key now. A request that is on its way at this moment still carries what it was signed with. */
keyRoutes.post(`${KEYS_PATH}/revoke`, async (c) => {
  const named = await namedKeys(c);
  if (named === null) return respondWithProblem(c, problem("not_found"));
  return storeKeys(c, named, keepNewestKey(named.keys, c.var.deps.now()));
});

export const deleteKey = operation({
  id: "deleteKey",
  method: "delete",
  path: "/admin/applications/{id}/keys/{purpose}/{key_id}",
  tag: "Applications",
  summary: "End one key now",
  description:
    "Ending the newest key undoes a rotation: the key before it takes its place and no longer expires. That helps when the answer with the new key got lost.",
  security: "administrator",
  pathParameters: keysPath.extend({ key_id: z.string() }),
  answers: { 200: { description: "What is left.", content: json(keysAnswerSchema, ONE_LEFT) } },
  problems: ["not_found", "last_key", "keys_changed"],
});

keyRoutes.delete(`${KEYS_PATH}/:key_id`, async (c) => {
  const named = await namedKeys(c);
  if (named === null) return respondWithProblem(c, problem("not_found"));
  const left = endKey(named.keys, c.req.param("key_id"), c.var.deps.now());
  if (left.ok) return storeKeys(c, named, left.value);
  return respondWithProblem(c, problem(left.error === "last_key" ? "last_key" : "not_found"));
});
