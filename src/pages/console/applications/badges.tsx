import type { Application } from "../../../applications/application.ts";
import { endpointState, type EndpointHealth, type EndpointState } from "../../../webhooks/endpoint-health.ts";

const ENDPOINT_BADGES: Record<EndpointState, { look: string; text: string }> = {
  healthy: { look: "good", text: "Endpoint healthy" },
  failing: { look: "warn", text: "Endpoint failing" },
  open: { look: "warn", text: "Endpoint down, being probed" },
  disabled: { look: "bad", text: "Endpoint disabled" },
};

/** Whether an application may call. */
export const ActiveBadge = ({ active }: Pick<Application, "active">) => (
  <span class={active ? "badge good" : "badge"}>{active ? "Active" : "Inactive"}</span>
);

/** How an application's endpoint is doing, if it has one. */
export const EndpointBadge = ({ webhookUrl, health }: { webhookUrl: string | null; health: EndpointHealth }) => {
  if (webhookUrl === null) return <span class="badge">No webhooks</span>;
  const { look, text } = ENDPOINT_BADGES[endpointState(health)];
  return <span class={`badge ${look}`}>{text}</span>;
};
