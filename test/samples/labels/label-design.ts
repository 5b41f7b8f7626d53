import type { Nutrients } from "../../../src/nutrition/nutrients.ts";

/** A label as it is printed, and what must be read from it. All products are made up. */
export interface LabelDesign {
  name: string;
  /** Above the table, if anything. */
  product: string | null;
  title: string;
  /** Rows between the title and the column heads. */
  preface: string[];
  /** The heads of the columns of numbers, with an empty cell for the names. */
  heads: string[];
  rows: string[][];
  footnotes: string[];
  basis: "serving" | "per_100";
  serving: [number, "g" | "ml"] | null;
  /** The column named by `basis`. */
  expected: Nutrients;
  /** What is printed contradicts its own energy: it is to be refused, however well it can be read. */
  misprinted?: true;
}
