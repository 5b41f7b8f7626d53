import { describe, expect, it } from "vitest";
import type { FoodChoice } from "../../../src/nutrition/choose-food.ts";
import { editIngredient, type IngredientEdit } from "../../../src/records/changes/ingredient-edit.ts";
import type { Ingredient, NutritionRecord, RecordContent } from "../../../src/records/record.ts";
import { missingTranslations, translationLanguage } from "../../../src/records/translations.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const { content: analyzed } = completedOutcome();
const [apple] = analyzed.ingredients as [Ingredient];
const options = { ...pendingRecord().options, language_code: "de" };

/** A record of one apple, named in German. */
const german = (change: Partial<RecordContent> = {}): NutritionRecord =>
  pendingRecord({
    status: "completed",
    options,
    content: {
      ...analyzed,
      dishNameTranslated: "Apfel",
      ingredients: [{ ...apple, nameTranslated: "Apfel" }],
      ...change,
    },
  });

const pork: FoodChoice = {
  name: "pork",
  per100g: { energy_kcal: 200 },
  foodSource: { table: "usda_sr_legacy", id: "10060", match: 0.9 },
  traits: { as: "red_meat", fruitVegetableWeight: 0 },
  alternatives: [],
};

function edited(record: NutritionRecord, edit: IngredientEdit): NutritionRecord {
  const result = editIngredient(record, 0, edit);
  if (!result.ok) throw new Error(result.error);
  return { ...record, ...result.value };
}

describe("the language of translated names", () => {
  it.each([
    [undefined, null],
    ["en", null],
    ["de", "de"],
    ["xx", "xx"],
  ])("for language_code %s is %s", (code, language) => {
    expect(translationLanguage(code === undefined ? {} : { language_code: code })).toBe(language);
  });
});

describe("a missing translation", () => {
  it("is told of once for each name", () => {
    const { dishNameTranslated: _, ...content } = { ...german().content, ...analyzed };
    const missing = missingTranslations({ ...content, ingredients: [apple, { ...apple, name: "apple" }] }, options);
    expect(missing).toEqual(['No name in "de" was found for: apple, Apple.']);
  });

  it("of a description is told of only to who asks for descriptions", () => {
    const content = german().content ?? analyzed;
    expect(missingTranslations(content, options)).toEqual([]);
    expect(missingTranslations(content, { ...options, include_dish_description: true })).toEqual([
      'The description could not be translated into "de".',
    ]);
    const translated = { ...content, dishDescriptionTranslated: "Ein roter Apfel." };
    expect(missingTranslations(translated, { ...options, include_dish_description: true })).toEqual([]);
  });

  it("is none where no language is asked for", () => {
    expect(missingTranslations(analyzed, { include_dish_description: true })).toEqual([]);
  });
});

describe("an edited ingredient's translated name", () => {
  const warned = (record: NutritionRecord) => record.content?.analysis?.warnings ?? [];

  it("is the new food's, on the ingredient and on a dish that is named after it", () => {
    const after = edited(german(), { food: { ...pork, nameTranslated: "Schweinefleisch" } });
    expect(after.content).toMatchObject({
      dishName: "pork",
      dishNameTranslated: "Schweinefleisch",
      ingredients: [{ name: "pork", nameTranslated: "Schweinefleisch" }],
    });
  });

  it("goes with the old food when nobody knows the new one's, and comes back without a warning", () => {
    const unnamed = edited(german(), { food: pork });
    expect(unnamed.content).not.toHaveProperty("dishNameTranslated");
    expect(unnamed.content?.ingredients[0]).not.toHaveProperty("nameTranslated");
    expect(warned(unnamed)).toContain('No name in "de" was found for: pork.');
    const named = edited(unnamed, { food: { ...pork, nameTranslated: "Schweinefleisch" } });
    expect(warned(named).join()).not.toContain("No name");
  });

  it("stays when only the size changes", () => {
    expect(edited(german(), { servingSize: 80 }).content).toMatchObject({
      dishNameTranslated: "Apfel",
      ingredients: [{ nameTranslated: "Apfel" }],
    });
  });

  it("leaves a dish alone that is named otherwise", () => {
    const tart = german({ dishName: "tart", dishNameTranslated: "Torte" });
    expect(edited(tart, { food: pork }).content).toMatchObject({ dishName: "tart", dishNameTranslated: "Torte" });
  });
});
