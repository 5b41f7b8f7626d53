import { describe, expect, it } from "vitest";
import type { FoodChoice } from "../../../src/nutrition/choose-food.ts";
import { mealTotals } from "../../../src/records/meal-totals.ts";
import { sumNutrients, type Nutrients } from "../../../src/nutrition/nutrients.ts";
import type { IngredientEdit } from "../../../src/records/changes/ingredient-edit.ts";
import { atPortion } from "../../../src/records/changes/portion.ts";
import { presentRecord } from "../../../src/records/present.ts";
import { applyChange, type RecordChange } from "../../../src/records/changes/record-change.ts";
import type { Ingredient, NutritionRecord, RecordContent } from "../../../src/records/record.ts";
import { typedContent, typedContentSchema } from "../../../src/records/changes/typed-content.ts";
import { seeded } from "../../support/random.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const found = (name: string, grams: number, kcal: number | null, change: Partial<Ingredient> = {}): Ingredient => ({
  name,
  servingSize: grams,
  unit: "g",
  nutrients: kcal === null ? null : { energy_kcal: kcal, protein_g: kcal / 31, iron_mg: grams / 77 },
  confidence: 0.8,
  foodSource: kcal === null ? null : { table: "usda_sr_legacy", id: name, match: 1 },
  traits: kcal === null ? null : { as: "general", fruitVegetableWeight: 0 },
  alternatives: [],
  sizeRange: [grams * 0.8, grams * 1.3],
  ...change,
});

/** A record as an analysis leaves it. */
function analyzed(ingredients: Ingredient[], change: Partial<RecordContent> = {}): NutritionRecord {
  const { content } = completedOutcome();
  const { servingSize, nutrients, confidence, energyKcalRange, warnings } = mealTotals(ingredients);
  const report = content.analysis && { ...content.analysis, confidence, energyKcalRange };
  return pendingRecord({
    status: "completed",
    content: {
      ...content,
      servingSize: servingSize ?? 0,
      nutrients,
      ingredients,
      analysis: report && { ...report, warnings: ["portion guessed", ...warnings] },
      ...change,
    },
  });
}
const salad = () => analyzed([found("chicken", 150, 247.5), found("lettuce", 100, 15), found("dressing", 25, 107.3)]);

function changed(record: NutritionRecord, by: RecordChange): NutritionRecord {
  const result = applyChange(record, by);
  if (!result.ok) throw new Error(result.error);
  return { ...record, ...result.value };
}
const edit = (record: NutritionRecord, index: number, by: IngredientEdit) =>
  changed(record, { kind: "ingredient", index, edit: by });
const resize = (record: NutritionRecord, index: number, servingSize: number) => edit(record, index, { servingSize });
const scale = (record: NutritionRecord, servingSize: number) => changed(record, { kind: "portion", servingSize });

/** The content as it is shown, unrounded. */
function shown({ content, servingSize }: NutritionRecord): RecordContent {
  if (content === null) throw new Error("no content");
  return atPortion(content, servingSize);
}
const close = (nutrients: Nutrients | null | undefined) =>
  Object.fromEntries(Object.entries(nutrients ?? {}).map(([field, value]) => [field, expect.closeTo(value, 8)]));

const pork: FoodChoice = {
  name: "pork",
  per100g: { energy_kcal: 200, protein_g: 27, iron_mg: 1 },
  foodSource: { table: "usda_sr_legacy", id: "10060", match: 0.9 },
  traits: { as: "red_meat", fruitVegetableWeight: 0 },
  alternatives: [],
};

/** What a Nutri-Score needs besides. */
const SCORED = {
  carbohydrate_g: 0,
  fat_total_g: 9,
  fat_saturated_g: 3,
  sugars_total_g: 0,
  fiber_total_dietary_g: 0,
  sodium_mg: 60,
};

