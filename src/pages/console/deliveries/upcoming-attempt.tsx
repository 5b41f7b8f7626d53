import type { DeliverySummary } from "../../../db/deliveries.ts";
import type { EndpointHealth } from "../../../webhooks/endpoint-health.ts";
import { Due } from "../../time.tsx";

interface Content {
  delivery: Pick<DeliverySummary, "status" | "nextAttemptAt">;
  /** That of the application's endpoint. */
  health: EndpointHealth;
  /** Unix milliseconds. */
  now: number;
}

/** When a webhook is attempted next. A held one is past its own time: it waits for its endpoint. */
export const UpcomingAttempt = ({ delivery: { status, nextAttemptAt }, health, now }: Content) => {
  if (nextAttemptAt === null) return <>none scheduled</>;
  if (status !== "held") return <Due at={nextAttemptAt} now={now} />;
  if (health.probeAt === null) return <>when the endpoint is back</>;
  return (
    <>
      when the endpoint is back; next probe: <Due at={health.probeAt} now={now} />
    </>
  );
};
