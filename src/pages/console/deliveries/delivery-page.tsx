import type { DeliveryRow } from "../../../db/deliveries.ts";
import { isSuccess, isAttemptUnderWay, type Attempt } from "../../../webhooks/outbox.ts";
import { ConsolePage } from "../console-page.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";
import { shortId } from "../../format.ts";
import { DeliveryBadge, FoldedJson } from "../../parts.tsx";
import { Time } from "../../time.tsx";
import type { EndpointHealth } from "../../../webhooks/endpoint-health.ts";
import { UpcomingAttempt } from "./upcoming-attempt.tsx";
import { outcomeText } from "./outcome.ts";

/** A delivery, and the attempt of it that was just asked for. */
export interface ShownDelivery {
  delivery: DeliveryRow;
  applicationName: string;
  /** Null without a request. */
  asked: AskedAttempt | null;
  /** That of the application's endpoint. */
  health: EndpointHealth;
  /** Unix milliseconds. */
  now: number;
}

/** A requested attempt, after the one with this number. */
export interface AskedAttempt {
  after: number;
  /** Whether it should be there by now, and is not awaited any longer. */
  isLate: boolean;
}

const askedAttempt = ({ delivery, asked }: ShownDelivery): Attempt | undefined =>
  asked === null ? undefined : delivery.attempts.find(({ number }) => number > asked.after);

/** Whether a requested attempt is still outstanding; the page refreshes itself until it has been made. */
export function isAwaited(shown: ShownDelivery): boolean {
  const attempt = askedAttempt(shown);
  return shown.asked !== null && !shown.asked.isLate && (attempt === undefined || isAttemptUnderWay(attempt));
}

const hasSucceeded = ({ httpStatus }: Attempt): boolean => isSuccess(httpStatus);

const Notice = ({ shown }: { shown: ShownDelivery }) => {
  if (shown.asked === null) return <></>;
  if (isAwaited(shown)) {
    return (
      <div class="notice" role="status">
        <p>Sending. This page shows the response as soon as it arrives.</p>
      </div>
    );
  }
  const attempt = askedAttempt(shown);
  if (attempt === undefined) {
    return (
      <div class="notice warn" role="status">
        <p>No attempt was made: the application may no longer have an endpoint.</p>
      </div>
    );
  }
  return (
    <div class={hasSucceeded(attempt) ? "notice good" : "notice bad"} role="status">
      <p>Resent: {outcomeText(attempt)}.</p>
    </div>
  );
};

const Facts = ({ delivery, applicationName, health, now }: ShownDelivery) => (
  <dl class="facts pairs">
    <div>
      <dt>Id</dt>
      <dd>
        <code>{delivery.eventId}</code>
      </dd>
    </div>
    <div>
      <dt>Record</dt>
      <dd>
        <a href={`/console/records/${delivery.recordId}`}>{shortId(delivery.recordId)}…</a>
      </dd>
    </div>
    <div>
      <dt>Application</dt>
      <dd>
        <a href={`/console/applications/${delivery.applicationId}`}>{applicationName}</a>
      </dd>
    </div>
    <div>
      <dt>Created</dt>
      <dd>
        <Time at={delivery.createdAt} />
      </dd>
    </div>
    <div>
      <dt>Next attempt</dt>
      <dd>
        <UpcomingAttempt delivery={delivery} health={health} now={now} />
      </dd>
    </div>
  </dl>
);

const TRIGGERS = { schedule: "scheduled", resend: "manual", test: "test" } as const;

const AttemptEntry = ({ attempt }: { attempt: Attempt }) => (
  <li class={hasSucceeded(attempt) ? "good" : isAttemptUnderWay(attempt) ? "plain" : "bad"}>
    <Time at={attempt.startedAt} />
    <div>
      <strong>{outcomeText(attempt)}</strong>{" "}
      <span class="quiet small">
        attempt {attempt.number}, {TRIGGERS[attempt.trigger]}
      </span>
    </div>
    {attempt.responseExcerpt !== null && attempt.responseExcerpt !== "" && (
      <details>
        <summary>The response to attempt {attempt.number}</summary>
        <pre class="excerpt" tabindex={0} aria-label={`The response to attempt ${attempt.number}`}>
          {attempt.responseExcerpt}
        </pre>
      </details>
    )}
    <details>
      <summary>The request of attempt {attempt.number}</summary>
      <p class="small">
        POST <code>{attempt.request.url}</code>
      </p>
      <dl class="headers">
        {Object.entries(attempt.request.headers).map(([name, value]) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <code>{value}</code>
            </dd>
          </>
        ))}
      </dl>
    </details>
  </li>
);

/** One webhook: its attempts, newest first, and what they sent. */
export const DeliveryPage = ({ session, shown }: { session: ConsoleSession; shown: ShownDelivery }) => {
  const { delivery } = shown;
  return (
    <ConsolePage title={`Webhook “${delivery.eventType}”`} session={session} place="/console/deliveries">
      <p class="crumbs">
        <a href={`/console/deliveries?application_id=${delivery.applicationId}`}>Deliveries</a>
      </p>
      <div class="title">
        <h1>Webhook “{delivery.eventType}”</h1>
        <DeliveryBadge status={delivery.status} />
        {delivery.body !== null && (
          <Form session={session} action={`/console/deliveries/${delivery.eventId}/resend`}>
            <input type="hidden" name="after" value={String(delivery.attempts.at(-1)?.number ?? 0)} />
            <button class="primary">Resend now</button>
          </Form>
        )}
      </div>
      <Notice shown={shown} />
      <Facts {...shown} />
      <div class="columns">
        <section class="card" aria-labelledby="attempts">
          <h2 id="attempts">Attempts</h2>
          {delivery.attempts.length === 0 ? (
            <p>None yet: the circuit breaker is holding it, or the endpoint was disabled.</p>
          ) : (
            <ol class="timeline" reversed>
              {delivery.attempts.toReversed().map((attempt) => (
                <AttemptEntry attempt={attempt} />
              ))}
            </ol>
          )}
        </section>
        <section class="card" aria-labelledby="body">
          <h2 id="body">Request body</h2>
          {delivery.body === null ? (
            <p>The body was not stored, so it cannot be resent.</p>
          ) : (
            <>
              <p>Every attempt sends the same bytes; they are formatted here for reading.</p>
              <FoldedJson summary="The body" value={JSON.parse(delivery.body)} />
            </>
          )}
        </section>
      </div>
    </ConsolePage>
  );
};
