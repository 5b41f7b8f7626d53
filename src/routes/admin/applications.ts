import { Hono } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../app-env.ts";
import { DEFAULT_WEBHOOK_EVENTS } from "../../auth/application.ts";
import { addApplication, type ApplicationDraft } from "../../auth/add-application.ts";
import { generateKey } from "../../auth/key-sealing.ts";
import { changeApplication, insertApplication, nextApplicationId } from "../../db/applications.ts";
import { lastSuccessAt } from "../../db/deliveries.ts";
import { allApplications, applicationWithHealth } from "../../db/endpoint-health.ts";
import { json, operation } from "../../openapi/operation.ts";
import { SAMPLE_APPLICATION } from "../../openapi/samples.ts";
import { problem } from "../../problems.ts";
import { respondWithProblem } from "../../respond.ts";
import { afterSuccess, HEALTHY } from "../../webhooks/endpoint-health.ts";
import { changeHealth } from "../../webhooks/health-store.ts";
import { parseJsonBody } from "../json-body.ts";
import {
  applicationSchema,
  changeSchema,
  createSchema,
  newApplicationSchema,
  presentApplication,
} from "./application-bodies.ts";
import { asTime } from "./delivery-bodies.ts";
import { refuseWebhookUrl } from "./webhook-url.ts";

const DEFAULT_RETENTION_DAYS = 90;

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

const toDraft = (body: z.infer<typeof createSchema>, createdAt: number): ApplicationDraft => ({
  ...(body.id !== undefined && { id: body.id }),
  active: true,
  webhookUrl: null,
  webhookEvents: [...DEFAULT_WEBHOOK_EVENTS],
  imageRetentionDays: DEFAULT_RETENTION_DAYS,
  requireTimestamp: false,
  rateLimits: {},
  ...toChanges(body),
  name: body.name,
  createdAt,
  modifiedAt: createdAt,
});

const applicationPath = z.object({ id: applicationSchema.shape.id });
const ONE = { application: { summary: "An application", value: SAMPLE_APPLICATION } };

export const applicationRoutes = new Hono<AppEnv>();

export const listApplications = operation({
  id: "listApplications",
  method: "get",
  path: "/admin/applications",
  tag: "Applications",
  summary: "List all applications",
  security: "administrator",
  answers: {
    200: {
      description: "Every application, by its id.",
      content: json(z.array(applicationSchema), { one: { summary: "One application", value: [SAMPLE_APPLICATION] } }),
    },
  },
  problems: [],
});

applicationRoutes.get("/", async (c) => {
  const { db, now } = c.var.deps;
  const applications = await allApplications(db);
  return c.json(applications.map(({ application, health }) => presentApplication(application, health, now())));
});

export const createApplication = operation({
  id: "createApplication",
  method: "post",
  path: "/admin/applications",
  tag: "Applications",
  summary: "Make an application",
  description: "To move over from another service, bring its id and its two keys along.",
  security: "administrator",
  body: json(createSchema, {
    new: { summary: "A new application", value: { name: "my app", webhook_url: "https://example.com/hooks/morsel" } },
    moved: {
      summary: "One that moves over",
      value: {
        name: "my app",
        id: 4711,
        hmac_key: "hmac-key-from-elsewhere-0123456789",
        webhook_signature_key: "webhook-key-from-elsewhere-0123456789",
      },
    },
  }),
  answers: {
    201: {
      description: "The application. Its keys are in this answer and in no other.",
      content: json(newApplicationSchema, {
        application: {
          summary: "An application with its keys",
          value: {
            ...SAMPLE_APPLICATION,
            hmac_key: "3q2-7wEBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs",
            webhook_signature_key: "G1wYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEB774q3q0",
          },
        },
      }),
    },
  },
  problems: ["malformed_request", "id_taken", "invalid_request", "temporarily_unavailable"],
});

applicationRoutes.post("/", async (c) => {
  const { config, db, now, outbound, randomBytes } = c.var.deps;
  const body = await parseJsonBody(c.req.raw, createSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const refused = await refuseWebhookUrl(body.value.webhook_url, outbound);
  if (refused !== null) return respondWithProblem(c, refused);

  const { hmac_key = generateKey(randomBytes), webhook_signature_key = generateKey(randomBytes) } = body.value;
  const createdAt = now();
  const keys = { hmac: hmac_key, webhook: webhook_signature_key };
  const stored = await addApplication(toDraft(body.value, createdAt), keys, {
    masterKeys: config.masterKeys,
    randomBytes,
    nextId: () => nextApplicationId(db),
    insert: (application) => insertApplication(db, application),
  });
  if (stored === "id_taken") return respondWithProblem(c, problem("id_taken"));
  return c.json({ ...presentApplication(stored, HEALTHY, createdAt), hmac_key, webhook_signature_key }, 201, {
    "cache-control": "no-store",
  });
});

export const readApplication = operation({
  id: "readApplication",
  method: "get",
  path: "/admin/applications/{id}",
  tag: "Applications",
  summary: "Read an application",
  security: "administrator",
  pathParameters: applicationPath,
  answers: {
    200: {
      description: "The application, with its keys' ids and times, without the keys.",
      content: json(applicationSchema, ONE),
    },
  },
  problems: ["not_found"],
});

applicationRoutes.get("/:id{[0-9]+}", async (c) => {
  const { db, now } = c.var.deps;
  const found = await applicationWithHealth(db, Number(c.req.param("id")));
  if (found === null) return respondWithProblem(c, problem("not_found"));
  const { application, health } = found;
  const presented = presentApplication(application, health, now());
  const lastSuccess = await lastSuccessAt(db, application.id, health.failingSince ?? now());
  return c.json({
    ...presented,
    webhook_health: { ...presented.webhook_health, last_success_at: asTime(lastSuccess) },
  });
});

export const changeApplicationOperation = operation({
  id: "changeApplication",
  method: "patch",
  path: "/admin/applications/{id}",
  tag: "Applications",
  summary: "Change an application",
  description:
    "An application that is no longer `active` is shut out everywhere within half a minute. Setting `webhook_url`, be it to the same, has an endpoint that was disabled tried again.",
  security: "administrator",
  pathParameters: applicationPath,
  body: json(changeSchema, {
    webhook: { summary: "Another endpoint", value: { webhook_url: "https://example.com/hooks/other" } },
    inactive: { summary: "Shut it out", value: { active: false } },
  }),
  answers: { 200: { description: "The application as it is now.", content: json(applicationSchema, ONE) } },
  problems: ["malformed_request", "not_found", "invalid_request", "temporarily_unavailable"],
});

/** Changes settings. Whoever sets the webhook URL, be it to the same, has an endpoint that was disabled tried again. */
applicationRoutes.patch("/:id{[0-9]+}", async (c) => {
  const { db, directory, now, outbound, webhooks } = c.var.deps;
  const body = await parseJsonBody(c.req.raw, changeSchema);
  if (!body.ok) return respondWithProblem(c, body.error);
  const refused = await refuseWebhookUrl(body.value.webhook_url, outbound);
  if (refused !== null) return respondWithProblem(c, refused);
  const id = Number(c.req.param("id"));
  const changed = await changeApplication(db, id, { ...toChanges(body.value), modifiedAt: now() });
  directory.forget(id);
  if (changed === null) return respondWithProblem(c, problem("not_found"));
  const health =
    body.value.webhook_url === undefined
      ? await webhooks.readHealth(id)
      : await changeHealth(id, afterSuccess, webhooks);
  return c.json(presentApplication(changed, health, now()));
});
