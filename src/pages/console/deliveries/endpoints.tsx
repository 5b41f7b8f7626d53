import type { ApplicationWithHealth } from "../../../db/endpoint-health.ts";
import { DAY_MS } from "../../../time.ts";
import { DISABLE_AFTER_MS, FAILURES_TO_OPEN } from "../../../webhooks/endpoint-health.ts";
import { EndpointBadge } from "../applications/badges.tsx";
import { Table } from "../../parts.tsx";
import { Due, Time } from "../../time.tsx";

const HEAD = (
  <>
    <th scope="col">Application</th>
    <th scope="col">Endpoint</th>
    <th scope="col">State</th>
    <th scope="col">Failing since</th>
    <th scope="col">Next probe</th>
    <th scope="col">Last reason</th>
  </>
);

const Row = ({ application, health, now }: ApplicationWithHealth & { now: number }) => (
  <tr>
    <td>
      <a class="name" href={`/console/deliveries?application_id=${application.id}`}>
        {application.name}
      </a>
    </td>
    <td class="small">{application.webhookUrl === null ? "none" : new URL(application.webhookUrl).host}</td>
    <td>
      <EndpointBadge webhookUrl={application.webhookUrl} health={health} />
    </td>
    <td>{health.failingSince === null ? "–" : <Time at={health.failingSince} />}</td>
    <td>{health.probeAt === null ? "–" : <Due at={health.probeAt} now={now} />}</td>
    <td class="small">{health.reason ?? "–"}</td>
  </tr>
);

interface Content {
  applications: readonly ApplicationWithHealth[];
  /** Unix milliseconds. */
  now: number;
}

/** How the endpoints of all applications are doing. */
export const Endpoints = ({ applications, now }: Content) => (
  <section class="card" aria-labelledby="endpoints">
    <h2 id="endpoints">Endpoints</h2>
    <p>
      After {FAILURES_TO_OPEN} consecutive failures, an endpoint’s circuit breaker opens: its events are held while one
      probe at a time checks whether it is back. After {DISABLE_AFTER_MS / DAY_MS} days without a success, the endpoint
      is disabled. Endpoints in trouble come first.
    </p>
    <Table label="Endpoints" head={HEAD}>
      {applications.map(({ application, health }) => (
        <Row application={application} health={health} now={now} />
      ))}
    </Table>
  </section>
);
