import { z } from "zod";
import { chooseByName, chooseOffered, type FoodChoice } from "../../nutrition/choose-food.ts";
import type { FoodTable } from "../../nutrition/food-table.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { invalidFields, type Problem } from "../../problems/problem.ts";
import { recordPathSchema } from "../../records/answers.ts";
import { EDIT_REFUSALS, notComplete } from "../../records/changes/change-problems.ts";
import type { IngredientEdit } from "../../records/changes/ingredient-edit.ts";
import type { Ingredient } from "../../records/record.ts";
import { foodNameSchema, servingSizeSchema } from "../../records/changes/typed-content.ts";
import { fail, ok, type Result } from "../../result.ts";
import { answerChange, CHANGED_RECORD, CHANGE_PROBLEMS } from "../../http/records/change-response.ts";
import { parseJsonBody } from "../../http/json-body.ts";

/** Longer than any table's name or id. */
const MAX_SOURCE_LENGTH = 100;

const editSchema = z
  .object({
    serving_size: servingSizeSchema
      .optional()
      .meta({ description: "How much of it there is, in the ingredient's unit." }),
    name: foodNameSchema.optional().meta({ description: "What it is instead: looked up in the food table." }),
    food_source: z
      .object({ table: z.string().max(MAX_SOURCE_LENGTH), id: z.string().max(MAX_SOURCE_LENGTH) })
      .optional()
      .meta({ description: "One of the ingredient's `alternatives`, instead of a name or together with one." }),
    remove: z.boolean().default(false).meta({ description: "`true`, alone: the ingredient goes." }),
  })
  .refine(
    ({ remove, ...others }) => remove !== Object.values(others).some((value) => value !== undefined),
    "either remove: true alone, or at least one of serving_size, name and food_source",
  )
  .meta({ id: "IngredientChange", description: "Either `remove`, or at least one of the others." });
type EditBody = z.infer<typeof editSchema>;

const notOffered = invalidFields(
  [{ path: ["food_source"], message: "one of the ingredient's alternatives, as analysis.ingredients lists them" }],
  "body",
);

/** The food that the request names; undefined when it names none. */
async function readFood(
  foods: FoodTable,
  { name, food_source: source }: EditBody,
  ingredient: Ingredient,
  countryCode: string | null,
): Promise<Result<FoodChoice | undefined, Problem>> {
  if (source === undefined) return ok(name === undefined ? undefined : await chooseByName(foods, name, countryCode));
  const offered = ingredient.alternatives.find(({ table, id }) => table === source.table && id === source.id);
  if (offered === undefined) return fail(notOffered);
  const food = await chooseOffered(foods, name ?? offered.name, offered);
  return food.foodSource === null ? fail(notOffered) : ok(food);
}

export const correctIngredient = operation({
  id: "correctIngredient",
  method: "patch",
  path: "/nutrition_records/{id}/ingredients/{n}",
  tag: "Changing records",
  summary: "Correct one ingredient",
  description:
    "Ingredients count from 0, in the order of the record; those behind a removed one move up. The totals, the energy range, the confidence and the warnings are derived from the ingredients again. What a user has set stays: a portion that was changed before, and every total that was typed. A dish of several foods stays one ingredient. A name that no food has is kept, without nutrients and with a warning. Another food gets a translated name of its own, or none.",
  security: "token",
  rate: "requests",
  pathParameters: recordPathSchema.extend({
    n: z
      .int()
      .min(0)
      .meta({ description: "Which ingredient, counted from 0.", examples: [0] }),
  }),
  headers: ["If-Match"],
  body: json(editSchema, {
    size: { summary: "Another size", value: { serving_size: 80 } },
    name: { summary: "Another food", value: { name: "brown rice", serving_size: 120 } },
  }),
  responses: CHANGED_RECORD,
  problems: [...CHANGE_PROBLEMS, "last_ingredient"],
  /** Corrects or removes one ingredient; they count from 0, in the order of the record. */
  handler: (c) =>
    answerChange(c, async (record) => {
      const index = Number(c.req.param("n"));
      const body = await parseJsonBody(c.req.raw, editSchema);
      if (!body.ok) return body;
      if (record.content === null) return fail(notComplete(record.status));
      if (body.value.remove) return ok({ kind: "ingredient", index, edit: { remove: true } });
      const ingredient = record.content.ingredients[index];
      if (ingredient === undefined) return fail(EDIT_REFUSALS.unknown_ingredient);
      const food = await readFood(c.var.deps.foods, body.value, ingredient, record.options.country_code ?? null);
      if (!food.ok) return food;
      const edit: IngredientEdit = {
        ...(body.value.serving_size !== undefined && { servingSize: body.value.serving_size }),
        ...(food.value !== undefined && { food: await c.var.deps.nameChoice(food.value, record) }),
      };
      return ok({ kind: "ingredient", index, edit });
    }),
});
