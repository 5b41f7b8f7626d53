import { testEndpoint } from "../../administration/webhooks.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_TEST_RESULT } from "../../openapi/samples.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { presentAttemptInFull, testResultSchema } from "../../http/bodies/delivery-bodies.ts";
import { applicationPath } from "./application-path.ts";

export const sendTest = operation({
  id: "sendTestEvent",
  method: "post",
  path: "/admin/applications/{id}/test",
  tag: "Webhooks",
  summary: "Send a signed sample event",
  description:
    'The body is that of a completed record with `"test": true`. The call waits for the endpoint\'s response. A successful test re-enables a disabled endpoint.',
  security: "administrator",
  pathParameters: applicationPath,
  responses: {
    200: {
      description: "What was sent and how the endpoint responded; `delivered` says whether it was accepted.",
      content: json(testResultSchema, { taken: { summary: "Accepted by the endpoint", value: SAMPLE_TEST_RESULT } }),
    },
  },
  problems: ["not_found", "no_webhook_url"],
  /** Sends a signed sample event and shows the endpoint's response. */
  handler: async (c) => {
    const result = await testEndpoint(Number(c.req.param("id")), c.var.administrator, c.var.deps);
    if (!result.ok) return respondWithProblem(c, result.error);
    const { delivered, eventId, body, attempt } = result.value;
    return c.json({ delivered, event_id: eventId, body, ...presentAttemptInFull(attempt) }, 200, {
      "cache-control": "no-store",
    });
  },
});
