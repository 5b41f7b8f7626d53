import { z } from "zod";
import { dayRecords } from "../../db/records.ts";
import { NUTRIENT_FIELDS } from "../../nutrition/nutrient-table.ts";
import { roundNutrients } from "../../nutrition/nutrients.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { SAMPLE_SUMMARY } from "../../openapi/samples.ts";
import { summarySchema, type SummaryResponse } from "../../records/responses.ts";
import { dayBounds, dayOf, summarise } from "../../records/day-summary.ts";
import { MAX_OFFSET_MINUTES } from "../../records/upload-options.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { parseQuery } from "../../http/queries/list-query.ts";

/** No one eats more meals than this in a day: the rest is not added up, and the response says so. */
const MAX_RECORDS = 1_000;

const querySchema = z.object({
  day: z.iso
    .date("a date such as 2026-11-23")
    .optional()
    .meta({ description: "The day by the user's clock; today if omitted." }),
  user_time_offset_minutes: z
    .int("a whole number")
    .min(-MAX_OFFSET_MINUTES)
    .max(MAX_OFFSET_MINUTES)
    .default(0)
    .meta({ description: "The offset of the user's clock from UTC, in minutes." }),
});

export const summarizeDay = operation({
  id: "summariseDay",
  method: "get",
  path: "/nutrition_records/summary",
  tag: "Reading records",
  summary: "Summarize a day",
  description: `The totals of the meals eaten on one day by the user's clock. Completed and updated records count, each with its current portion. A field that is unknown for a record is omitted from that field's sum, and the field is listed in \`incomplete_fields\`: its sum is a lower bound. A field that is unknown for every record is absent. At most ${MAX_RECORDS} records are added up; with more, \`truncated\` is true.`,
  security: "token",
  rate: "requests",
  query: querySchema,
  responses: {
    200: {
      description: "The day's totals.",
      content: json(summarySchema, { day: { summary: "Three meals", value: SAMPLE_SUMMARY } }),
    },
  },
  problems: ["invalid_request"],
  /** A day's totals, by the user's clock. */
  handler: async (c) => {
    const query = parseQuery(querySchema, new URL(c.req.url).searchParams);
    if (!query.ok) return respondWithProblem(c, query.error);
    const { user_time_offset_minutes: offset, day = dayOf(c.var.deps.now(), offset) } = query.value;
    const bounds = dayBounds(day, offset);
    const found = await dayRecords(c.var.deps.db, c.var.caller, bounds, MAX_RECORDS + 1);
    const { statuses, counted, nutrients, incompleteFields } = summarise(found.slice(0, MAX_RECORDS));
    const response: SummaryResponse = {
      day,
      user_time_offset_minutes: offset,
      from: new Date(bounds.from).toISOString(),
      to: new Date(bounds.to).toISOString(),
      records: counted,
      statuses,
      nutritional_fields: roundNutrients(nutrients, NUTRIENT_FIELDS),
      incomplete_fields: incompleteFields,
      truncated: found.length > MAX_RECORDS,
    };
    return c.json(response, 200, { "cache-control": "private, no-cache" });
  },
});
