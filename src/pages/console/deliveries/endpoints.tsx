import type { ApplicationWithHealth } from "../../../db/endpoint-health.ts";
import { EndpointBadge } from "../applications/badges.tsx";
import { Table } from "../../parts.tsx";
import { Time } from "../../time.tsx";

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

const Row = ({ application, health }: ApplicationWithHealth) => (
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
    <td>{health.probeAt === null ? "–" : <Time at={health.probeAt} />}</td>
    <td class="small">{health.reason ?? "–"}</td>
  </tr>
);

/** How the endpoints of all applications are doing. */
export const Endpoints = ({ applications }: { applications: readonly ApplicationWithHealth[] }) => (
  <section class="card" aria-labelledby="endpoints">
    <h2 id="endpoints">Endpoints</h2>
    <p>
      After ten consecutive failures, an endpoint’s circuit breaker opens: its events are held while one probe at a time
      checks whether it is back. After five days without a success, the endpoint is disabled.
    </p>
    <Table label="Endpoints" head={HEAD}>
      {applications.map(({ application, health }) => (
        <Row application={application} health={health} />
      ))}
    </Table>
  </section>
);
