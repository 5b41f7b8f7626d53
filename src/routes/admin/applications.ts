import { z } from "zod";
import { changeSettings, createApplication } from "../../administration/applications.ts";
import { changeSchema, createSchema } from "../../applications/application-settings.ts";
import { lastSuccessAt } from "../../db/deliveries.ts";
import { allApplications, applicationWithHealth } from "../../db/endpoint-health.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_APPLICATION } from "../../openapi/samples.ts";
import { problem } from "../../problems/problem.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { HEALTHY } from "../../webhooks/endpoint-health.ts";
import { parseJsonBody } from "../../http/json-body.ts";
import { applicationSchema, newApplicationSchema, presentApplication } from "../../http/bodies/application-bodies.ts";
import { asTime } from "../../http/bodies/delivery-bodies.ts";
import { applicationPath } from "./application-path.ts";

const ONE = { application: { summary: "An application", value: SAMPLE_APPLICATION } };

export const listApplications = operation({
  id: "listApplications",
  method: "get",
  path: "/admin/applications",
  tag: "Applications",
  summary: "List all applications",
  security: "administrator",
  responses: {
    200: {
      description: "Every application, ordered by id.",
      content: json(z.array(applicationSchema), { one: { summary: "One application", value: [SAMPLE_APPLICATION] } }),
    },
  },
  problems: [],
  handler: async (c) => {
    const { db, now } = c.var.deps;
    const applications = await allApplications(db);
    return c.json(applications.map(({ application, health }) => presentApplication(application, health, now())));
  },
});

export const createApplicationOperation = operation({
  id: "createApplication",
  method: "post",
  path: "/admin/applications",
  tag: "Applications",
  summary: "Create an application",
  description: "To migrate from another service, supply its id and its two keys.",
  security: "administrator",
  body: json(createSchema, {
    new: { summary: "A new application", value: { name: "my app", webhook_url: "https://example.com/hooks/morsel" } },
    moved: {
      summary: "A migrated application",
      value: {
        name: "my app",
        id: SAMPLE_APPLICATION.id,
        hmac_key: "hmac-key-from-elsewhere-0123456789",
        webhook_signature_key: "webhook-key-from-elsewhere-0123456789",
      },
    },
  }),
  responses: {
    201: {
      description: "The application. Its keys are returned only in this response.",
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
  handler: async (c) => {
    const body = await parseJsonBody(c.req.raw, createSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    const created = await createApplication(body.value, c.var.administrator, c.var.deps);
    if (!created.ok) return respondWithProblem(c, created.error);
    const { application, hmacKey, webhookKey } = created.value;
    const presented = presentApplication(application, HEALTHY, application.createdAt);
    return c.json({ ...presented, hmac_key: hmacKey, webhook_signature_key: webhookKey }, 201, {
      "cache-control": "no-store",
    });
  },
});

export const readApplication = operation({
  id: "readApplication",
  method: "get",
  path: "/admin/applications/{id}",
  tag: "Applications",
  summary: "Read an application",
  security: "administrator",
  pathParameters: applicationPath,
  responses: {
    200: {
      description: "The application, with the ids and times of its keys but without the keys.",
      content: json(applicationSchema, ONE),
    },
  },
  problems: ["not_found"],
  handler: async (c) => {
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
  },
});

export const changeApplicationOperation = operation({
  id: "changeApplication",
  method: "patch",
  path: "/admin/applications/{id}",
  tag: "Applications",
  summary: "Change an application",
  description:
    "An application that is no longer `active` loses access everywhere within 30 seconds. Setting `webhook_url`, even to the same value, re-enables a disabled endpoint.",
  security: "administrator",
  pathParameters: applicationPath,
  body: json(changeSchema, {
    webhook: { summary: "A different endpoint", value: { webhook_url: "https://example.com/hooks/other" } },
    inactive: { summary: "Deactivate it", value: { active: false } },
  }),
  responses: { 200: { description: "The application as it is now.", content: json(applicationSchema, ONE) } },
  problems: ["malformed_request", "not_found", "invalid_request", "temporarily_unavailable"],
  handler: async (c) => {
    const body = await parseJsonBody(c.req.raw, changeSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    const changed = await changeSettings(Number(c.req.param("id")), body.value, c.var.administrator, c.var.deps);
    if (!changed.ok) return respondWithProblem(c, changed.error);
    const { application, health } = changed.value;
    return c.json(presentApplication(application, health, c.var.deps.now()));
  },
});
