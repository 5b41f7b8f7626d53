import type { AnalysisOutcome, NutritionRecord } from "../../src/records/record.ts";

/** A record as an upload leaves it. */
export const pendingRecord = (change: Partial<NutritionRecord> = {}): NutritionRecord => ({
  id: "01932c2e-0000-7000-8000-000000000001",
  applicationId: 1,
  userId: "ada",
  status: "pending",
  version: 1,
  inputType: "image",
  options: {
    analysis_mode: "precise",
    include_dish_description: false,
    include_ingredients: false,
    include_nutri_score: false,
    include_nutrition_fields: [],
    ignore_cache: false,
  },
  metadata: null,
  photo: { format: "jpeg", bytes: 200_000, width: 1024, height: 768, orientation: 1 },
  inputText: null,
  content: null,
  servingSize: null,
  failure: null,
  retry: null,
  history: [],
  modelCalls: [],
  uploadedAt: 1_000,
  modifiedAt: 1_000,
  consumedAt: 1_000,
  ...change,
});

/** An analysis that found one apple. */
export const completedOutcome = (): AnalysisOutcome & { status: "completed" } => ({
  status: "completed",
  content: {
    dishName: "apple",
    dishDescription: "A red apple on a table.",
    nutriScore: null,
    servingSize: 182,
    unit: "g",
    nutrients: { energy_kcal: 94.64, protein_g: 0.4732, fat_total_g: 0.3094, carbohydrate_g: 25.1342 },
    ingredients: [
      {
        name: "Apple",
        servingSize: 182,
        unit: "g",
        nutrients: { energy_kcal: 94.64 },
        confidence: 0.9,
        foodSource: { table: "usda_sr_legacy", id: "09003", match: 1 },
        traits: { as: "general", fruitVegetableWeight: 1 },
        alternatives: [],
      },
    ],
    analysis: {
      mode: "precise",
      models: ["@cf/google/gemma-4-26b-a4b-it"],
      promptVersion: "2026-11-1",
      confidence: 0.9,
      energyKcalRange: [78, 114],
      warnings: [],
      cached: false,
      timingsMs: { recognize: 12 },
    },
  },
});