describe("a corrected size", () => {
  it("rescales that ingredient from its own values, and the totals follow", () => {
    const after = shown(resize(salad(), 0, 75));
    expect(after.ingredients[0]).toMatchObject({ servingSize: 75, nutrients: { energy_kcal: 123.75 } });
    expect(after.ingredients.slice(1)).toMatchObject(salad().content?.ingredients.slice(1) ?? []);
    expect(after.servingSize).toBe(200);
    expect(after.nutrients.energy_kcal).toBeCloseTo(123.75 + 15 + 107.3, 10);
  });

  it("is exact: the energy range narrows to what is still estimated", () => {
    const [low, high] = shown(salad()).analysis?.energyKcalRange ?? [0, 0];
    const record = [0, 1, 2].reduce((edited, index) => resize(edited, index, 50), salad());
    const energy = shown(record).nutrients.energy_kcal;
    expect(high - low).toBeGreaterThan(50);
    expect(shown(record).analysis?.energyKcalRange).toEqual([expect.closeTo(energy ?? 0), expect.closeTo(energy ?? 0)]);
  });

  it("weighs the confidence anew", () => {
    const record = analyzed([found("rice", 100, 130), found("parsley", 100, 36, { confidence: 0.2 })]);
    expect(record.content?.analysis?.confidence).toBeCloseTo(0.5, 10);
    expect(resize(record, 1, 50).content?.analysis?.confidence).toBeCloseTo(0.6, 10);
  });
});

describe("another food", () => {
  it("brings its own nutrients, source and alternatives in the size that the ingredient has", () => {
    const after = edit(resize(salad(), 0, 80), 0, { food: pork });
    expect(after.content?.ingredients[0]).toEqual({
      name: "pork",
      servingSize: 80,
      unit: "g",
      nutrients: { energy_kcal: 160, protein_g: expect.closeTo(21.6), iron_mg: 0.8 },
      confidence: null,
      foodSource: pork.foodSource,
      traits: pork.traits,
      alternatives: [],
    });
    expect(after.content?.nutrients.energy_kcal).toBeCloseTo(160 + 15 + 107.3, 10);
  });

  it("may come with a size, as shown", () => {
    const after = shown(edit(scale(salad(), 550), 0, { servingSize: 60, food: pork }));
    expect(after.ingredients[0]).toMatchObject({ name: "pork", servingSize: 60 });
    expect(after.ingredients[0]?.nutrients?.energy_kcal).toBeCloseTo(120, 8);
  });

  it("is counted in grams from mg and mcg, and refused for volumes", () => {
    const of = (unit: Ingredient["unit"], size: number) => analyzed([found("x", size, 1, { unit })]);
    for (const [unit, size] of [
      ["mg", 50_000],
      ["mcg", 50_000_000],
    ] as const) {
      expect(edit(of(unit, size), 0, { food: pork }).content?.nutrients.energy_kcal).toBeCloseTo(100, 8);
    }
    for (const unit of ["ml", "kcal"] as const) {
      const by: RecordChange = { kind: "ingredient", index: 0, edit: { food: pork } };
      expect(applyChange(of(unit, 50), by)).toEqual({ ok: false, error: "not_a_weight" });
    }
  });

  it("takes its warnings along: only those of the foods that are there now stay, and the model's own", () => {
    const unknown = analyzed([found("rice", 100, 130), found("moon dust", 10, null)]);
    const warned = ["portion guessed", '"moon dust" is not in the food table and is not included in the totals.'];
    expect(unknown.content?.analysis?.warnings).toEqual(warned);
    const known = edit(unknown, 1, { food: pork });
    expect(known.content?.analysis?.warnings).toEqual(["portion guessed"]);
    const none = { ...pork, name: "moon dust", per100g: null, foodSource: null, traits: null };
    expect(edit(known, 1, { food: none }).content?.analysis?.warnings).toEqual(warned);
  });

  it("renames the dish that is named after it, unless a user has typed the dish's name", () => {
    const apple = analyzed([found("Apple", 182, 95)]);
    expect(edit(apple, 0, { food: pork }).content?.dishName).toBe("pork");
    expect(edit(salad(), 1, { food: pork }).content?.dishName).toBe("apple");
    const typed = analyzed([found("apple", 182, 95)], { typedNutrients: {} });
    expect(edit(typed, 0, { food: pork }).content?.dishName).toBe("apple");
  });
});

