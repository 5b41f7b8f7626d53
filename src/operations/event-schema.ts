import { z } from "zod";

/**
 * The shares, in percent, of the time until an endpoint is disabled at which operators are notified that it is failing.
 */
export const FAILING_PERCENTS = [50, 70, 90] as const;

const time = z.iso.datetime();
const applicationId = z.int().meta({ description: "The application that owns the endpoint." });
const reason = z.string().nullable().meta({ description: "Why the last attempt failed, as a sentence." });
const failures = z.int().meta({ description: "Consecutive failed attempts." });

const event = <const Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({
    id: z.string().meta({ description: "The `webhook-id` of every attempt. Deduplicate by it." }),
    type: z.literal(type),
    created_at: time,
    data,
  });

const endpointFailing = event(
  "endpoint.failing",
  z.object({
    application_id: applicationId,
    percent: z
      .literal([...FAILING_PERCENTS])
      .meta({ description: "How much of the time until the endpoint is disabled has elapsed." }),
    failing_since: time,
    disables_at: time.meta({
      description: "From this time on, a failure disables the endpoint, once there have been ten in all.",
    }),
    failures,
    reason,
  }),
);

const endpointDisabled = event(
  "endpoint.disabled",
  z.object({ application_id: applicationId, percent: z.literal(100), failing_since: time, failures, reason }),
);

const endpointRecovered = event(
  "endpoint.recovered",
  z.object({
    application_id: applicationId,
    failing_since: time,
    was_disabled: z.boolean(),
  }),
);

const analysisUnavailable = event(
  "analysis.unavailable",
  z.object({
    records: z.int().meta({ description: "Records that failed in this period because no model responded." }),
    applications: z.int().meta({ description: "How many applications they belong to." }),
    since: time,
    until: time,
  }),
);

const modelMisconfigured = event(
  "model.misconfigured",
  z.object({
    model: z.string(),
    reason: z.string().meta({ description: "What is wrong, as described by this service." }),
  }),
);

const errorBudgetSpent = event(
  "error_budget.spent",
  z.object({
    objective: z.number().meta({ description: "The share of analyses that should not fail because of the service." }),
    finished: z.int(),
    failed: z.int(),
    allowed: z.number().meta({ description: "How many of them are allowed to fail." }),
    from: time.meta({ description: "Records uploaded from this time on are counted." }),
    to: time,
  }),
);

const recordsHealed = event(
  "records.healed",
  z.object({
    records: z.int(),
    kinds: z.record(z.string(), z.int()).meta({ description: "How many of them had which problem." }),
  }),
);

const operationsTest = event("operations.test", z.object({ message: z.string() }));

/** An operational event, as it is sent. Never a key, a user's id, or a user's words. */
export const operationsEventSchema = z
  .union([
    endpointFailing,
    endpointDisabled,
    endpointRecovered,
    analysisUnavailable,
    modelMisconfigured,
    errorBudgetSpent,
    recordsHealed,
    operationsTest,
  ])
  .meta({ id: "OperationsEvent", description: "Something that the operators of this service should know about." });

export type OperationsEventBody = z.output<typeof operationsEventSchema>;
export type OperationsEventType = OperationsEventBody["type"];

/** The types of events that happen on their own. */
export const OPERATIONS_EVENT_TYPES = [
  "endpoint.failing",
  "endpoint.disabled",
  "endpoint.recovered",
  "analysis.unavailable",
  "model.misconfigured",
  "error_budget.spent",
  "records.healed",
] as const satisfies readonly OperationsEventType[];
