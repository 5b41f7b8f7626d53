import { z } from "zod";
import { ok, type Result } from "../../result.ts";
import { MAX_FOODS } from "../prompts.ts";
import { parseModelJson } from "./json-output.ts";
import type { SeenFood, Recognition, UnreadableOutput } from "./recognizer.ts";

/** No one photographs a portion above this; a larger number is a model error. */
const MAX_GRAMS = 5000;
const MAX_NAME_LENGTH = 120;
const MAX_DESCRIPTION_LENGTH = 1000;
const grams = z.number().positive().max(MAX_GRAMS);

const recognitionSchema = z.object({
  food_present: z.boolean(),
  dish_name: z.string().max(MAX_NAME_LENGTH).nullish(),
  description: z.string().max(MAX_DESCRIPTION_LENGTH).nullish(),
  foods: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
        grams,
        grams_low: grams.optional(),
        grams_high: grams.optional(),
        confidence: z.number().min(0).max(1),
      }),
    )
    .max(MAX_FOODS),
});

/** Without a range from the model: what a general model is off by on one photo, about 40 % (Fridolfsson 2025: 36 %). */
const TYPICAL_ERROR = 0.4;

function toSeenFood(food: z.infer<typeof recognitionSchema>["foods"][number]): SeenFood {
  const low = food.grams_low ?? food.grams * (1 - TYPICAL_ERROR);
  const high = food.grams_high ?? food.grams * (1 + TYPICAL_ERROR);
  return {
    name: food.name,
    grams: food.grams,
    sizeRange: [Math.min(low, food.grams), Math.max(high, food.grams)],
    confidence: food.confidence,
    boxes: [],
  };
}

/** Validates a sighting that a model wrote as JSON, in a text or as an object. */
export function readRecognition(content: unknown): Result<Recognition, UnreadableOutput> {
  const recognition = parseModelJson(recognitionSchema, content);
  if (!recognition.ok) return recognition;
  const { food_present, dish_name, description, foods } = recognition.value;
  return ok({
    dishName: dish_name ?? null,
    description: description ?? null,
    foods: food_present ? foods.map(toSeenFood) : [],
    foodPresent: food_present,
    warnings: [],
  });
}
