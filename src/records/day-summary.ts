import { NUTRIENT_FIELDS, type NutrientField } from "../nutrition/nutrient-table.ts";
import { scaleNutrients, type Nutrients } from "../nutrition/nutrients.ts";
import { portionFactor } from "./changes/portion.ts";
import { STATUSES, type Status } from "./record.ts";
import { DAY_MS, MINUTE_MS } from "../time.ts";

/** What a day's totals are made of: a record's own nutrients, and the portion that the user has set, if any. */
export interface DayRecord {
  status: Status;
  /** The content's own; null while there is none. */
  contentServingSize: number | null;
  nutrients: Nutrients | null;
  servingSize: number | null;
}

/** A day's totals, unrounded. */
export interface DaySummary {
  /** How many records there are of each status … */
  statuses: Record<Status, number>;
  /** … and how many of them count: those that are complete. */
  counted: number;
  nutrients: Nutrients;
  /** Fields that some counted record has and another has not: their sum is a lower bound. */
  incompleteFields: NutrientField[];
}

/** When a day begins and ends by a clock that is `offsetMinutes` ahead of UTC. `day` is a date such as 2026-11-23. */
export function dayBounds(day: string, offsetMinutes: number): { from: number; to: number } {
  const from = Date.parse(`${day}T00:00:00Z`) - offsetMinutes * MINUTE_MS;
  return { from, to: from + DAY_MS };
}

/** The date that such a clock shows at `now`, Unix milliseconds. */
export const dayOf = (now: number, offsetMinutes: number): string =>
  new Date(now + offsetMinutes * MINUTE_MS).toISOString().slice(0, "2026-11-23".length);

const atItsPortion = ({ status, contentServingSize, nutrients, servingSize }: DayRecord): Nutrients[] =>
  (status === "completed" || status === "updated") && nutrients !== null && contentServingSize !== null
    ? [scaleNutrients(nutrients, portionFactor({ servingSize: contentServingSize }, servingSize))]
    : [];

/** Adds a day up. What a record does not know is omitted of that field's sum, and the field is named as incomplete. */
export function summarise(records: readonly DayRecord[]): DaySummary {
  const meals = records.flatMap(atItsPortion);
  const nutrients: Nutrients = {};
  const incompleteFields: NutrientField[] = [];
  for (const field of NUTRIENT_FIELDS) {
    const known = meals.map((meal) => meal[field]).filter((value) => value !== undefined);
    if (known.length > 0) nutrients[field] = known.reduce((sum, value) => sum + value, 0);
    if (known.length > 0 && known.length < meals.length) incompleteFields.push(field);
  }
  const statuses = Object.fromEntries(
    STATUSES.map((status) => [status, records.filter((record) => record.status === status).length]),
  ) as Record<Status, number>;
  return { statuses, counted: meals.length, nutrients, incompleteFields };
}
