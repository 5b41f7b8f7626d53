/** The units of labels; `percent` is of a daily value and never an amount. */
export type LabelUnit = "kcal" | "kj" | "g" | "mg" | "mcg" | "iu" | "ml" | "percent";

/** A number as it is printed. */
export interface PrintedAmount {
  /** Digits and separators, as read. */
  digits: string;
  unit: LabelUnit | null;
  /** Only bounded from above: "<1 g", "less than 5 mg", "traces". */
  below: boolean;
  /** Where in the text it stands. */
  index: number;
}

/** Misread letters of "kJ" and "kcal" are common, and nothing else begins so. */
const UNIT = String.raw`k\s?[ceo][ao][l1i]s?|k\s?[jid1l)\]](?![a-z])|cal(?![a-z])|mcg(?![a-z])|mg(?![a-z])|g(?![a-z])|ml(?![a-z])|i\.?u\b|i\.?e\b|u\.?i\b|%(?![a-z])`;

const BELOW = String.raw`<|less than|weniger als|moins de|menos (?:de|que)|meno di|minder dan|inferior(?:e)? a|mindre`;

/** "1 598 kJ": a space parts the thousands only before this unit, because two columns look alike otherwise. */
const SPACED_THOUSANDS = String.raw`\d\s\d{3}(?=\s?kj)`;

const AMOUNT = new RegExp(
  String.raw`(?:(?<below>${BELOW})\s{0,9})?(?<![\d.,])(?<digits>${SPACED_THOUSANDS}|\d+(?:[.,]\d+)*)\s?(?<unit>${UNIT})?(?<after>\s{0,9}less than)?`,
  "gu",
);
const TRACES = /(?:traces?|spuren|trazas|tracos|tracce|sporen|微量)(?![a-z])/u;

function unitOf(text: string | undefined): LabelUnit | null {
  if (text === undefined) return null;
  if (/^k\s?[ceo]|^cal/u.test(text)) return "kcal";
  if (text.startsWith("k")) return "kj";
  if (text === "%") return "percent";
  if (/^[iu]/u.test(text)) return "iu";
  return text as LabelUnit;
}

/** The amounts that follow a nutrient's name, in their order, percentages included. `text` is plain (`toPlainText`). */
export function findAmounts(text: string): PrintedAmount[] {
  const amounts = [...text.matchAll(AMOUNT)].map((match) => ({
    digits: (match.groups?.["digits"] ?? "").replaceAll(" ", ""),
    unit: unitOf(match.groups?.["unit"]),
    below: match.groups?.["below"] !== undefined || match.groups?.["after"] !== undefined,
    index: match.index + match[0].indexOf(match.groups?.["digits"] ?? ""),
  }));
  const traces = TRACES.exec(text);
  if (amounts.length > 0 || traces === null) return amounts;
  return [{ digits: "0", unit: null, below: true, index: traces.index }];
}

const LEADING_UNIT = new RegExp(
  String.raw`^[\s,:;.)]{0,40}[(\[]?\s{0,9}(?<unit>${UNIT})\s{0,9}(?<second>[/,]\s{0,9}kcal)?`,
  "u",
);

/** The unit that stands beside the name instead of behind each number: "Proteínas (g) 6,6 2", "Energy | kJ | 513". */
export function leadingUnit(text: string): LabelUnit | "kj_and_kcal" | null {
  const match = LEADING_UNIT.exec(text);
  const unit = unitOf(match?.groups?.["unit"]);
  if (unit === "percent") return null;
  return unit === "kj" && match?.groups?.["second"] !== undefined ? "kj_and_kcal" : unit;
}

/** A separator before exactly three digits parts thousands in these units, decimals in all others ("0,170 g"). */
const LARGE_UNITS: ReadonlySet<LabelUnit | null> = new Set(["kj", "kcal", "mg", "mcg", "iu"]);

/**
 * The value of printed digits: comma or point may part decimals or thousands. "1.234,5" and "1,234.5" are 1234.5; of a
 * single separator before three digits the unit decides.
 */
export function toNumber(digits: string, unit: LabelUnit | null): number {
  const parts = digits.split(/[.,]/u);
  if (parts.length === 1) return Number(digits);
  const last = parts.at(-1) ?? "";
  const thousands = last.length === 3 && parts[0] !== "0" && (parts.length > 2 || LARGE_UNITS.has(unit));
  return thousands ? Number(parts.join("")) : Number(`${parts.slice(0, -1).join("")}.${last}`);
}
