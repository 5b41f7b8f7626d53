import type { Attempt } from "../../../webhooks/outbox.ts";
import { formatDuration } from "../../format.ts";

/** How an attempt ended, in words; there may be none yet. */
export function outcomeText(attempt: Pick<Attempt, "httpStatus" | "error" | "latencyMs"> | undefined): string {
  if (attempt === undefined) return "none yet";
  if (attempt.latencyMs === null) return "in progress";
  const took = ` in ${formatDuration(attempt.latencyMs)}`;
  return attempt.httpStatus === null ? (attempt.error ?? "no response") : `${attempt.httpStatus}${took}`;
}
