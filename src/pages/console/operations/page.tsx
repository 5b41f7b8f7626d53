import type { EventQuery } from "../../../db/operations.ts";
import {
  OPERATIONS_EVENT_TYPES,
  type OperationsEventBody,
  type OperationsEventType,
} from "../../../operations/event-schema.ts";
import { EVENT_STATUSES, type OutboxEvent } from "../../../operations/outbox.ts";
import type { TestOutcome } from "../../../operations/send.ts";
import { OPERATIONS_EVENT_RETENTION_DAYS } from "../../../bounds.ts";
import { ConsolePage } from "../console-page.tsx";
import { outcomeText } from "../deliveries/outcome.ts";
import { Form, type ConsoleSession } from "../../form.tsx";
import { formatCount } from "../../format.ts";
import { Choice, EventStatusBadge, FoldedJson, Pages, Table } from "../../parts.tsx";
import { Due, Time } from "../../time.tsx";

const HOME = "/console/operations";

/** The types of events in words. */
const TYPES: Record<OperationsEventType, string> = {
  "endpoint.failing": "Endpoint failing",
  "endpoint.disabled": "Endpoint disabled",
  "endpoint.recovered": "Endpoint recovered",
  "analysis.unavailable": "Records failed: no model responded",
  "model.misconfigured": "Model misconfigured",
  "error_budget.spent": "Error budget spent",
  "records.healed": "Stalled records healed",
  "operations.test": "Test event",
};

/** What the page shows. */
export interface ShownEvents {
  events: readonly OutboxEvent[];
  query: EventQuery;
  /** The cursor of the next page. */
  next: string | null;
  /** Where operational events are sent; null = nowhere. */
  url: string | null;
  /** A test that was just sent. */
  test: TestOutcome | null;
  /** Unix milliseconds. */
  now: number;
}

function listPath({ type, status }: EventQuery, cursor: string | null): string {
  const given = Object.entries({ type, status, cursor }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return given.length === 0 ? HOME : `${HOME}?${new URLSearchParams(given).toString()}`;
}

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

/** What an event is about, in a few words; its body has the rest. */
function gist(body: OperationsEventBody): string {
  switch (body.type) {
    case "endpoint.failing":
      return `application ${body.data.application_id} · ${body.data.percent} % of the time until it is disabled`;
    case "endpoint.disabled":
    case "endpoint.recovered":
      return `application ${body.data.application_id}`;
    case "analysis.unavailable":
    case "records.healed":
      return `${formatCount(body.data.records)} records`;
    case "model.misconfigured":
      return `${body.data.model}: ${body.data.reason}`;
    case "error_budget.spent":
      return `${formatCount(body.data.failed)} of ${formatCount(body.data.finished)} analyses failed`;
    case "operations.test":
      return body.data.message;
  }
}

const Row = ({ event, body, now }: { event: OutboxEvent; body: OperationsEventBody; now: number }) => (
  <tr>
    <td>
      <strong>{TYPES[event.type]}</strong>
      <div class="quiet small">{gist(body)}</div>
      <FoldedJson summary="Body" value={body} />
    </td>
    <td>
      <EventStatusBadge status={event.status} />
    </td>
    <td class="number">{event.attempts}</td>
    <td>{outcomeText(event.attemptedAt === null ? undefined : event)}</td>
    <td>
      <Time at={event.createdAt} />
    </td>
    <td>{event.dueAt === null ? "none scheduled" : <Due at={event.dueAt} now={now} />}</td>
  </tr>
);

const Test = ({ test }: { test: TestOutcome }) => (
  <div class={`notice ${test.delivered ? "good" : "bad"}`} role="status">
    <p>
      <strong>{test.delivered ? "Delivered." : "Not delivered."}</strong> Response to the test event:{" "}
      {outcomeText(test.attempt)}.
    </p>
  </div>
);

/** Where events go. The path of a URL may be a secret of its own, and is not shown. */
const Target = ({ session, url }: { session: ConsoleSession; url: string | null }) =>
  url === null ? (
    <div class="notice warn">
      <p>
        Notifications are off: set <code>OPERATIONS_WEBHOOK_URL</code> and <code>OPERATIONS_WEBHOOK_KEY</code>. Events
        until then are listed here and are not sent later.
      </p>
    </div>
  ) : (
    <Form session={session} action={`${HOME}/test`} class="actions">
      <p>
        Sent to <code>{new URL(url).host}</code>, signed, with at-least-once delivery.
      </p>
      <button>Send a test event</button>
    </Form>
  );

const Empty = ({ query }: { query: EventQuery }) => (
  <div class="empty">
    <h2>{query.type === null && query.status === null ? "No events yet" : "No matching events"}</h2>
    <p>
      This page lists what the operators of this service should know about: failing endpoints, unavailable models, a
      spent error budget. Events are kept for {OPERATIONS_EVENT_RETENTION_DAYS} days.
    </p>
  </div>
);

/** Operational events, newest first, with their delivery status. */
export const OperationsPage = ({ session, shown }: { session: ConsoleSession; shown: ShownEvents }) => {
  const { events, query, next, url, test } = shown;
  return (
    <ConsolePage title="Operations" session={session} place={HOME}>
      <div class="title">
        <h1>Operations</h1>
      </div>
      {test !== null && <Test test={test} />}
      <Target session={session} url={url} />
      <form class="filters" method="get" action={HOME}>
        <Choice
          name="type"
          label="Event"
          value={query.type ?? ""}
          options={[["", "Any"], ...OPERATIONS_EVENT_TYPES.map((type) => [type, type] as const)]}
        />
        <Choice
          name="status"
          label="Status"
          value={query.status ?? ""}
          options={[["", "Any"], ...EVENT_STATUSES.map((status) => [status, status] as const)]}
        />
        <button>Show</button>
      </form>
      {events.length === 0 ? (
        <Empty query={query} />
      ) : (
        <Table label="Events" head={HEAD}>
          {events.map((event) => (
            <Row event={event} body={JSON.parse(event.body) as OperationsEventBody} now={shown.now} />
          ))}
        </Table>
      )}
      <Pages
        first={query.before === null ? null : listPath(query, null)}
        next={next === null ? null : listPath(query, next)}
      />
    </ConsolePage>
  );
};
