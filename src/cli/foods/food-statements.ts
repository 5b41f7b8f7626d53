import { nameKey } from "../../nutrition/normalize-name.ts";
import { NUTRIENT_FIELDS } from "../../nutrition/nutrient-table.ts";
import { FRUIT_VEGETABLE_WEIGHTS } from "./fruit-vegetable-weights.ts";
import type { ImportedFood } from "./sr-legacy.ts";

/** D1 takes statements of at most 100 KB. */
const MAX_STATEMENT_BYTES = 90_000;
const SOURCE = "usda_sr_legacy";

/** Columns that an import writes again; `common_name` is Morsel's own and stays. */
const FOOD_COLUMNS = ["ndb_no", "description", "food_group", "source", "fvl_weight", ...NUTRIENT_FIELDS] as const;

const encoder = new TextEncoder();
const byteLength = (text: string): number => encoder.encode(text).length;

/** An SQL literal. */
function literal(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "NULL";
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

const tuple = (values: readonly (string | number | null | undefined)[]): string => `(${values.map(literal).join(",")})`;

/** `head` with as many of the rows as a statement can take, then the next one. */
export function chunkStatements(
  head: string,
  rows: readonly string[],
  tail = "",
  maxBytes = MAX_STATEMENT_BYTES,
): string[] {
  const frameBytes = byteLength(head) + byteLength(tail) + 3;
  const chunks: string[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const rowBytes = byteLength(row) + 2;
    if (used + rowBytes > maxBytes) {
      chunks.push([]);
      used = frameBytes;
    }
    chunks.at(-1)?.push(row);
    used += rowBytes;
  }
  return chunks.map((chunk) => `${head}\n${chunk.join(",\n")}${tail};`);
}

const foodRow = (food: ImportedFood): string =>
  tuple([
    food.fdcId,
    food.ndbNo,
    food.description,
    food.foodGroup,
    SOURCE,
    FRUIT_VEGETABLE_WEIGHTS.get(food.fdcId) ?? 0,
    ...NUTRIENT_FIELDS.map((field) => food.nutrients[field]),
  ]);

const overwrite = (columns: readonly string[]): string =>
  columns.map((column) => `${column} = excluded.${column}`).join(", ");

/**
 * SQL that makes the food table contain these foods, whatever it contained before; dishes and their names stay. Names
 * of foods have the food's own id, so that they too are replaced. Stopped halfway, it may simply be run again.
 */
export function foodStatements(foods: readonly ImportedFood[]): string[] {
  const portions = foods.flatMap(({ fdcId, portions: measures }) =>
    measures.map(({ seq, amount, description, grams }) => tuple([fdcId, seq, amount, description, grams])),
  );
  return [
    ...chunkStatements(
      `INSERT INTO foods (fdc_id, ${FOOD_COLUMNS.join(", ")}) VALUES`,
      foods.map(foodRow),
      `\nON CONFLICT (fdc_id) DO UPDATE SET ${overwrite(FOOD_COLUMNS)}`,
    ),
    // As JSON: a list of thousands of literals is out of memory in workerd's SQLite.
    ...chunkStatements(
      "DELETE FROM food_portions WHERE fdc_id IN (SELECT value FROM json_each('[",
      foods.map(({ fdcId }) => literal(fdcId)),
      "]'))",
    ),
    ...chunkStatements("INSERT INTO food_portions (fdc_id, seq, amount, description, grams) VALUES", portions),
    ...chunkStatements(
      "INSERT INTO food_names (id, name, name_key, fdc_id) VALUES",
      foods.map(({ fdcId, description }) => tuple([fdcId, description, nameKey(description), fdcId])),
      `\nON CONFLICT (id) DO UPDATE SET ${overwrite(["name", "name_key", "fdc_id"])}`,
    ),
    "INSERT INTO food_name_index (food_name_index) VALUES ('rebuild');",
  ];
}
