import { describe, expect, it } from "vitest";
import { parseLabel } from "../../../../src/nutrition/labels/parse-label.ts";
import type { Nutrients } from "../../../../src/nutrition/nutrients.ts";

interface Vector {
  name: string;
  text: string;
  basis: "serving" | "per_100";
  serving?: [number, "g" | "ml"];
  expected: Nutrients;
  below?: string[];
}

/** Made up in the real layouts; the first is FDA's sample panel. Rows are parted by " | ". */
const VECTORS: Vector[] = [
  {
    name: "US panel of 2016",
    text: "Nutrition Facts | 8 servings per container | Serving size 2/3 cup (55g) | Amount per serving Calories 230 | Total Fat 8g 10% | Saturated Fat 1g 5% | Trans Fat 0g | Cholesterol 0mg 0% | Sodium 160mg 7% | Total Carbohydrate 37g 13% | Dietary Fiber 4g 14% | Total Sugars 12g | Includes 10g Added Sugars 20% | Protein 3g | Vitamin D 2mcg 10% | Calcium 260mg 20% | Iron 8mg 45% | Potassium 240mg 6%",
    basis: "serving",
    serving: [55, "g"],
    expected: {
      energy_kcal: 230,
      fat_total_g: 8,
      fat_saturated_g: 1,
      fat_trans_g: 0,
      cholesterol_mg: 0,
      sodium_mg: 160,
      carbohydrate_g: 37,
      fiber_total_dietary_g: 4,
      sugars_total_g: 12,
      protein_g: 3,
      vitamin_d_mcg: 2,
      calcium_mg: 260,
      iron_mg: 8,
      potassium_mg: 240,
    },
  },
  {
    name: "German, decimal commas, carbohydrate without its fibre",
    text: "Nährwerte pro 100 g | Energie 1570 kJ / 372 kcal | Fett 7,0 g | davon gesättigte Fettsäuren 1,3 g | Kohlenhydrate 58,7 g | davon Zucker 0,7 g | Ballaststoffe 10,0 g | Eiweiß 13,5 g | Salz 0,02 g",
    basis: "per_100",
    expected: {
      energy_kcal: 372,
      fat_total_g: 7,
      fat_saturated_g: 1.3,
      carbohydrate_g: 68.7,
      sugars_total_g: 0.7,
      fiber_total_dietary_g: 10,
      protein_g: 13.5,
      sodium_mg: 8,
    },
  },
  {
    name: "Italian, energy in kJ only",
    text: "Energia 180 kJ | Grassi 0 g | di cui acidi grassi saturi 0 g | Carboidrati 10,6 g | di cui zuccheri 10,6 g | Proteine 0 g | Sale 0,01 g",
    basis: "per_100",
    expected: {
      energy_kcal: 43.0,
      fat_total_g: 0,
      fat_saturated_g: 0,
      carbohydrate_g: 10.6,
      sugars_total_g: 10.6,
      protein_g: 0,
      sodium_mg: 4,
    },
  },
  {
    name: "French, vitamins with shares of the reference value",
    text: "Valeurs nutritionnelles pour 100 g | Énergie 1598 kJ (378 kcal) | Matières grasses 0,9 g | dont acides gras saturés 0,2 g | Glucides 84 g | dont sucres 8,0 g | Fibres alimentaires 3,0 g | Protéines 7,0 g | Sel 1,13 g | Vitamine D 8,4 µg (168 %*) | Thiamine 0,91 mg (83 %*) | Riboflavine 1,2 mg (86 %*) | Niacine 13,3 mg | Vitamine B6 1,2 mg | Acide folique 166 µg | Vitamine B12 2,1 µg | Fer 8,0 mg",
    basis: "per_100",
    expected: {
      energy_kcal: 378,
      fat_total_g: 0.9,
      fat_saturated_g: 0.2,
      carbohydrate_g: 87,
      sugars_total_g: 8,
      fiber_total_dietary_g: 3,
      protein_g: 7,
      sodium_mg: 452,
      vitamin_d_mcg: 8.4,
      thiamin_mg: 0.91,
      riboflavin_mg: 1.2,
      niacin_mg: 13.3,
      vitamin_b6_mg: 1.2,
      folate_mcg: 166,
      vitamin_b12_mcg: 2.1,
      iron_mg: 8,
    },
  },
  {
    name: "US before 2016, international units and daily values alone",
    text: "Serving Size 1 cup (240mL) | Calories 120 Calories from Fat 45 | Total Fat 5g 8% | Saturated Fat 3g 15% | Cholesterol 20mg | Sodium 120mg | Total Carbohydrate 11g | Sugars 11g | Protein 9g | Vitamin A 500 IU | Vitamin C 0% | Calcium 30% | Iron 0% | Vitamin D 100 IU",
    basis: "serving",
    serving: [240, "ml"],
    expected: {
      energy_kcal: 120,
      fat_total_g: 5,
      fat_saturated_g: 3,
      cholesterol_mg: 20,
      sodium_mg: 120,
      carbohydrate_g: 11,
      sugars_total_g: 11,
      protein_g: 9,
      vitamin_a_rae_mcg: 150,
      vitamin_c_mg: 0,
      calcium_mg: 300,
      iron_mg: 0,
      vitamin_d_mcg: 2.5,
    },
  },
  {
    name: "Australia and New Zealand, two columns",
    text: "NUTRITION INFORMATION Servings per package: 4 Serving size: 125 g | Avg Qty per Serving | per 100 g | Energy 513 kJ 410 kJ | Protein 6.4 g 5.1 g | Fat, total 4.4 g 3.5 g | - saturated 2.8 g 2.2 g | Carbohydrate 14.1 g 11.3 g | - sugars 13.6 g 10.9 g | Sodium 81 mg 65 mg",
    basis: "per_100",
    serving: [125, "g"],
    expected: {
      energy_kcal: 98,
      protein_g: 5.1,
      fat_total_g: 3.5,
      fat_saturated_g: 2.2,
      carbohydrate_g: 11.3,
      sugars_total_g: 10.9,
      sodium_mg: 65,
    },
  },
  {
    name: "Japan, one line, salt equivalent",
    text: "栄養成分表示 1食(77g)当たり 熱量 351kcal たんぱく質 10.5g 脂質 14.6g 炭水化物 44.5g 食塩相当量 4.9g カルシウム 105mg ビタミンB1 0.19mg ビタミンB2 0.32mg",
    basis: "serving",
    serving: [77, "g"],
    expected: {
      energy_kcal: 351,
      protein_g: 10.5,
      fat_total_g: 14.6,
      carbohydrate_g: 44.5,
      sodium_mg: 1929.1,
      calcium_mg: 105,
      thiamin_mg: 0.19,
      riboflavin_mg: 0.32,
    },
  },
  {
    name: "China, one line, kJ",
    text: "营养成分表 项目 每100克 NRV% 能量 2031千焦 24% 蛋白质 6.9克 12% 脂肪 22.3克 37% 碳水化合物 64.2克 21% 钠 312毫克 16%",
    basis: "per_100",
    expected: { energy_kcal: 485.4, protein_g: 6.9, fat_total_g: 22.3, carbohydrate_g: 64.2, sodium_mg: 312 },
  },
  {
    name: "Brazil, three columns, units beside the names",
    text: "INFORMAÇÃO NUTRICIONAL Porção: 30 g | 100 g 30 g %VD* | Valor energético (kcal) 463 139 7 | Carboidratos (g) 70 21 7 | Açúcares totais (g) 31 9,3 | Açúcares adicionados (g) 30 9 18 | Proteínas (g) 6,6 2 4 | Gorduras totais (g) 17 5,1 8 | Gorduras saturadas (g) 8 2,4 12 | Gorduras trans (g) 0 0 0 | Fibras alimentares (g) 2,1 0,6 3 | Sódio (mg) 330 99 5",
    basis: "per_100",
    serving: [30, "g"],
    expected: {
      energy_kcal: 463,
      carbohydrate_g: 72.1,
      sugars_total_g: 31,
      protein_g: 6.6,
      fat_total_g: 17,
      fat_saturated_g: 8,
      fat_trans_g: 0,
      fiber_total_dietary_g: 2.1,
      sodium_mg: 330,
    },
  },
  {
    name: "bounds instead of amounts",
    text: "Serving size 1 Tbsp (15g) | Calories 5 | Total Fat 0g | Cholesterol less than 5mg | Sodium 190mg | Total Carb. <1g | Fiber 0g | Total Sugars 0g | Protein less than 1g | Not a significant source of trans fat, vitamin D, calcium, iron and potassium",
    basis: "serving",
    serving: [15, "g"],
    expected: {
      energy_kcal: 5,
      fat_total_g: 0,
      cholesterol_mg: 2.5,
      sodium_mg: 190,
      carbohydrate_g: 0.5,
      fiber_total_dietary_g: 0,
      sugars_total_g: 0,
      protein_g: 0.5,
      fat_trans_g: 0,
      vitamin_d_mcg: 0,
      calcium_mg: 0,
      iron_mg: 0,
      potassium_mg: 0,
    },
    below: ["carbohydrate_g", "protein_g", "cholesterol_mg"],
  },
  {
    name: "UK, fats in one row, magnesium in grams",
    text: "Energy 2382 kJ/575 kcal | Fat 46 g of which saturates 6,9 g, mono-unsaturates 24 g, polyunsaturates 13 g | Carbohydrate 11 g of which sugars 6,0 g | Fibre 8,5 g | Protein 25 g | Salt 1,1 g | Magnesium 0,170 g | Vitamin E 9 mg",
    basis: "per_100",
    expected: {
      energy_kcal: 575,
      fat_total_g: 46,
      fat_saturated_g: 6.9,
      fat_monounsaturated_g: 24,
      fat_polyunsaturated_g: 13,
      carbohydrate_g: 19.5,
      sugars_total_g: 6,
      fiber_total_dietary_g: 8.5,
      protein_g: 25,
      sodium_mg: 440,
      magnesium_mg: 170,
      vitamin_e_mg: 9,
    },
  },
];

const rowsOf = (text: string) => text.split(" | ").map((row) => [{ text: row, x: 0 }]);
const read = (text: string) => parseLabel({ productName: null, legibility: null, rows: rowsOf(text) });
const rounded = (nutrients: Nutrients) =>
  Object.fromEntries(Object.entries(nutrients).map(([field, value]) => [field, Math.round(value * 100) / 100]));

describe("a label", () => {
  it.each(VECTORS)("is read: $name", ({ text, basis, serving, expected, below }) => {
    const label = read(text);
    if (!label.ok) throw new Error(label.error.detail);
    const { nutrients, per100, ...content } = label.value;
    const printed = rounded(basis === "per_100" ? per100 : nutrients);

    expect(Object.keys(printed).sort()).toEqual(Object.keys(expected).sort());
    for (const [field, value] of Object.entries(expected)) {
      expect(printed[field], field).toBeCloseTo(value, 1);
    }
    expect(content).toMatchObject({
      name: null,
      servingSize: serving?.[0] ?? 100,
      unit: serving?.[1] ?? "g",
      readFrom: basis,
      belowLimit: below ?? [],
      warnings: [],
    });
  });
});
