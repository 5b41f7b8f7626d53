import type { TimelineEntry } from "../../../records/timeline.ts";
import { formatCount, formatDuration } from "../../format.ts";

const TRANSITIONS: Record<string, string> = {
  pending: "Accepted: stored and queued",
  processing: "Analysis started",
  completed: "Completed",
  updated: "Changed by the user",
  failed: "Failed",
  canceled: "Canceled",
};

const CALLS = { answered: "succeeded", failed: "failed", timed_out: "timed out" } as const;

const REASONS = {
  busy: "the model is busy",
  quota: "a quota is exhausted",
  misconfigured: "misconfigured, see /healthz",
  request_refused: "the model rejected the request",
  photo_rejected: "the model could not read the image",
} as const;

interface Told {
  tone: "good" | "bad" | "plain";
  what: string;
  detail: string;
}

const httpOutcome = (status: number | null, error: string | null): string =>
  status === null ? (error ?? "in progress") : `responded ${status}`;

const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** An entry in words. */
function tell(entry: TimelineEntry): Told {
  switch (entry.kind) {
    case "transition":
      return {
        tone: entry.status === "failed" ? "bad" : entry.status === "completed" ? "good" : "plain",
        what:
          entry.stage === "queued" && entry.version > 1
            ? "Queued for re-analysis"
            : (TRANSITIONS[entry.status] ?? entry.status),
        detail: `version ${entry.version}`,
      };
    case "stage":
      return { tone: "plain", what: `Stage: ${entry.stage}`, detail: `${entry.percent} %` };
    case "model_call": {
      const took = entry.duration_ms === null ? "" : ` after ${formatDuration(entry.duration_ms)}`;
      const why = entry.reason === null || entry.outcome !== "failed" ? "" : `: ${REASONS[entry.reason]}`;
      const tokens =
        entry.input_tokens === null
          ? ""
          : ` · ${formatCount(entry.input_tokens)} tokens in, ${formatCount(entry.output_tokens ?? 0)} out`;
      return {
        tone: entry.outcome === "answered" ? "plain" : "bad",
        what: `Model call: ${entry.model}`,
        detail: `${CALLS[entry.outcome]}${took}${why}${tokens}`,
      };
    }
    case "webhook":
      return { tone: "plain", what: `Webhook “${entry.event}” due`, detail: "" };
    case "attempt": {
      const took = entry.latency_ms === null ? "" : ` after ${formatDuration(entry.latency_ms)}`;
      return {
        tone: isTaken(entry.http_status) ? "good" : "bad",
        what: `Webhook attempt ${entry.attempt}${entry.trigger === "resend" ? ", manual" : ""}`,
        detail: `${httpOutcome(entry.http_status, entry.error)}${took}`,
      };
    }
  }
}

/** What happened to a record, each entry with the time since its upload. */
export const Timeline = ({ entries }: { entries: readonly TimelineEntry[] }) => {
  const start = Date.parse(entries[0]?.at ?? "");
  return (
    <ol class="timeline">
      {entries.map((entry) => {
        const { tone, what, detail } = tell(entry);
        const link = "delivery_id" in entry ? `/console/deliveries/${entry.delivery_id}` : null;
        return (
          <li class={tone}>
            <time datetime={entry.at} title={entry.at}>
              {entry.at.slice(11, 23)} <span class="quiet">+{formatDuration(Date.parse(entry.at) - start)}</span>
            </time>
            <div>
              {link === null ? what : <a href={link}>{what}</a>}
              {detail !== "" && <span class="quiet small"> {detail}</span>}
            </div>
          </li>
        );
      })}
    </ol>
  );
};
