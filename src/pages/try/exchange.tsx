import type { DeliveryRow } from "../../db/deliveries.ts";
import { presentRecord } from "../../records/present.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { quoted } from "../docs/curl.ts";
import { Prose } from "../prose.tsx";
import { shownNumber } from "./shown-number.ts";

/** Whether the application wants a webhook about this record, and has an endpoint for it. */
export type WebhookState = "wanted" | "unwanted" | "no endpoint";

/** The requests and responses about a record. */
interface ExchangeProps {
  record: NutritionRecord;
  /** Newest first. */
  deliveries: readonly DeliveryRow[];
  webhook: WebhookState;
  /** Where this service is reached. */
  origin: string;
}

const TOKEN = `-H "Authorization: Bearer $TOKEN"`;

const Code = ({ name, text }: { name: string; text: string }) => (
  <div class="code">
    <pre tabindex={0} role="region" aria-label={name}>
      <code>{text}</code>
    </pre>
    <button type="button" class="scripted copy" data-copy aria-label={`Copy: ${name}`}>
      Copy
    </button>
  </div>
);

/** Upload defaults that can be omitted. */
const DEFAULTS = { analysis_mode: "precise" };

const isSaid = ([name, value]: [string, unknown]): boolean =>
  Boolean(value) &&
  String(value) !== "" &&
  !Object.entries(DEFAULTS).some(([key, own]) => key === name && own === value);

/** The path of the upload with the options that this record was uploaded with. */
function uploadPath({ options }: NutritionRecord): string {
  const said = Object.entries(options).filter(isSaid);
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return `/nutrition_records/image${query === "" ? "" : `?${query.replaceAll("%2C", ",")}`}`;
}

const Request = ({ record, origin }: Pick<ExchangeProps, "record" | "origin">) => {
  const path = uploadPath(record);
  const type = `image/${record.photo?.format ?? "jpeg"}`;
  const size = record.photo === null ? "the photo" : `${shownNumber(record.photo.bytes)} bytes of photo`;
  const http = [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    "Authorization: Bearer …",
    `Content-Type: ${type}`,
    "",
    `(${size})`,
  ];
  const curl = [`curl ${quoted(origin + path)}`, TOKEN, `-H 'Content-Type: ${type}'`, "--data-binary @photo.jpg"];
  return (
    <details id="request">
      <summary>The request</summary>
      <Code name="The request" text={http.join("\n")} />
      <p class="quiet">As a command:</p>
      <Code name="The request with curl" text={curl.join(" \\\n  ")} />
    </details>
  );
};

const Answer = ({ record, origin }: Pick<ExchangeProps, "record" | "origin">) => (
  <details id="answer">
    <summary>The response</summary>
    <Code name="The response" text={JSON.stringify(presentRecord(record), null, 2)} />
    <p class="quiet">As a command:</p>
    <Code name="The response with curl" text={`curl ${origin}/nutrition_records/${record.id} \\\n  ${TOKEN}`} />
  </details>
);

/** An endpoint's path may be its secret: visitors see where it is, and no more. */
const endpointOf = (url: string): string => `${new URL(url).origin}/…`;

const STANDINGS: Readonly<Record<DeliveryRow["status"], string>> = {
  waiting: "waiting to be delivered",
  held: "held by the circuit breaker, because the endpoint keeps failing",
  delivered: "delivered",
  exhausted: "exhausted after ten attempts",
  undelivered: "not sent, because the endpoint was disabled or gone",
};

const Webhook = ({ delivery }: { delivery: DeliveryRow }) => {
  const last = delivery.attempts.at(-1);
  const headers = Object.entries(last?.request.headers ?? {});
  const http = last && [
    `POST ${endpointOf(last.request.url)}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "",
    delivery.body ?? "(not stored)",
  ];
  const curl = last && [
    "curl http://localhost:9099/hook",
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `--data-raw ${quoted(delivery.body ?? "")}`,
  ];
  return (
    <article class="webhook" aria-label={`Webhook ${delivery.eventType}`}>
      <p>
        <code>{delivery.eventType}</code> is {STANDINGS[delivery.status]}.{" "}
        {delivery.attempts.map(({ number, httpStatus, latencyMs, error }) => (
          <span>
            Attempt {number}: {httpStatus ?? error ?? "no response yet"}
            {latencyMs !== null && ` in ${Math.round(latencyMs)} ms`}.{" "}
          </span>
        ))}
      </p>
      {http && <Code name={`The webhook ${delivery.eventType} as it was sent`} text={http.join("\n")} />}
      {curl && <p class="quiet">The same request to your own endpoint:</p>}
      {curl && <Code name={`The webhook ${delivery.eventType} with curl`} text={curl.join(" \\\n  ")} />}
    </article>
  );
};

/** The text shown without a webhook. */
const WITHOUT_WEBHOOK: Readonly<Record<WebhookState, string>> = {
  wanted: "It has not been sent yet; the page shows it as soon as it is.",
  unwanted: "None was sent, because the application has not subscribed to this event: see its `webhook_events`.",
  "no endpoint":
    "None was sent, because the application has no webhook URL. An administrator can set one with `PATCH /admin/applications/{id}`; `npm start` prints the command.",
};

const Webhooks = ({ deliveries, webhook }: Pick<ExchangeProps, "deliveries" | "webhook">) => {
  const isAwaited = webhook === "wanted" && deliveries.every(({ attempts }) => attempts.length === 0);
  return (
    <details id="webhook" {...(isAwaited && { "data-awaited": true })}>
      <summary>The webhook</summary>
      {deliveries.map((delivery) => (
        <Webhook delivery={delivery} />
      ))}
      {deliveries.length === 0 && (
        <p>
          <Prose text={WITHOUT_WEBHOOK[webhook]} />
        </p>
      )}
    </details>
  );
};

/** The request, the response and the webhooks, to unfold. */
export const Exchange = (props: ExchangeProps) => (
  <section aria-labelledby="exchange">
    <h2 id="exchange">As your app would see it</h2>
    <Request {...props} />
    <Answer {...props} />
    <Webhooks {...props} />
  </section>
);