describe("a removed ingredient", () => {
  it("is gone from the totals, and those behind it move up", () => {
    const { content } = edit(salad(), 0, { remove: true });
    expect(content?.ingredients.map(({ name }) => name)).toEqual(["lettuce", "dressing"]);
    expect(content).toMatchObject({ servingSize: 125, nutrients: { energy_kcal: 122.3 } });
  });

  it.each<[string, number, "last_ingredient" | "unknown_ingredient"]>([
    ["the last one", 0, "last_ingredient"],
    ["one that is not there", 1, "unknown_ingredient"],
  ])("is not %s", (_, index, error) => {
    const by: RecordChange = { kind: "ingredient", index, edit: { remove: true } };
    expect(applyChange(analyzed([found("apple", 182, 95)]), by)).toEqual({ ok: false, error });
  });
});

describe("what a user has set", () => {
  const typed = (): NutritionRecord =>
    changed(salad(), {
      kind: "content",
      content: typedContent(
        typedContentSchema.parse({
          dish_name: "my salad",
          serving_size: 300,
          unit: "g",
          nutritional_fields: { energy_kcal: 500 },
          ingredients: [
            { name: "chicken", serving_size: 150, unit: "g", nutritional_fields: { energy_kcal: 248, protein_g: 46 } },
            { name: "lettuce", serving_size: 100, unit: "g", nutritional_fields: { energy_kcal: 15, protein_g: 1.4 } },
          ],
        }),
      ),
    });

  it("stays when an ingredient changes; totals that were not typed follow the ingredients", () => {
    const after = shown(resize(typed(), 0, 75));
    expect(after).toMatchObject({ servingSize: 300, nutrients: { energy_kcal: 500, protein_g: 24.4 } });
    expect(shown(edit(typed(), 1, { remove: true })).nutrients).toEqual({ energy_kcal: 500, protein_g: 46 });
  });

  it("scales with the portion, as everything does", () => {
    const after = shown(scale(resize(typed(), 0, 75), 150));
    expect(after.nutrients).toEqual({ energy_kcal: 250, protein_g: expect.closeTo(12.2) });
  });

  it("keeps the portion when an ingredient changes, and says that the two disagree", () => {
    const warning = "The ingredients do not add up to the serving size that the user set.";
    const after = resize(scale(salad(), 550), 0, 100);
    expect(shown(after)).toMatchObject({
      servingSize: 550,
      ingredients: [{ servingSize: 100 }, { servingSize: 200 }, {}],
    });
    expect(after.content?.analysis?.warnings).toContain(warning);
    expect(resize(after, 0, 300).content?.analysis?.warnings).toEqual(["portion guessed"]);
    expect(resize(salad(), 0, 100).content?.analysis?.warnings).toEqual(["portion guessed"]);
  });

  it("has no Nutri-Score: typed totals need not agree with the foods", () => {
    const known = { ...pork, per100g: { ...pork.per100g, ...SCORED } };
    const edited = [0, 1].reduce((record, index) => edit(record, index, { food: known }), typed());
    expect(edited.content?.nutriScore).toBeNull();
    const scored = [0, 1, 2].reduce((record, index) => edit(record, index, { food: known }), salad());
    expect(scored.content?.nutriScore).toMatch(/^[A-E]$/);
  });

  it("is replaced as a whole by what is typed: no portion, no analysis, but what it was made of is remembered", () => {
    const record = changed(scale(salad(), 20), {
      kind: "content",
      content: typed().content ?? completedOutcome().content,
    });
    expect(record).toMatchObject({
      inputType: "manual",
      servingSize: null,
      content: { typedOver: "image", analysis: null },
    });
    const again = changed(record, { kind: "content", content: { ...completedOutcome().content, analysis: null } });
    expect(again.content?.typedOver).toBe("image");
  });
});

