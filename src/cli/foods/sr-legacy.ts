import { NUTRIENT_FIELDS, nutrientOf, type NutrientField } from "../../nutrition/nutrient-table.ts";
import type { Nutrients } from "../../nutrition/nutrients.ts";
import { fail, ok, type Result } from "../../result.ts";

/** Units as nutrient.csv writes them. */
const USDA_UNITS = { kcal: "KCAL", g: "G", mg: "MG", mcg: "UG" } as const;

/** The columns that are read of each file of the download. */
export const SR_LEGACY_COLUMNS = {
  "nutrient.csv": ["id", "unit_name", "nutrient_nbr"],
  "food_category.csv": ["id", "description"],
  "measure_unit.csv": ["id", "name"],
  "food.csv": ["fdc_id", "data_type", "description", "food_category_id"],
  "sr_legacy_food.csv": ["fdc_id", "NDB_number"],
  "food_nutrient.csv": ["fdc_id", "nutrient_id", "amount"],
  "food_portion.csv": [
    "fdc_id",
    "seq_num",
    "amount",
    "measure_unit_id",
    "portion_description",
    "modifier",
    "gram_weight",
  ],
} as const;

export type SrLegacyFile = keyof typeof SR_LEGACY_COLUMNS;
type ColumnOf<File extends SrLegacyFile> = (typeof SR_LEGACY_COLUMNS)[File][number];
type RowOf<File extends SrLegacyFile> = Record<ColumnOf<File>, string>;

const FOOD_TYPE = "sr_legacy_food";
/** measure_unit.csv calls it "undetermined": the whole measure is in `modifier`, as always in SR Legacy. */
const NO_MEASURE_UNIT = "9999";
const NDB_DIGITS = 5;

export interface ImportedPortion {
  seq: number;
  amount: number;
  description: string;
  grams: number;
}

/** One food as USDA publishes it; nutrients per 100 g. */
export interface ImportedFood {
  fdcId: number;
  ndbNo: string | null;
  description: string;
  foodGroup: string;
  nutrients: Nutrients;
  portions: ImportedPortion[];
}

/** Why the folder cannot be imported. */
export type SourceProblem =
  | { reason: "missing_column"; file: SrLegacyFile; column: string }
  | { reason: "missing_nutrient"; field: NutrientField; number: number }
  | { reason: "other_unit"; field: NutrientField; unit: string; expected: string }
  | { reason: "unreadable_row"; file: SrLegacyFile; row: string }
  | { reason: "no_foods" };

/** The rows of a file, the header first. */
export type OpenTable = (file: SrLegacyFile) => AsyncIterable<string[]>;

/** Ends the reading of a file; `collectFoods` turns it into its result. */
class SourceError extends Error {
  readonly problem: SourceProblem;
  constructor(problem: SourceProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}

async function* readRows<File extends SrLegacyFile>(open: OpenTable, file: File): AsyncGenerator<RowOf<File>> {
  let positions: [ColumnOf<File>, number][] | null = null;
  for await (const cells of open(file)) {
    if (positions === null) {
      positions = SR_LEGACY_COLUMNS[file].map((column: ColumnOf<File>) => {
        const position = cells.indexOf(column);
        if (position === -1) throw new SourceError({ reason: "missing_column", file, column });
        return [column, position];
      });
      continue;
    }
    yield Object.fromEntries(positions.map(([column, position]) => [column, cells[position] ?? ""])) as RowOf<File>;
  }
}

function readNumber(text: string, file: SrLegacyFile, row: Record<string, string>): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new SourceError({ reason: "unreadable_row", file, row: Object.values(row).join(",") });
  return value;
}

/** Field by the nutrient's id in food_nutrient.csv. */
async function readNutrientIds(open: OpenTable): Promise<Map<string, NutrientField>> {
  const byNumber = new Map<number, { id: string; unit: string }>();
  for await (const row of readRows(open, "nutrient.csv")) {
    byNumber.set(Number(row.nutrient_nbr), { id: row.id, unit: row.unit_name.toUpperCase() });
  }
  const ids = new Map<string, NutrientField>();
  for (const field of NUTRIENT_FIELDS) {
    const { usda: number, unit } = nutrientOf(field);
    const expected = USDA_UNITS[unit];
    const found = byNumber.get(number);
    if (found === undefined) throw new SourceError({ reason: "missing_nutrient", field, number });
    if (found.unit !== expected) throw new SourceError({ reason: "other_unit", field, unit: found.unit, expected });
    ids.set(found.id, field);
  }
  return ids;
}

