import type { Child } from "hono/jsx";
import type { EventStatus } from "../operations/outbox.ts";
import type { Status } from "../records/record.ts";
import type { ListedStatus } from "../webhooks/outbox.ts";

/** Whether something is as it should be. */
type Tone = "good" | "bad" | "warn" | "quiet";

const RECORD_TONES: Record<Status, Tone> = {
  pending: "quiet",
  processing: "warn",
  completed: "good",
  updated: "good",
  failed: "bad",
  canceled: "quiet",
};

const DELIVERY_TONES: Record<ListedStatus, Tone> = {
  waiting: "warn",
  held: "warn",
  delivered: "good",
  exhausted: "bad",
  undelivered: "bad",
};

const EVENT_TONES: Record<EventStatus, Tone> = {
  waiting: "warn",
  delivered: "good",
  exhausted: "bad",
  unsent: "quiet",
};

const Badge = ({ tone, name }: { tone: Tone; name: string }) => <span class={`badge ${tone}`}>{name}</span>;

export const RecordBadge = ({ status }: { status: Status }) => <Badge tone={RECORD_TONES[status]} name={status} />;
export const DeliveryBadge = ({ status }: { status: ListedStatus }) => (
  <Badge tone={DELIVERY_TONES[status]} name={status} />
);
export const EventStatusBadge = ({ status }: { status: EventStatus }) => (
  <Badge tone={EVENT_TONES[status]} name={status} />
);

/** A table with its name; on narrow screens it scrolls in itself, also by the keyboard. */
export const Table = ({ label, head, children }: { label: string; head: Child; children: Child }) => (
  <div class="table" role="region" aria-label={`Table: ${label}`} tabindex={0}>
    <table>
      <caption class="visually-hidden">{label}</caption>
      <thead>
        <tr>{head}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

/** A list to choose from, as part of a form that narrows what is shown. */
export const Choice = ({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
}) => (
  <div class="field">
    <label for={`choice-${name}`}>{label}</label>
    <select id={`choice-${name}`} name={name}>
      {options.map(([option, text]) => (
        <option value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  </div>
);

/** JSON to look into, folded. */
export const FoldedJson = ({ summary, value }: { summary: string; value: unknown }) => (
  <details>
    <summary>{summary}</summary>
    <pre tabindex={0} aria-label={summary}>
      <code>{JSON.stringify(value, null, 2)}</code>
    </pre>
  </details>
);

/** The way through the pages of a list. */
export const Pages = ({ first, next }: { first: string | null; next: string | null }) => (
  <nav class="pages" aria-label="Pages of this list">
    {first === null ? <span /> : <a href={first}>Newest</a>}
    {next !== null && (
      <a href={next} rel="next">
        Older
      </a>
    )}
  </nav>
);
