import { findAmounts, leadingUnit, type LabelUnit, type PrintedAmount } from "./amounts.ts";
import { findNames } from "./find-names.ts";
import type { LabelCell, LabelText } from "./label.ts";
import type { LabelNutrient } from "./nutrient-names.ts";
import { toPlainText } from "./plain-text.ts";

/** A row as plain text that still knows where across the label each character stood. */
export interface PlainRow {
  text: string;
  /** The x of the cell that holds the character at this index. */
  xAt: (index: number) => number;
}

/** A printed amount with its place across the label. */
export interface PlacedAmount extends PrintedAmount {
  x: number;
}

/** What a label says of one nutrient: its name and the amounts behind it, up to the next name. */
export interface Segment {
  nutrient: LabelNutrient;
  unit: LabelUnit | "kj_and_kcal" | null;
  amounts: PlacedAmount[];
}

/** A label's table taken apart: the text above and beside it, and what it says of each nutrient. */
export interface Segmented {
  /** Everything before the first nutrient with an amount. */
  heading: PlainRow[];
  segments: Segment[];
  /** Nutrients of which the label says only that they are not significant (21 CFR 101.9(c)). */
  insignificant: LabelNutrient[];
  /** All rows. */
  rows: PlainRow[];
}

function toPlainRow(cells: readonly LabelCell[]): PlainRow {
  const starts: { at: number; x: number }[] = [];
  let text = "";
  for (const cell of cells) {
    const plain = toPlainText(cell.text);
    if (plain === "") continue;
    if (text !== "") text += " ";
    starts.push({ at: text.length, x: cell.x });
    text += plain;
  }
  // Words are joined first: "o" and "g" may be cells of their own.
  const joined = toPlainText(text);
  const xAt = (index: number): number => starts.findLast(({ at }) => at <= index)?.x ?? 0;
  return { text: joined, xAt };
}

const place = (row: PlainRow, offset: number, amounts: PrintedAmount[]): PlacedAmount[] =>
  amounts.map((amount) => Object.assign({}, amount, { x: row.xAt(offset + amount.index) }));

/**
 * A row may begin with what belongs to the name above it: a linear label breaks anywhere ("0,3 g, Carboidrati 71,7 g"),
 * and tables print the kilocalories under the kilojoules. An amount alone has lost its own name and belongs to none.
 */
function continues(previous: Segment, lead: string, hasNames: boolean): boolean {
  if (!/^[^\p{L}\d]*\d/u.test(lead)) return false;
  const isEnergy = previous.nutrient === "energy_kcal" || previous.nutrient === "calories";
  return hasNames || (isEnergy && findAmounts(lead).some(({ unit }) => unit === "kcal" || unit === "kj"));
}

/** The unit beside a name, misread: "Carboidratos (9)", "Sódio (mq)". */
const MISREAD_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:[([]\s*[983&]\s*[)\]]?|[98&]\s*[)\]]|®)(?=\s|$)/u, " (g) "],
  [/^\s*\(\s*mq\s*\)/u, " (mg) "],
];

/** A digit that touches its name is a misread letter of it when a number of its own follows: "eiweil3 119g". */
const TOUCHING_DIGIT = /^\d(?=\s+\d)/u;

function cleanAfterName(text: string): string {
  let clean = text.replace(TOUCHING_DIGIT, " ");
  for (const [pattern, unit] of MISREAD_UNITS) clean = clean.replace(pattern, unit);
  return clean;
}

const NOT_SIGNIFICANT = /significant source of/u;

/** Takes a label's text apart into what it says of each nutrient. A linear label does so in one or two rows. */
export function segmentLabel(label: LabelText): Segmented {
  const rows = label.rows.map(toPlainRow).filter(({ text }) => text !== "");
  const segmented: Segmented = { heading: [], segments: [], insignificant: [], rows };
  let denying = false;
  for (const row of rows) {
    if (NOT_SIGNIFICANT.test(row.text)) denying = true;
    else if (findAmounts(row.text).length > 0) denying = false;
    if (denying) segmented.insignificant.push(...findNames(row.text).map(({ nutrient }) => nutrient));
    else addRow(segmented, row);
  }
  return segmented;
}

function addRow(segmented: Segmented, row: PlainRow): void {
  const names = findNames(row.text);
  const lead = row.text.slice(0, names[0]?.start ?? row.text.length);
  const previous = segmented.segments.at(-1);
  const started = segmented.segments.some(({ amounts }) => amounts.length > 0);
  if (previous !== undefined && continues(previous, lead, names.length > 0))
    previous.amounts.push(...place(row, 0, findAmounts(lead)));
  else if (!started) segmented.heading.push({ text: lead, xAt: row.xAt });
  for (const [position, name] of names.entries()) {
    const text = cleanAfterName(row.text.slice(name.end, names[position + 1]?.start));
    const unit = leadingUnit(text);
    segmented.segments.push({ nutrient: name.nutrient, unit, amounts: place(row, name.end, findAmounts(text)) });
  }
}
