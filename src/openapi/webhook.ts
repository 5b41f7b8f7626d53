import { operationsEventSchema } from "../operations/event-schema.ts";
import { recordSchema } from "../records/responses.ts";
import type { SignatureHeaders } from "../webhooks/signature.ts";
import type { Header } from "./headers.ts";
import type { SchemaRegistry } from "./json-schema.ts";
import { SAMPLE_OPERATIONS_EVENT } from "./operations-samples.ts";
import { SAMPLE_EVENT_ID, SAMPLE_FAILED_RECORD, SAMPLE_RECORD } from "./samples.ts";
import { ATTEMPT_TIMEOUT_MS, LOGIN_TOLERANCE_SECONDS } from "../bounds.ts";

/** Every header of an attempt, by its name. */
const HEADERS: Readonly<Record<keyof SignatureHeaders | "x-webhook-attempt" | "user-agent", Header>> = {
  "x-body-signature": {
    description:
      "Lower-case hex HMAC-SHA256 of the raw body, with the newest webhook signature key. It includes no time and does not protect against replay: whoever has captured one webhook can send it again forever. It is for receivers written for the service that Morsel replaces; verify `webhook-signature` instead.",
    schema: { type: "string", pattern: "^[0-9a-f]{64}$" },
    example: "3f2b8c0d8f0a6d1e6b7c5a4938271605f4e3d2c1b0a99887766554433221100f",
  },
  "webhook-id": {
    description: "The event's id, the same on every attempt. Deduplicate by it.",
    schema: { type: "string" },
    example: SAMPLE_EVENT_ID,
  },
  "webhook-timestamp": {
    description: "Unix seconds of this attempt.",
    schema: { type: "integer" },
    example: 1_795_429_807,
  },
  "webhook-signature": {
    description:
      'Standard Webhooks 1.0: `v1,` and the base64 of HMAC-SHA256 of `"{webhook-id}.{webhook-timestamp}.{body}"`; one entry for each live key, separated by spaces.',
    schema: { type: "string" },
    example: "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
  },
  "x-webhook-attempt": {
    description: "1 for the first attempt, then 2 and so on.",
    schema: { type: "integer", minimum: 1 },
    example: 1,
  },
  "user-agent": {
    description: "The name of this service, and its version.",
    schema: { type: "string" },
    example: "Morsel/0.1",
  },
};

const parameters = Object.entries(HEADERS).map(([name, header]) => ({ name, in: "header", required: true, ...header }));

const responses = {
  "2XX": { description: "Accepted. The response body is ignored." },
  "410": { description: "Gone: delivery of this event stops permanently." },
  default: { description: "Not accepted; the delivery will be retried." },
};

/** The requests that this service makes of others, as OpenAPI 3.1 has them beside the paths. */
export const describeWebhooks = (registry: SchemaRegistry) => ({
  record: {
    post: {
      operationId: "receiveRecord",
      tags: ["Webhooks"],
      summary: "Receive a record",
      description: `A signed POST to the application's webhook URL when a record becomes \`completed\` or \`failed\` and, if the application asks for it in \`webhook_events\`, when it becomes \`processing\`, \`updated\` or \`canceled\`. The body is the record, as returned by \`GET /nutrition_records/{id}\`.\n\nVerify \`webhook-signature\` before you trust the body, compare in constant time, and reject a \`webhook-timestamp\` that is more than ${LOGIN_TOLERANCE_SECONDS / 60} minutes off: both together make a captured webhook useless. Respond with a 2xx status within ${ATTEMPT_TIMEOUT_MS / 1000} seconds; redirects are not followed. Any other outcome is retried after 5 s, 2 min, 30 min, 2 h, then every 12 h: ten attempts in all, with the same bytes. Delivery is at least once, and in order for each record.`,
      security: [],
      parameters,
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: registry.present(recordSchema, "output"),
            examples: {
              completed: { summary: "A completed record", value: SAMPLE_RECORD },
              failed: { summary: "A failed record", value: SAMPLE_FAILED_RECORD },
            },
          },
        },
      },
      responses,
    },
  },
  operationsEvent: {
    post: {
      operationId: "receiveOperationsEvent",
      tags: ["Operations"],
      summary: "Receive operational events",
      description:
        "A signed POST to `OPERATIONS_WEBHOOK_URL` when an endpoint has failed for 50, 70 and 90 % of the time until it is disabled, when it is disabled and when it recovers, when records fail because no model responds, when a model is misconfigured, when the seven-day error budget is spent, and when stalled records had to be healed. Events are signed with `OPERATIONS_WEBHOOK_KEY`, as the webhooks of applications are with their keys, and retried on the same schedule: at-least-once delivery, ten attempts in all, with the same bytes.\n\nAn event never contains a key, a user's id, or anything that a user wrote. New types and fields may be added: ignore those you do not know.",
      security: [],
      parameters,
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: registry.present(operationsEventSchema, "output"),
            examples: { failing: { summary: "An endpoint keeps failing", value: SAMPLE_OPERATIONS_EVENT } },
          },
        },
      },
      responses,
    },
  },
});
