import { NUTRIENT_FIELDS, nutrientOf, type NutrientField } from "../../nutrition/nutrient-table.ts";

const HEADINGS = {
  macronutrients: "Energy and macronutrients",
  minerals: "Minerals",
  vitamins: "Vitamins",
} as const satisfies Record<ReturnType<typeof nutrientOf>["group"], string>;

/** Each group with its fields, in the order of a nutrition table. */
export const NUTRIENT_GROUPS: readonly (readonly [heading: string, fields: readonly NutrientField[]])[] =
  Object.entries(HEADINGS).map(([group, heading]) => [
    heading,
    NUTRIENT_FIELDS.filter((field) => nutrientOf(field).group === group).sort(
      (a, b) => nutrientOf(a).place - nutrientOf(b).place,
    ),
  ]);
