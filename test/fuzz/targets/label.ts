import { parseLabel } from "../../../src/nutrition/labels/parse-label.ts";
import { groupRows } from "../../../src/nutrition/labels/group-rows.ts";
import type { LabelText } from "../../../src/nutrition/labels/label.ts";
import { bytesOf, must, textOf, type Target } from "../target.ts";

/** Bounds of `analysis/labels`: rows, cells and characters of a transcription, words of the reader of characters. */
const MAX_ROWS = 80;
const MAX_CELLS = 8;
const MAX_CELL_LENGTH = 1000;
const MAX_WORDS = 2000;

function judge(label: LabelText): void {
  const read = parseLabel(label);
  if (!read.ok) {
    must(read.error.detail.length < 400, "a refusal is longer than a sentence");
    return;
  }
  const { servingSize, nutrients, per100, warnings } = read.value;
  must(servingSize > 0 && servingSize <= 2000, `a serving of ${servingSize}`);
  for (const [field, value] of [...Object.entries(nutrients), ...Object.entries(per100)])
    must(Number.isFinite(value) && value >= 0, `${field} is ${value}`);
  must(JSON.stringify(warnings).length < 2000, "the warnings have no bound");
}

/** The largest label there can be, all of one word: expressions that follow it to the end of the text are slow here. */
const full = (word: string): string => {
  const cell = word.repeat(150 / word.length);
  return ` ${Array.from({ length: MAX_ROWS }, () => Array.from({ length: MAX_CELLS }, () => cell).join("\t")).join("\n")}`;
};

/** A label's text: rows in lines, cells between tabs; or, behind a first byte that is odd, words with places. */
export const label: Target = {
  seeds: () =>
    [
      " Nährwerte pro 100 g\nEnergie 1570 kJ / 372 kcal\nFett 7,4 g\ndavon gesättigte Fettsäuren 1,3 g\nKohlenhydrate 60,1 g\ndavon Zucker 15,8 g\nBallaststoffe 8,2 g\nEiweiß 11,9 g\nSalz 0,22 g",
      "!Nutrition Facts\n8 servings per container\nServing size\t2/3 cup (55g)\nCalories\t230\n% Daily Value*\nTotal Fat 8g\t10%\nSaturated Fat 1g\t5%\nSodium 160mg\t7%\nTotal Carbohydrate 37g\t13%\nDietary Fiber 4g\nTotal Sugars 12g\nProtein 3g",
      " 栄養成分表示\n1袋(30g)当たり\nエネルギー 150kcal\nたんぱく質 2.1g\n脂質 8.0g\n炭水化物 17.2g\n食塩相当量 0.4g",
      " Typical values\tper 100g\tper 1/2 can (200g)\nEnergy\t215kJ\t430kJ\n\t51kcal\t103kcal\nFat\t1.8g\t3.6g\nCarbohydrate\t6.9g\t13.8g\nProtein\t1.1g\t2.2g\nSalt\t0.55g\t1.10g",
      ...["serving size ", "portion (", "dose ", "portions par ", "carbohydrats "].map(full),
    ].map(bytesOf),
  words: [
    "serving size ",
    "Serving size 2/3 cup (55g)",
    "per 100 g",
    "100g",
    "(",
    "1 1 1 1 1 ",
    "energy ",
    "kcal",
    "kJ",
    "protein",
    "fat",
    "carbohydrate",
    "salt",
    "<0,1 g",
    "1.234,5",
    "servings per container",
    "portions par ",
    "不是",
    "营养成分表",
    "traces",
    "not a significant source of ",
    "%",
    "\t",
    "\n",
    "99999999999999999999",
  ],
  maxBytes: 100_000,
  run(input) {
    const [first = 0] = input;
    const rows = textOf(input.subarray(1))
      .split("\n")
      .slice(0, MAX_ROWS)
      .map((row) => row.split("\t").slice(0, MAX_CELLS));
    if (first % 2 === 0) {
      const cells = rows.map((row) => row.map((text, x) => ({ text: text.slice(0, MAX_CELL_LENGTH), x })));
      judge({ productName: null, legibility: first % 4 === 0 ? null : 0.9, rows: cells });
      return;
    }
    const words = rows.flatMap((row, y) =>
      row.flatMap((cell, x) =>
        cell.split(" ").map((text, place) => ({
          text: text.slice(0, 200),
          confidence: (first % 100) / 100,
          box: {
            left: 400 * x + 60 * place,
            right: 400 * x + 60 * place + 50,
            top: 30 * y,
            bottom: 30 * y + (first % 29),
          },
        })),
      ),
    );
    judge(groupRows(words.slice(0, MAX_WORDS)));
  },
};
