import { NUTRIENT_FIELDS } from "../../nutrition/nutrient-table.ts";

/** What the page asks of a photo: everything that a record can show. */
export const UPLOAD_OPTIONS = {
  include_dish_description: true,
  include_ingredients: true,
  include_nutri_score: true,
  include_nutrition_fields: [...NUTRIENT_FIELDS],
};

/** The same as fields of a form or a query. */
export const UPLOAD_FIELDS: readonly [name: string, value: string][] = Object.entries(UPLOAD_OPTIONS).map(
  ([name, value]) => [name, String(value)],
);
