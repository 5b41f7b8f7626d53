import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../app-env.ts";
import { WEBHOOK_EVENTS, type Application } from "../../auth/application.ts";
import { sealKey } from "../../auth/key-sealing.ts";
import { allApplications, applicationById, changeApplication, insertApplication } from "../../db/applications.ts";
import { problem } from "../../problems.ts";
import { respondWithProblem } from "../../respond.ts";
import { parseJsonBody } from "../json-body.ts";
import { refuseWebhookUrl } from "./webhook-url.ts";

const MIN_KEY_LENGTH = 16;
/** Standard Webhooks asks for 24 to 64 bytes; a generated key has 32, as base64url text. */
const GENERATED_KEY_BYTES = 32;
const DEFAULT_RETENTION_DAYS = 90;

const settings = {
  name: z.string().min(1).max(200),
  webhook_url: z.string().max(2000).nullable(),
  webhook_events: z.array(z.enum(WEBHOOK_EVENTS)),
  image_retention_days: z.int().min(0).max(3650),
  require_timestamp: z.boolean(),
  rate_limits: z.record(z.string(), z.int().min(1)),
  active: z.boolean(),
};
const key = z.string().min(MIN_KEY_LENGTH).max(256);
const changeSchema = z.object(settings).partial();
/** Whoever moves over from another service brings its id and keys along; both are made up otherwise. */
const createSchema = changeSchema.extend({
  name: settings.name,
  id: z.int().positive().optional(),
  hmac_key: key.optional(),
  webhook_signature_key: key.optional(),
});

const present = (application: Application) => ({
  id: application.id,
  name: application.name,
  webhook_url: application.webhookUrl,
  webhook_events: application.webhookEvents,
  image_retention_days: application.imageRetentionDays,
  require_timestamp: application.requireTimestamp,
  rate_limits: application.rateLimits,
  active: application.active,
  created_at: new Date(application.createdAt).toISOString(),
  modified_at: new Date(application.modifiedAt).toISOString(),
});

/** Drops the fields that a request left out, so that the database keeps what it has. */
function toChanges(body: z.infer<typeof changeSchema>): Parameters<typeof changeApplication>[2] {
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.webhook_url !== undefined && { webhookUrl: body.webhook_url }),
    ...(body.webhook_events !== undefined && { webhookEvents: body.webhook_events }),
    ...(body.image_retention_days !== undefined && { imageRetentionDays: body.image_retention_days }),
    ...(body.require_timestamp !== undefined && { requireTimestamp: body.require_timestamp }),
    ...(body.rate_limits !== undefined && { rateLimits: body.rate_limits }),
    ...(body.active !== undefined && { active: body.active }),
  };
}

export const applicationRoutes = new Hono<AppEnv>();

applicationRoutes.get("/", async (c) => {
  const applications = await allApplications(c.var.deps.db);
  return c.json(applications.map(present));
});

applicationRoutes.post("/", async (c) => {
  const { config, db, now, outbound, randomBytes } = c.var.deps;
  const body = await parseJsonBody(c.req.raw, createSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const refused = await refuseWebhookUrl(body.value.webhook_url, outbound);
  if (refused !== null) return respondWithProblem(c, refused);

  const generateKey = (): string =>
    randomBytes(new Uint8Array(GENERATED_KEY_BYTES)).toBase64({ alphabet: "base64url", omitPadding: true });
  const { id, name, hmac_key = generateKey(), webhook_signature_key = generateKey() } = body.value;
  const createdAt = now();
  const stored = await insertApplication(db, {
    ...(id !== undefined && { id }),
    active: true,
    webhookUrl: null,
    webhookEvents: [...WEBHOOK_EVENTS],
    imageRetentionDays: DEFAULT_RETENTION_DAYS,
    requireTimestamp: false,
    rateLimits: {},
    ...toChanges(body.value),
    name,
    hmacKeys: [await sealKey(hmac_key, config.masterKeys, createdAt, randomBytes)],
    webhookKeys: [await sealKey(webhook_signature_key, config.masterKeys, createdAt, randomBytes)],
    createdAt,
    modifiedAt: createdAt,
  });
  if (stored === "id_taken") return respondWithProblem(c, problem("id_taken"));
  return c.json({ ...present(stored), hmac_key, webhook_signature_key }, 201, { "cache-control": "no-store" });
});

applicationRoutes.get("/:id{[0-9]+}", async (c) => {
  const application = await applicationById(c.var.deps.db, Number(c.req.param("id")));
  return application === null ? respondWithProblem(c, problem("not_found")) : c.json(present(application));
});

applicationRoutes.patch("/:id{[0-9]+}", async (c) => {
  const { db, directory, now, outbound } = c.var.deps;
  const body = await parseJsonBody(c.req.raw, changeSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const refused = await refuseWebhookUrl(body.value.webhook_url, outbound);
  if (refused !== null) return respondWithProblem(c, refused);
  const id = Number(c.req.param("id"));
  const changed = await changeApplication(db, id, { ...toChanges(body.value), modifiedAt: now() });
  directory.forget(id);
  return changed === null ? respondWithProblem(c, problem("not_found")) : c.json(present(changed));
});
