import { describe, expect, it } from "vitest";
import { parseLabel } from "../../../../src/nutrition/labels/parse-label.ts";

/** A small reproducible generator (mulberry32), 0–1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** A food as a European label prints it: the energy follows from the rest. */
function someFood(random: () => number) {
  const [fat, protein, fiber] = [tenths(random() * 30), tenths(random() * 25), tenths(random() * 10)];
  const carbohydrate = tenths(random() * (95 - fat - protein - fiber));
  const kcal = Math.round(9 * fat + 4 * protein + 4 * carbohydrate + 2 * fiber);
  const parts = { saturates: tenths(fat * random()), sugars: tenths(carbohydrate * random()) };
  return { fat, protein, fiber, carbohydrate, kcal, ...parts, salt: tenths(random() * 3) };
}

type Food = ReturnType<typeof someFood>;
type PrintNumber = (value: number) => string;

const LANGUAGES = [
  ["Energy", "Fat", "of which saturates", "Carbohydrate", "of which sugars", "Fibre", "Protein", "Salt"],
  [
    "Energie",
    "Fett",
    "davon gesättigte Fettsäuren",
    "Kohlenhydrate",
    "davon Zucker",
    "Ballaststoffe",
    "Eiweiß",
    "Salz",
  ],
  ["Énergie", "Matières grasses", "dont acides gras saturés", "Glucides", "dont sucres", "Fibres", "Protéines", "Sel"],
  ["Valor energético", "Grasas", "saturadas", "Hidratos de carbono", "azúcares", "Fibra", "Proteínas", "Sal"],
  ["Energia", "Grassi", "acidi grassi saturi", "Carboidrati", "di cui zuccheri", "Fibre", "Proteine", "Sale"],
  ["Energia", "Lípidos", "saturados", "Hidratos de carbono", "açúcares", "Fibra", "Proteínas", "Sal"],
  ["Energie", "Vetten", "verzadigde vetzuren", "Koolhydraten", "suikers", "Vezels", "Eiwitten", "Zout"],
];

function print(food: Food, names: readonly string[], number: PrintNumber): string[] {
  const { kcal, fat, saturates, carbohydrate, sugars, fiber, protein, salt } = food;
  const grams = [fat, saturates, carbohydrate, sugars, fiber, protein, salt].map((value) => `${number(value)} g`);
  const energy = `${Math.round(kcal * 4.184)} kJ / ${kcal} kcal`;
  return [energy, ...grams].map((amount, index) => `${names[index] ?? ""} ${amount}`);
}

describe("a printed label, whatever its food,", () => {
  it.each(LANGUAGES)("is read as it was printed: %s", (...names) => {
    const random = createRandom(names.join("").length);
    for (let round = 0; round < 150; round++) {
      const food = someFood(random);
      const number: PrintNumber = (value) => value.toFixed(1).replace(".", round % 2 === 0 ? "," : ".");
      const rows = [`100 g`, ...print(food, names, number)].map((text) => [{ text, x: 0 }]);
      // Half of them as a table, half in one line.
      const linear = [[{ text: rows.map(([cell]) => cell?.text).join(", "), x: 0 }]];
      const label = parseLabel({ productName: null, legibility: null, rows: round % 4 < 2 ? rows : linear });

      if (!label.ok) throw new Error(`${label.error.detail} ${JSON.stringify(food)}`);
      const { per100 } = label.value;
      expect(per100.energy_kcal).toBe(food.kcal);
      expect(per100).toMatchObject({
        fat_total_g: food.fat,
        protein_g: food.protein,
        fat_saturated_g: food.saturates,
        sugars_total_g: food.sugars,
      });
      expect(per100.carbohydrate_g).toBeCloseTo(food.carbohydrate + food.fiber, 6);
      expect(per100.sodium_mg).toBeCloseTo(food.salt * 400, 6);
    }
  });
});
