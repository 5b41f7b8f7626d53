import type { Context } from "hono";
import { z } from "zod";
import type { AppEnv } from "../../http/app-env.ts";
import { resendDelivery } from "../../administration/webhooks.ts";
import { deliveryById, listDeliveries } from "../../db/deliveries.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_DELIVERY, SAMPLE_DELIVERY_DETAIL, SAMPLE_EVENT_ID } from "../../openapi/samples.ts";
import { problem } from "../../problems/problem.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { nextPage } from "../../http/next-page.ts";
import {
  deliveryDetailSchema,
  deliverySchema,
  presentDelivery,
  presentDeliveryInFull,
} from "../../http/bodies/delivery-bodies.ts";
import { deliveryCursor, deliveryListSchema, parseDeliveryQuery } from "../../http/queries/delivery-query.ts";
import { applicationPath } from "./application-path.ts";

const notFound = (c: Context<AppEnv>): Response => respondWithProblem(c, problem("not_found"));

const deliveryPath = applicationPath.extend({ delivery_id: z.string().meta({ examples: [SAMPLE_EVENT_ID] }) });

export const listDeliveriesOperation = operation({
  id: "listDeliveries",
  method: "get",
  path: "/admin/applications/{id}/deliveries",
  tag: "Webhooks",
  summary: "List an application's webhooks",
  description: "Newest first. Every page but the last links to the next one in its `Link` header.",
  security: "administrator",
  pathParameters: applicationPath,
  query: deliveryListSchema,
  responses: {
    200: {
      description: "A page of deliveries.",
      headers: ["Link"],
      content: json(z.array(deliverySchema), { one: { summary: "A delivered one", value: [SAMPLE_DELIVERY] } }),
    },
  },
  problems: ["invalid_request"],
  handler: async (c) => {
    const query = parseDeliveryQuery(new URL(c.req.url).searchParams);
    if (!query.ok) return respondWithProblem(c, query.error);
    const { limit } = query.value;
    const found = await listDeliveries(c.var.deps.db, Number(c.req.param("id")), { ...query.value, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const headers: Record<string, string> = { "cache-control": "no-store" };
    if (found.length > limit && last !== undefined) {
      headers["link"] = `<${nextPage(c.req.url, originOf(c), deliveryCursor(last))}>; rel="next"`;
    }
    return c.json(page.map(presentDelivery), 200, headers);
  },
});

export const readDelivery = operation({
  id: "readDelivery",
  method: "get",
  path: "/admin/applications/{id}/deliveries/{delivery_id}",
  tag: "Webhooks",
  summary: "Read a webhook with its requests and responses",
  security: "administrator",
  pathParameters: deliveryPath,
  responses: {
    200: {
      description: "The delivery, with the body that was sent and the headers of each attempt.",
      content: json(deliveryDetailSchema, { one: { summary: "A delivered one", value: SAMPLE_DELIVERY_DETAIL } }),
    },
  },
  problems: ["not_found"],
  handler: async (c) => {
    const delivery = await deliveryById(c.var.deps.db, c.req.param("delivery_id").toLowerCase());
    if (delivery === null || delivery.applicationId !== Number(c.req.param("id"))) return notFound(c);
    return c.json(presentDeliveryInFull(delivery), 200, { "cache-control": "no-store" });
  },
});

const resendSchema = z
  .object({ delivery_id: z.string(), status: z.literal("queued") })
  .meta({ id: "Resend", description: "A queued redelivery of an event." });

export const resendDeliveryOperation = operation({
  id: "resendDelivery",
  method: "post",
  path: "/admin/applications/{id}/deliveries/{delivery_id}/resend",
  tag: "Webhooks",
  summary: "Resend a webhook",
  description:
    "Makes one attempt immediately, with the same id and the same bytes. If it fails, scheduled retries continue as planned; if it succeeds, they are canceled.",
  security: "administrator",
  pathParameters: deliveryPath,
  responses: {
    202: {
      description: "The attempt is queued; the delivery will show its outcome.",
      headers: ["Location"],
      content: json(resendSchema, {
        queued: { summary: "Queued", value: { delivery_id: SAMPLE_DELIVERY.delivery_id, status: "queued" } },
      }),
    },
  },
  problems: ["not_found", "no_webhook_url", "endpoint_disabled", "not_its_turn", "body_not_kept"],
  handler: async (c) => {
    const applicationId = Number(c.req.param("id"));
    const deliveryId = c.req.param("delivery_id").toLowerCase();
    const sent = await resendDelivery(applicationId, deliveryId, c.var.administrator, c.var.deps);
    if (!sent.ok) return respondWithProblem(c, sent.error);
    const location = `${originOf(c)}/admin/applications/${applicationId}/deliveries/${deliveryId}`;
    return c.json({ delivery_id: deliveryId, status: "queued" }, 202, { location, "cache-control": "no-store" });
  },
});
