import { z } from "zod";
import { chooseByName, chooseOffered, type FoodChoice } from "../../nutrition/choose-food.ts";
import type { FoodTable } from "../../nutrition/food-table.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { invalidFields, type Problem } from "../../problems/problem.ts";
import { recordPathSchema } from "../../records/responses.ts";
import { EDIT_REFUSALS, notComplete } from "../../records/changes/change-problems.ts";
import type { IngredientEdit } from "../../records/changes/ingredient-edit.ts";
import type { Ingredient } from "../../records/record.ts";
import { foodNameSchema, servingSizeIssue, servingSizeSchema } from "../../records/changes/typed-content.ts";
import { fail, ok, type Result } from "../../result.ts";
import { respondWithChange, CHANGED_RECORD, CHANGE_PROBLEMS } from "../../http/records/change-response.ts";
import { parseJsonBody } from "../../http/json-body.ts";

/** Longer than any table's name or id. */
const MAX_SOURCE_LENGTH = 100;

const editSchema = z
  .object({
    serving_size: servingSizeSchema.optional().meta({ description: "The amount, in the ingredient's unit." }),
    name: foodNameSchema.optional().meta({ description: "The correct food, looked up in the food table." }),
    food_source: z
      .object({ table: z.string().max(MAX_SOURCE_LENGTH), id: z.string().max(MAX_SOURCE_LENGTH) })
      .optional()
      .meta({ description: "One of the ingredient's `alternatives`, with or without a new name." }),
    remove: z
      .boolean()
      .default(false)
      .meta({ description: "Set to `true`, with no other field, to remove the ingredient." }),
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
    "Ingredients are numbered from 0, in the order of the record; those after a removed one move up. The totals, the energy range, the confidence and the warnings are recomputed from the ingredients. What a user has set is kept: a previously changed portion, and every manually entered total. A composite dish remains one ingredient. A name that matches no food is kept, without nutrients and with a warning. A replacement food gets its own translated name, or none.",
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
    size: { summary: "A different amount", value: { serving_size: 80 } },
    name: { summary: "A different food", value: { name: "brown rice", serving_size: 120 } },
  }),
  responses: CHANGED_RECORD,
  problems: [...CHANGE_PROBLEMS, "last_ingredient"],
  /** Corrects or removes one ingredient; they count from 0, in the order of the record. */
  handler: (c) =>
    respondWithChange(c, async (record) => {
      const index = Number(c.req.param("n"));
      const body = await parseJsonBody(c.req.raw, editSchema);
      if (!body.ok) return body;
      if (record.content === null) return fail(notComplete(record.status));
      if (body.value.remove) return ok({ kind: "ingredient", index, edit: { remove: true } });
      const ingredient = record.content.ingredients[index];
      if (ingredient === undefined) return fail(EDIT_REFUSALS.unknown_ingredient);
      const message = servingSizeIssue(body.value.serving_size, ingredient.unit);
      if (message !== null) return fail(invalidFields([{ path: ["serving_size"], message }], "body"));
      const food = await readFood(c.var.deps.foods, body.value, ingredient, record.options.country_code ?? null);
      if (!food.ok) return food;
      const edit: IngredientEdit = {
        ...(body.value.serving_size !== undefined && { servingSize: body.value.serving_size }),
        ...(food.value !== undefined && { food: await c.var.deps.nameChoice(food.value, record) }),
      };
      return ok({ kind: "ingredient", index, edit });
    }),
});
