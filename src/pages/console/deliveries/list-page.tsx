import { WEBHOOK_EVENTS } from "../../../applications/application.ts";
import type { DeliveryQuery, DeliverySummary } from "../../../db/deliveries.ts";
import type { ApplicationWithHealth } from "../../../db/endpoint-health.ts";
import type { Recovery } from "../../../webhooks/recovery.ts";
import { LISTED_STATUSES } from "../../../webhooks/outbox.ts";
import { shortId } from "../../format.ts";
import { ConsolePage } from "../console-page.tsx";
import { Ask } from "../../ask.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";
import { Choice, DeliveryBadge, Pages, Table } from "../../parts.tsx";
import { Time } from "../../time.tsx";
import { HEALTHY, type EndpointHealth } from "../../../webhooks/endpoint-health.ts";
import { Endpoints } from "./endpoints.tsx";
import { UpcomingAttempt } from "./upcoming-attempt.tsx";
import { outcomeText } from "./outcome.ts";
import { DELIVERY_RETENTION_DAYS } from "../../../bounds.ts";

const HOME = "/console/deliveries";

/** What the page of deliveries shows: those of one application. */
export interface ShownDeliveries {
  /** Those whose endpoint is in trouble first. */
  applications: readonly ApplicationWithHealth[];
  /** The application whose deliveries are shown; null when there is none at all. */
  applicationId: number | null;
  query: DeliveryQuery;
  deliveries: readonly DeliverySummary[];
  /** The cursor of the next page. */
  next: string | null;
  /** The recovery that runs, if one does. */
  recovery: Recovery | null;
  /** Unix milliseconds. */
  now: number;
}

/** The address of this list with these filters, from a place on. */
function listPath({ applicationId, query }: ShownDeliveries, cursor: string | null): string {
  const { status, event, recordId } = query;
  const filters = { application_id: String(applicationId ?? ""), status, event, record_id: recordId, cursor };
  const given = Object.entries(filters).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `${HOME}?${new URLSearchParams(given).toString()}`;
}

const Filters = ({ shown: { applications, applicationId, query } }: { shown: ShownDeliveries }) => (
  <form class="filters" method="get" action={HOME}>
    <Choice
      name="application_id"
      label="Application"
      value={String(applicationId ?? "")}
      options={applications.map(({ application: { id, name } }) => [String(id), `${id} · ${name}`] as const)}
    />
    <Choice
      name="status"
      label="Status"
      value={query.status ?? ""}
      options={[["", "Any"], ...LISTED_STATUSES.map((status) => [status, status] as const)]}
    />
    <Choice
      name="event"
      label="Event"
      value={query.event ?? ""}
      options={[["", "Any"], ...WEBHOOK_EVENTS.map((event) => [event, event] as const)]}
    />
    <div class="field grow">
      <label for="record_id">Record</label>
      <input
        id="record_id"
        name="record_id"
        value={query.recordId ?? ""}
        maxlength={36}
        placeholder="complete record id"
      />
    </div>
    <button>Show</button>
  </form>
);

const Row = ({ delivery, health, now }: { delivery: DeliverySummary; health: EndpointHealth; now: number }) => (
  <tr>
    <td>
      <a class="name" href={`${HOME}/${delivery.eventId}`}>
        {delivery.eventType}
      </a>
      <div class="quiet small">
        <code>{shortId(delivery.recordId)}</code>
      </div>
    </td>
    <td>
      <DeliveryBadge status={delivery.status} />
    </td>
    <td class="number">{delivery.attempts.length}</td>
    <td>{outcomeText(delivery.attempts.at(-1))}</td>
    <td>
      <Time at={delivery.createdAt} />
    </td>
    <td>
      <UpcomingAttempt delivery={delivery} health={health} now={now} />
    </td>
  </tr>
);

const HEAD = (
  <>
    <th scope="col">Event</th>
    <th scope="col">Status</th>
    <th scope="col" class="number">
      Attempts
    </th>
    <th scope="col">Last response</th>
    <th scope="col">Created</th>
    <th scope="col">Next attempt</th>
  </>
);

