import { fail, ok, type Result } from "../../result.ts";
import { scaleNutrients, type Nutrients } from "../nutrients.ts";
import { type ColumnReadings, readColumns } from "./column-readings.ts";
import { type ColumnHeading, readHeading } from "./columns.ts";
import { checkEnergy, type EnergyCheck, type StatedPortion } from "./energy-check.ts";
import type { LabelContent, LabelRefusal, LabelText } from "./label.ts";
import { styleOf } from "./label-style.ts";
import { type PickedNutrients, pickNutrients } from "./pick-nutrients.ts";
import { confirmServing, reconcileColumns } from "./reconcile-columns.ts";
import { productNameOf } from "./product-name.ts";
import { segmentLabel, type Segmented } from "./segments.ts";

const AGAIN = "Photograph the label flat and sharp, filling the frame, or enter the values manually.";

const REFUSALS: Record<Exclude<LabelRefusal["reason"], "energy_mismatch">, string> = {
  no_label: `No nutrition label was found in the photo. ${AGAIN}`,
  label_incomplete: `The nutrition label could not be read well enough. ${AGAIN}`,
  serving_unknown: `The label states its values per serving, but the serving size could not be read. ${AGAIN}`,
};

const refuse = (reason: keyof typeof REFUSALS): Result<never, LabelRefusal> =>
  fail({ reason, detail: REFUSALS[reason] });

const refuseMismatch = ({ printed, explained }: { printed: number; explained: number }): Result<never, LabelRefusal> =>
  fail({
    reason: "energy_mismatch",
    detail:
      `What was read from the label is inconsistent: its energy is ${Math.round(printed)} kcal, but its fat, ` +
      `carbohydrate and protein add up to ${Math.round(explained)} kcal. ${AGAIN}`,
  });

/** With fewer named nutrients a text is no label. */
const MIN_NUTRIENTS = 3;

const portionOf = (column: ColumnReadings, { serving, unit }: ColumnHeading): StatedPortion | null =>
  column.basis === "serving" ? serving : { amount: 100, unit: unit ?? "g" };

/** Labels agree with their energy within a few percent; more is tolerated, with a warning. */
const NOTABLE_SHARE = 0.05;

const roughAgreement = (share: number): string =>
  `The energy differs by ${Math.round(share * 100)} % from the sum of fat, carbohydrate and protein: compare with the label.`;

/** Of 277 rendered labels that were read, the quarter below it held two thirds of the wrong values. */
const GOOD_LEGIBILITY = 0.75;
const HARD_TO_READ = "The photo was hard to read: compare every value with the label.";

/** Most rows have more numbers than the heading has columns: which is which cannot be told. */
function hasUnheadedColumns({ segments }: Segmented, { columns }: ColumnHeading): boolean {
  const counts = segments
    .filter(({ nutrient }) => nutrient.endsWith("_g") || nutrient === "salt")
    .map(({ amounts }) => amounts.filter(({ unit }) => unit !== "percent").length)
    .filter((count) => count > 0);
  return counts.filter((count) => count > Math.max(1, columns.length)).length > counts.length / 2;
}

interface CheckedColumn {
  column: ColumnReadings;
  check: EnergyCheck;
}

/** Values per 100 are rounded less than those of a serving, relative to their size. */
const per100First = (first: CheckedColumn, second: CheckedColumn): number =>
  Number(second.column.basis === "per_100") - Number(first.column.basis === "per_100");

/** Answers for the printed serving; for 100 where there is none, or it is in grams and the 100 are millilitres. */
function toContent(
  name: string | null,
  heading: ColumnHeading,
  basis: ColumnReadings["basis"],
  picked: PickedNutrients,
): LabelContent {
  const { serving } = heading;
  const { nutrients, belowLimit, warnings } = picked;
  const fits = serving !== null && (basis === "serving" || heading.unit === null || heading.unit === serving.unit);
  const size = fits ? serving : { amount: 100, unit: heading.unit ?? ("g" as const) };
  const printedFor = basis === "serving" ? size.amount : 100;
  const scaledTo = (amount: number): Nutrients =>
    amount === printedFor ? nutrients : scaleNutrients(nutrients, amount / printedFor);
  return {
    name,
    servingSize: size.amount,
    unit: size.unit,
    nutrients: scaledTo(size.amount),
    per100: scaledTo(100),
    readFrom: basis,
    belowLimit,
    warnings,
  };
}

/**
 * Reads a nutrition label from its text, whoever transcribed it: US and Canada, EU and UK, Australia and New Zealand,
 * Japan, China, Brazil, India; tables with one or more columns, and linear labels. Refuses when there is no label, when
 * too little of it can be read, and when its numbers contradict its energy (`checkEnergy`).
 */
export function parseLabel(label: LabelText): Result<LabelContent, LabelRefusal> {
  const segmented = segmentLabel(label);
  const named = new Set(segmented.segments.filter(({ amounts }) => amounts.length > 0).map(({ nutrient }) => nutrient));
  if (named.size < MIN_NUTRIENTS) return refuse("no_label");
  const printed = readHeading(segmented.heading, segmented.rows);
  const style = styleOf(segmented, label.legibility !== null);
  // On US labels the second column is of the whole package, and the first that of the serving.
  if (!style.halfGrams && hasUnheadedColumns(segmented, printed)) return refuse("label_incomplete");
  const readings = readColumns(segmented, printed, style);
  const heading = { ...printed, serving: confirmServing(readings, printed.serving) };
  const columns = reconcileColumns(readings, heading.serving).map((column) => ({
    column,
    check: checkEnergy(column, style.carbohydrateHasFiber, portionOf(column, heading)),
  }));
  for (const { column, check } of columns.toSorted(per100First)) {
    if (check.outcome !== "agrees") continue;
    if (column.basis === "serving" && heading.serving === null) return refuse("serving_unknown");
    const picked = pickNutrients(column, check.energy, style);
    if (label.legibility !== null && label.legibility < GOOD_LEGIBILITY) picked.warnings.push(HARD_TO_READ);
    if (check.unexplained > NOTABLE_SHARE) picked.warnings.push(roughAgreement(check.unexplained));
    return ok(toContent(productNameOf(label, segmented), heading, column.basis, picked));
  }
  const mismatch = columns.map(({ check }) => check).find((check) => check.outcome === "mismatch");
  return mismatch === undefined ? refuse("label_incomplete") : refuseMismatch(mismatch);
}
