import { fail, ok, type Result } from "../../result.ts";
import { TRUTH_FIELDS, UNKNOWN_TRUTH, type MealCase, type PhotoCase, type Truth } from "./cases.ts";
import { readAmount, readNamedRows, type NamedRow } from "./table-file.ts";

/** Between the foods of one photo. */
const LABEL_SEPARATOR = /[;|]/u;

function readTruth({ cell, line }: NamedRow): Result<Truth, string> {
  const truth = { ...UNKNOWN_TRUTH };
  for (const field of TRUTH_FIELDS) {
    const amount = readAmount(cell(field), field, line);
    if (!amount.ok) return amount;
    truth[field] = amount.value;
  }
  return ok(truth);
}

/**
 * Reads a table of photos: columns `file` and `labels` (or `label`; several parted by `;`, none = no food), and where
 * known `grams`, `kcal`, `protein_g`, `fat_g`, `carbohydrate_g`. `locate` gives a file's full path, null when there is no
 * such file. The sentence of a failure names the line.
 */
export function readPhotoTable(text: string, locate: (file: string) => string | null): Result<PhotoCase[], string> {
  const rows = readNamedRows(text, ["file"]);
  if (!rows.ok) return rows;
  const cases: PhotoCase[] = [];
  for (const row of rows.value) {
    const file = locate(row.cell("file"));
    if (file === null) return fail(`line ${row.line}: there is no file "${row.cell("file")}" beside the table.`);
    const truth = readTruth(row);
    if (!truth.ok) return truth;
    const labels = (row.cell("labels") || row.cell("label"))
      .split(LABEL_SEPARATOR)
      .map((label) => label.trim())
      .filter((label) => label !== "");
    cases.push({ name: row.cell("file"), file, labels, traces: [], truth: truth.value });
  }
  return ok(cases);
}

/** The sum of what is known of the items; null as soon as one item's value is not known. */
const addKnown = (total: number | null, value: number | null): number | null =>
  total === null || value === null ? null : total + value;

/**
 * Reads a table of meals, one ingredient a row: columns `meal`, `ingredient`, `grams`, and where known the ingredient's
 * `kcal`, `protein_g`, `fat_g`, `carbohydrate_g`. The sentence of a failure names the line.
 */
export function readMealTable(text: string): Result<MealCase[], string> {
  const rows = readNamedRows(text, ["meal", "ingredient", "grams"]);
  if (!rows.ok) return rows;
  const meals = new Map<string, MealCase>();
  for (const row of rows.value) {
    const name = row.cell("meal");
    const ingredient = row.cell("ingredient");
    const truth = readTruth(row);
    if (!truth.ok) return truth;
    const { grams } = truth.value;
    if (name === "" || ingredient === "") return fail(`line ${row.line}: a meal or an ingredient has no name.`);
    if (grams === null || grams === 0) return fail(`line ${row.line}: grams must be above zero.`);
    const known = meals.get(name);
    const items = [...(known?.items ?? []), { name: ingredient, grams }];
    const total =
      known === undefined
        ? truth.value
        : Object.fromEntries(TRUTH_FIELDS.map((field) => [field, addKnown(known.truth[field], truth.value[field])]));
    meals.set(name, { name, items, truth: { ...UNKNOWN_TRUTH, ...total } });
  }
  return ok([...meals.values()]);
}
