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
import { keyListSchema, presentKeys } from "../../http/bodies/application-bodies.ts";
import { applicationPath } from "./application-path.ts";

const keysPath = applicationPath.extend({ purpose: z.enum(KEY_PURPOSES).meta({ examples: ["hmac"] }) });
const keysResponseSchema = z.object({ keys: keyListSchema }).meta({ id: "Keys" });
const newKeyResponseSchema = keysResponseSchema
  .extend({ key: z.string() })
  .meta({ id: "NewKey", description: "A new key, shown only this once." });
const ONE_LEFT = { keys: { summary: "Only the newest key remains", value: { keys: SAMPLE_KEYS.slice(0, 1) } } };

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
  summary: "Rotate a key",
  description:
    "During the overlap, both the old and the new key are accepted for logins, and both sign `webhook-signature`; `x-body-signature` always uses the newest key. At most two keys can be active at once.",
  security: "administrator",
  pathParameters: keysPath,
  body: json(rotationSchema, {
    day: { summary: "Overlap of one day", value: { overlap_hours: 24 } },
    leaked: { summary: "The old key has leaked", value: { overlap_hours: 0 } },
  }),
  responses: {
    200: {
      description: "The new key. It is returned only in this response.",
      content: json(newKeyResponseSchema, {
        rotated: {
          summary: "Both keys are active",
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
  summary: "Revoke the old key",
  description: "Only the newest key remains. To revoke that one, rotate with `overlap_hours: 0`.",
  security: "administrator",
  pathParameters: keysPath,
  responses: { 200: { description: "The remaining keys.", content: json(keysResponseSchema, ONE_LEFT) } },
  problems: ["not_found", "keys_changed"],
  handler: async (c) => respondWithKeys(c, await revokeOldKeys(namedKeys(c), c.var.administrator, c.var.deps)),
});

export const deleteKey = operation({
  id: "deleteKey",
  method: "delete",
  path: "/admin/applications/{id}/keys/{purpose}/{key_id}",
  tag: "Applications",
  summary: "Revoke one key",
  description:
    "Revoking the newest key leaves the previous one valid until its `expires_at` and no longer: rotate again before then, or the application has no key. This helps if the response with the new key was lost, or if the new key has leaked.",
  security: "administrator",
  pathParameters: keysPath.extend({ key_id: z.string().meta({ examples: SAMPLE_KEYS.slice(1).map(({ id }) => id) }) }),
  responses: { 200: { description: "The remaining keys.", content: json(keysResponseSchema, ONE_LEFT) } },
  problems: ["not_found", "last_key", "keys_changed"],
  handler: async (c) =>
    respondWithKeys(c, await endKeyById(namedKeys(c), c.req.param("key_id"), c.var.administrator, c.var.deps)),
});
