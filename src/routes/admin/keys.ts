import type { Context } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../http/app-env.ts";
import { rotationSchema } from "../../applications/application-settings.ts";
import { endKeyById, revokeOldKeys, rotateKey, type KeyListName } from "../../administration/keys.ts";
import { KEY_PURPOSES, type SealedKey } from "../../applications/application.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_KEYS } from "../../openapi/samples.ts";
import type { Problem } from "../../problems/problem.ts";
import { respondWithProblem } from "../../http/respond.ts";
import type { Result } from "../../result.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { applicationSchema, keyListSchema, presentKeys } from "../../http/bodies/application-bodies.ts";

const keysPath = z.object({ id: applicationSchema.shape.id, purpose: z.enum(KEY_PURPOSES) });
const keysAnswerSchema = z.object({ keys: keyListSchema }).meta({ id: "Keys" });
const newKeyAnswerSchema = keysAnswerSchema
  .extend({ key: z.string() })
  .meta({ id: "NewKey", description: "A key, which is not shown again." });
const ONE_LEFT = { keys: { summary: "The newest key is left", value: { keys: SAMPLE_KEYS.slice(0, 1) } } };

const KEYS_PATH = "/:id{[0-9]+}/keys/:purpose{hmac|webhook}";

/** Which keys of which application a path names. */
const namedKeys = (c: Context<AppEnv, typeof KEYS_PATH>): KeyListName => ({
  applicationId: Number(c.req.param("id")),
  purpose: c.req.param("purpose") === "hmac" ? "hmac" : "webhook",
});

/** Answers with the keys that are left. */
function respondWithKeys(c: Context<AppEnv>, left: Result<SealedKey[], Problem>): Response {
  if (!left.ok) return respondWithProblem(c, left.error);
  return c.json({ keys: presentKeys(left.value, c.var.deps.now()) }, 200, { "cache-control": "no-store" });
}

export const rotateKeyOperation = operation({
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
  responses: {
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
  handler: async (c) => {
    const body = await parseJsonBody(c.req.raw, rotationSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    const rotated = await rotateKey(namedKeys(c), body.value, c.var.administrator, c.var.deps);
    if (!rotated.ok) return respondWithProblem(c, rotated.error);
    const { key, keys } = rotated.value;
    return c.json({ key, keys: presentKeys(keys, c.var.deps.now()) }, 200, { "cache-control": "no-store" });
  },
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
  responses: { 200: { description: "What is left.", content: json(keysAnswerSchema, ONE_LEFT) } },
  problems: ["not_found", "keys_changed"],
  handler: async (c) => respondWithKeys(c, await revokeOldKeys(namedKeys(c), c.var.administrator, c.var.deps)),
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
  responses: { 200: { description: "What is left.", content: json(keysAnswerSchema, ONE_LEFT) } },
  problems: ["not_found", "last_key", "keys_changed"],
  handler: async (c) =>
    respondWithKeys(c, await endKeyById(namedKeys(c), c.req.param("key_id"), c.var.administrator, c.var.deps)),
});
