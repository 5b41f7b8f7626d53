import { z } from "zod";
import { nutrientInputSchema, toNutrients } from "../../nutrition/nutrient-input.ts";
import { NUTRIENT_FIELDS } from "../../nutrition/nutrient-table.ts";
import { sumNutrients } from "../../nutrition/nutrients.ts";
import { MAX_DESCRIPTION_LENGTH, MAX_FOOD_NAME_LENGTH, MAX_INGREDIENTS, MAX_SERVING } from "../../bounds.ts";
import { UNITS, type Unit, type Ingredient, type RecordContent } from "../record.ts";
import { timeSchema } from "../time-schema.ts";
import { metadataSchema, plannedSchema, type UploadOptions } from "../upload-options.ts";

/** The smallest portion that the contract knows, in its unit. */
const MIN_SERVING_SIZE = 0.01;

export const servingSizeSchema = z.number().min(MIN_SERVING_SIZE).max(MAX_SERVING.mcg);

/** What is wrong with a size in this unit; null when it may be one. */
export const servingSizeIssue = (size: number | undefined, unit: Unit): string | null =>
  size !== undefined && size > MAX_SERVING[unit]
    ? `at most ${MAX_SERVING[unit].toLocaleString("en-US")} ${unit}`
    : null;

/** The same for a meal or an ingredient that states both. */
const sizeFitsUnit = (context: z.core.ParsePayload<{ serving_size: number; unit: Unit }>): void => {
  const { serving_size: size, unit } = context.value;
  const message = servingSizeIssue(size, unit);
  if (message !== null) context.issues.push({ code: "custom", path: ["serving_size"], message, input: size });
};
export const foodNameSchema = z.string().trim().min(1).max(MAX_FOOD_NAME_LENGTH);

const descriptionSchema = z.string().trim().min(1).max(MAX_DESCRIPTION_LENGTH);

const typedIngredientSchema = z
  .object({
    name: foodNameSchema,
    name_translated: foodNameSchema.optional().meta({ description: "Its name in the user's language." }),
    serving_size: servingSizeSchema,
    unit: z.enum(UNITS),
    nutritional_fields: nutrientInputSchema.default({}),
  })
  .check(sizeFitsUnit)
  .meta({ id: "TypedIngredient" });

/** A meal as a user types it: `POST …/manual` and `PUT`. Unknown fields are ignored. */
export const typedContentSchema = z
  .object({
    dish_name: foodNameSchema,
    dish_name_translated: foodNameSchema.optional().meta({ description: "The name in the user's language." }),
    dish_description: descriptionSchema.optional(),
    dish_description_translated: descriptionSchema.optional(),
    serving_size: servingSizeSchema,
    unit: z.enum(UNITS),
    nutritional_fields: nutrientInputSchema.default({}),
    ingredients: z.array(typedIngredientSchema).max(MAX_INGREDIENTS).default([]),
    planned: plannedSchema,
    consumed_at: timeSchema.optional().meta({ description: "When the meal was eaten." }),
    metadata: metadataSchema.optional().meta({ description: "Your own data, returned in the record and the webhook." }),
  })
  .check(sizeFitsUnit)
  .meta({ id: "TypedMeal", description: "A meal as entered manually. Nutrients are for the whole `serving_size`." });
export type TypedContent = z.infer<typeof typedContentSchema>;

/** Users want to see the values they entered: a manual record shows everything it has. */
export const SHOW_ALL = {
  include_ingredients: true,
  include_nutri_score: true,
  include_nutrition_fields: [...NUTRIENT_FIELDS],
} as const satisfies Partial<UploadOptions>;

const typedIngredient = (typed: TypedContent["ingredients"][number]): Ingredient => ({
  name: typed.name,
  ...(typed.name_translated !== undefined && { nameTranslated: typed.name_translated }),
  servingSize: typed.serving_size,
  unit: typed.unit,
  nutrients: toNutrients(typed.nutritional_fields),
  confidence: null,
  foodSource: null,
  traits: null,
  alternatives: [],
});

/**
 * The content that a user typed. A total that was omitted is the sum over the ingredients; it stays unknown when one of
 * them does not have it.
 */
export function typedContent(body: TypedContent): RecordContent {
  const ingredients = body.ingredients.map(typedIngredient);
  const typedNutrients = toNutrients(body.nutritional_fields);
  return {
    dishName: body.dish_name,
    ...(body.dish_name_translated !== undefined && { dishNameTranslated: body.dish_name_translated }),
    dishDescription: body.dish_description ?? null,
    ...(body.dish_description_translated !== undefined && {
      dishDescriptionTranslated: body.dish_description_translated,
    }),
    nutriScore: null,
    servingSize: body.serving_size,
    unit: body.unit,
    nutrients: { ...sumNutrients(ingredients.map(({ nutrients }) => nutrients)), ...typedNutrients },
    ingredients,
    typedNutrients,
    analysis: null,
  };
}