async function readFoods(open: OpenTable): Promise<Map<string, ImportedFood>> {
  const groups = new Map<string, string>();
  for await (const row of readRows(open, "food_category.csv")) groups.set(row.id, row.description);
  const foods = new Map<string, ImportedFood>();
  for await (const row of readRows(open, "food.csv")) {
    if (row.data_type !== FOOD_TYPE) continue;
    foods.set(row.fdc_id, {
      fdcId: readNumber(row.fdc_id, "food.csv", row),
      ndbNo: null,
      description: row.description.trim(),
      foodGroup: groups.get(row.food_category_id) ?? "",
      nutrients: {},
      portions: [],
    });
  }
  for await (const row of readRows(open, "sr_legacy_food.csv")) {
    const food = foods.get(row.fdc_id);
    if (food !== undefined && row.NDB_number !== "") food.ndbNo = row.NDB_number.padStart(NDB_DIGITS, "0");
  }
  return foods;
}

async function addNutrients(open: OpenTable, foods: Map<string, ImportedFood>): Promise<void> {
  const fields = await readNutrientIds(open);
  for await (const row of readRows(open, "food_nutrient.csv")) {
    const field = fields.get(row.nutrient_id);
    const food = foods.get(row.fdc_id);
    if (field === undefined || food === undefined || row.amount === "") continue;
    food.nutrients[field] = readNumber(row.amount, "food_nutrient.csv", row);
  }
}

async function addPortions(open: OpenTable, foods: Map<string, ImportedFood>): Promise<void> {
  const units = new Map<string, string>();
  for await (const row of readRows(open, "measure_unit.csv")) units.set(row.id, row.name);
  for await (const row of readRows(open, "food_portion.csv")) {
    const food = foods.get(row.fdc_id);
    if (food === undefined) continue;
    const unit = row.measure_unit_id === NO_MEASURE_UNIT ? "" : (units.get(row.measure_unit_id) ?? "");
    const parts = [unit, row.portion_description, row.modifier].map((part) => part.trim());
    food.portions.push({
      seq: Number(row.seq_num),
      amount: row.amount === "" ? 1 : readNumber(row.amount, "food_portion.csv", row),
      description: parts.filter((part) => part !== "").join(", "),
      grams: readNumber(row.gram_weight, "food_portion.csv", row),
    });
  }
  for (const food of foods.values()) {
    // USDA's numbers order the measures, but some are missing or doubled.
    food.portions.sort((a, b) => a.seq - b.seq);
    for (const [index, portion] of food.portions.entries()) portion.seq = index + 1;
  }
}

/** All foods of USDA SR Legacy, from the CSV files of USDA's download. */
export async function collectFoods(open: OpenTable): Promise<Result<ImportedFood[], SourceProblem>> {
  try {
    const foods = await readFoods(open);
    if (foods.size === 0) return fail({ reason: "no_foods" });
    await addNutrients(open, foods);
    await addPortions(open, foods);
    return ok([...foods.values()]);
  } catch (error) {
    if (error instanceof SourceError) return fail(error.problem);
    throw error;
  }
}

/** One sentence for people. */
export function explainSourceProblem(problem: SourceProblem): string {
  switch (problem.reason) {
    case "missing_column":
      return `${problem.file} has no column "${problem.column}": this is not USDA's SR Legacy CSV download.`;
    case "missing_nutrient":
      return `nutrient.csv does not list nutrient ${problem.number}, the source of ${problem.field}.`;
    case "other_unit":
      return `nutrient.csv gives ${problem.field} in ${problem.unit} instead of ${problem.expected}.`;
    case "unreadable_row":
      return `${problem.file} has a row with an invalid number: ${problem.row}`;
    case "no_foods":
      return `food.csv has no food of type ${FOOD_TYPE}: this is a different USDA download.`;
    default:
      return problem satisfies never;
  }
}
