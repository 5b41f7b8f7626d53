import type { LabelDesign } from "./label-design.ts";

export const MISPRINT: LabelDesign = {
  name: "eu-misprint",
  product: null,
  title: "Nutrition information",
  preface: [],
  heads: ["", "per 100 g"],
  rows: [
    ["Energy", "1046 kJ / 250 kcal"],
    ["Fat", "7.4 g"],
    ["of which saturates", "1.3 g"],
    ["Carbohydrate", "60.1 g"],
    ["of which sugars", "15.8 g"],
    ["Fibre", "8.2 g"],
    ["Protein", "11.9 g"],
    ["Salt", "0.22 g"],
  ],
  footnotes: [],
  basis: "per_100",
  serving: null,
  expected: {},
  misprinted: true,
};