describe("any changes, one after the other", () => {
  const random = seeded(20_261_123);
  const size = () => 0.01 + random() ** 3 * 5_000;
  const upTo = (n: number) => Math.floor(random() * n);

  function changedAtRandom(record: NutritionRecord): NutritionRecord {
    const count = record.content?.ingredients.length ?? 0;
    const kind = random();
    if (kind < 0.3) return scale(record, size());
    if (kind < 0.8) return resize(record, upTo(count), size());
    return edit(record, upTo(count), kind < 0.9 && count > 1 ? { remove: true } : { food: pork });
  }

  it("leave totals that are the sum of what is shown", () => {
    for (let run = 0; run < 40; run += 1) {
      let record = salad();
      for (let step = 0; step < 25; step += 1) record = changedAtRandom(record);
      const { ingredients, nutrients } = shown(record);
      for (const [field, value] of Object.entries(
        sumNutrients(ingredients.map((ingredient) => ingredient.nutrients)),
      )) {
        expect((nutrients[field as keyof Nutrients] ?? 0) / value, field).toBeCloseTo(1, 9);
      }
    }
  });

  it("of the portion come back to the same record, to the last digit, when the portion comes back", () => {
    let record = salad();
    for (let step = 0; step < 500; step += 1) record = scale(record, size());
    expect(shown(scale(record, 275))).toEqual(shown(scale(salad(), 275)));
  });

  it("of sizes come back to the same values when the sizes come back, whatever the portion was in between", () => {
    let record = salad();
    for (let step = 0; step < 500; step += 1) {
      record = random() < 0.5 ? scale(record, size()) : resize(record, upTo(3), size());
    }
    record = scale(record, 275);
    for (const [index, grams] of [150, 100, 25].entries()) record = resize(record, index, grams);
    const before = shown(salad());
    expect(shown(record).ingredients.map(({ nutrients }) => nutrients)).toEqual(
      before.ingredients.map(({ nutrients }) => close(nutrients)),
    );
    expect(shown(record).nutrients).toEqual(close(before.nutrients));
  });

  it("show a size as it was set, and leave the other ingredients as they were", () => {
    for (let run = 0; run < 200; run += 1) {
      const before = scale(salad(), size());
      const [index, grams] = [upTo(3), size()];
      const after = shown(resize(before, index, grams));
      expect(after.ingredients[index]?.servingSize).toBeCloseTo(grams, 8);
      const others = (content: RecordContent) => content.ingredients.toSpliced(index, 1);
      expect(others(after)).toEqual(others(shown(before)));
    }
  });

  it("are the same in either order: a size then the portion, or the portion then the size in proportion", () => {
    for (let run = 0; run < 200; run += 1) {
      const [index, grams, factor] = [upTo(3), size(), 0.1 + random() * 5];
      const first = resize(salad(), index, grams);
      const sizeFirst = shown(scale(first, shown(first).servingSize * factor));
      const portionFirst = shown(resize(scale(salad(), 275 * factor), index, grams * factor));
      expect(portionFirst.nutrients).toEqual(close(sizeFirst.nutrients));
    }
  });

  it("scale, correct, scale back: the others have their first values, the corrected one its corrected share", () => {
    const back = scale(resize(scale(salad(), 550), 2, 100), 275);
    expect(presentRecord({ ...back, options: { ...back.options, include_ingredients: true } })).toMatchObject({
      serving_size: 275,
      ingredients: [
        { serving_size: 150, nutritional_fields: { energy_kcal: 248 } },
        { serving_size: 100, nutritional_fields: { energy_kcal: 15 } },
        { serving_size: 50, nutritional_fields: { energy_kcal: 215 } },
      ],
      nutritional_fields: { energy_kcal: 477 },
    });
  });
});