/** How far back a recovery may go, in hours. */
export const RECOVERY_HOURS = [
  [1, "the last hour"],
  [24, "the last day"],
  [7 * 24, "the last week"],
  [30 * 24, "the last 30 days"],
] as const;

const Recover = ({ session, shown }: { session: ConsoleSession; shown: ShownDeliveries }) => (
  <section class="card" aria-labelledby="recover">
    <h2 id="recover">Redeliver failed webhooks</h2>
    <p>
      Every <em>exhausted</em> or <em>undelivered</em> webhook is rescheduled with a full set of attempts, in order for
      each record.
    </p>
    {shown.recovery === null ? (
      <Ask act="Redeliver">
        <p>Its endpoint receives each of them again. A job cannot be stopped once it runs.</p>
        <Form session={session} action={`${HOME}/recover`} class="filters">
          <input type="hidden" name="application_id" value={String(shown.applicationId ?? "")} />
          <input type="hidden" name="as_of" value={String(shown.now)} />
          <Choice
            name="hours"
            label="Created in"
            value="24"
            options={RECOVERY_HOURS.map(([hours, text]) => [String(hours), text] as const)}
          />
          <button class="primary">Redeliver now</button>
        </Form>
      </Ask>
    ) : (
      <p>
        <a href={`${HOME}/recoveries/${shown.recovery.applicationId}/${shown.recovery.id}`}>
          A job is already running.
        </a>
      </p>
    )}
  </section>
);

const isNarrowed = ({ status, event, recordId, before }: DeliveryQuery): boolean =>
  status !== null || event !== null || recordId !== null || before !== null;

const Empty = ({ shown }: { shown: ShownDeliveries }) => (
  <div class="empty">
    <h2>{isNarrowed(shown.query) ? "No matching deliveries" : "No deliveries yet"}</h2>
    <p>
      A webhook is sent when a record becomes completed or failed, if the application has a webhook URL. It is kept for{" "}
      {DELIVERY_RETENTION_DAYS} days.
    </p>
    {isNarrowed(shown.query) && (
      <p class="actions">
        <a class="button" href={`${HOME}?application_id=${shown.applicationId}`}>
          Show all
        </a>
      </p>
    )}
  </div>
);

const healthOf = ({ applications, applicationId }: ShownDeliveries): EndpointHealth =>
  applications.find(({ application: { id } }) => id === applicationId)?.health ?? HEALTHY;

const List = ({ shown }: { shown: ShownDeliveries }) =>
  shown.deliveries.length === 0 ? (
    <Empty shown={shown} />
  ) : (
    <>
      <Table label="Deliveries" head={HEAD}>
        {shown.deliveries.map((delivery) => (
          <Row delivery={delivery} health={healthOf(shown)} now={shown.now} />
        ))}
      </Table>
      <Pages
        first={shown.query.before === null ? null : listPath(shown, null)}
        next={shown.next === null ? null : listPath(shown, shown.next)}
      />
    </>
  );

/** How the endpoints are, and the webhooks of one application, newest first. */
export const DeliveryListPage = ({ session, shown }: { session: ConsoleSession; shown: ShownDeliveries }) => (
  <ConsolePage title="Deliveries" session={session} place="/console/deliveries">
    <div class="title">
      <h1>Deliveries</h1>
    </div>
    {shown.applicationId === null ? (
      <div class="empty">
        <h2>No application yet</h2>
        <p>Webhooks are sent to the endpoints of applications.</p>
        <p class="actions">
          <a class="button" href="/console">
            Back to applications
          </a>
        </p>
      </div>
    ) : (
      <>
        <Endpoints applications={shown.applications} now={shown.now} />
        <h2 id="list">Webhooks</h2>
        <Filters shown={shown} />
        <List shown={shown} />
        <Recover session={session} shown={shown} />
      </>
    )}
  </ConsolePage>
);
