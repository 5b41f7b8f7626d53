import type { ApplicationWithHealth } from "../../../db/endpoint-health.ts";
import { endpointState, type EndpointState } from "../../../webhooks/endpoint-health.ts";

/** What needs a person first. */
const URGENCY: Record<EndpointState, number> = { disabled: 0, open: 1, failing: 2, healthy: 3 };

/** An application without an endpoint has none in trouble. */
const urgencyOf = ({ application: { webhookUrl }, health }: ApplicationWithHealth): number =>
  webhookUrl === null ? URGENCY.healthy : URGENCY[endpointState(health)];

/** Applications whose endpoint is in trouble, the worst first, and then the others; otherwise as they come. */
export const inTroubleFirst = (applications: readonly ApplicationWithHealth[]): ApplicationWithHealth[] =>
  applications.toSorted((a, b) => urgencyOf(a) - urgencyOf(b));
