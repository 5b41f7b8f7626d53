import type { Application } from "../../../applications/application.ts";
import type { EndpointHealth } from "../../../webhooks/endpoint-health.ts";
import type { TestResult } from "../../../administration/test-event.ts";
import { Form, type ConsoleSession } from "../../form.tsx";
import { Since, Time } from "../../time.tsx";
import { EndpointBadge } from "./badges.tsx";

/** The part of the page that shows a test's outcome. */
const ANSWER = "test-answer";

/** The outcome of a test event, in one line. */
function outcomeText({ delivered, attempt }: TestResult): string {
  const time = attempt.latencyMs === null ? "" : ` after ${Math.round(attempt.latencyMs)} ms`;
  if (attempt.httpStatus === null)
    return `No response${time}: ${attempt.error ?? "the endpoint could not be reached"}.`;
  return `The endpoint responded ${attempt.httpStatus}${time}${delivered ? "." : " (failure)."}`;
}

const Answer = ({ result }: { result: TestResult }) => {
  const { delivered, eventId, body, attempt } = result;
  const headers = Object.entries(attempt.request.headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      <div class={`notice ${delivered ? "good" : "bad"}`}>
        <p>
          <strong>{delivered ? "Delivered." : "Not delivered."}</strong> {outcomeText(result)}
        </p>
        <p class="small">
          <Time at={attempt.startedAt} /> · <code>{eventId}</code>
        </p>
      </div>
      {attempt.responseExcerpt !== null && attempt.responseExcerpt !== "" && (
        <>
          <h3>Response</h3>
          <pre tabindex={0} aria-label="The endpoint’s response">
            <code>{attempt.responseExcerpt}</code>
          </pre>
        </>
      )}
      <details>
        <summary>Request</summary>
        <pre tabindex={0} aria-label="The request">
          <code>{`POST ${attempt.request.url}\n${headers.join("\n")}\n\n${body}`}</code>
        </pre>
      </details>
    </>
  );
};

const Health = ({
  health,
  lastSuccessAt,
  now,
}: {
  health: EndpointHealth;
  lastSuccessAt: number | null;
  now: number;
}) => (
  <ul class="facts">
    {lastSuccessAt !== null && (
      <li>
        Last success <Since at={lastSuccessAt} now={now} />
      </li>
    )}
    {health.failingSince !== null && (
      <li>
        Failing since <Time at={health.failingSince} /> ({health.failures} attempts)
      </li>
    )}
    {health.reason !== null && <li>{health.reason}</li>}
  </ul>
);

interface Content {
  session: ConsoleSession;
  application: Application;
  health: EndpointHealth;
  /** Unix milliseconds. */
  lastSuccessAt: number | null;
  now: number;
  test: TestResult | null;
}

/** How an application's endpoint is doing, and a test whose answer is shown at once. */
export const WebhookCard = ({ session, application, health, lastSuccessAt, now, test }: Content) => (
  <section class="card" aria-labelledby="webhooks">
    <div class="title">
      <h2 id="webhooks">Webhooks</h2>
      <span class="push">
        <EndpointBadge webhookUrl={application.webhookUrl} health={health} />
      </span>
    </div>
    {application.webhookUrl === null ? (
      <p class="quiet">There is no webhook URL. Set one below to send a test event.</p>
    ) : (
      <>
        <p>
          <code>{application.webhookUrl}</code>
        </p>
        <Health health={health} lastSuccessAt={lastSuccessAt} now={now} />
        <Form
          session={session}
          action={`/console/applications/${application.id}/test#${ANSWER}`}
          class="actions"
          replaces={ANSWER}
        >
          <button>Send a test event</button>
          <a href={`/console/deliveries?application_id=${application.id}`}>View deliveries</a>
        </Form>
        <div id={ANSWER} class="answer" aria-live="polite" aria-label="The test’s outcome" role="status">
          {test !== null && <Answer result={test} />}
        </div>
      </>
    )}
  </section>
);
