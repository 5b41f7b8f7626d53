import type { FoodTable } from "../nutrition/food-table.ts";
import { weighMeal, type WeighedItem } from "../nutrition/resolve-meal.ts";
import { expandFoods, matchNames, type UnresolvedFood } from "../nutrition/resolve-foods.ts";
import { parseMeal } from "../nutrition/text/parse-meal.ts";
import type { AnalysisOutcome, NutritionRecord } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Postponed } from "./model-failure.ts";
import { assembleContent } from "./assemble.ts";
import type { RunModel } from "./ask-model.ts";
import { runTextModels, type ModelsAnswer } from "./run-models.ts";
import type { TellStage } from "./stage-reports.ts";

/** What reading a sentence needs from outside. `models` may be empty: then what cannot be read is told as such. */
export interface TextPorts {
  runModel: RunModel;
  models: readonly string[];
  foods: FoodTable;
  now: () => number;
}

const NOTHING_READ =
  'No food was found in the text. Name foods in English, with amounts if you know them: "two eggs and 50 g of bread".';

const isKnown = ({ match }: WeighedItem): boolean => match.claimed !== null;

/** The items that a model made of words which the parser and the food table could not read. */
async function readByModel(
  words: readonly string[],
  ports: TextPorts,
): Promise<{ items: WeighedItem[]; answer: ModelsAnswer } | null> {
  if (words.length === 0 || ports.models.length === 0) return null;
  const answer = await runTextModels(ports.runModel, ports.models, words);
  if (answer.outcome !== "seen") return { items: [], answer };
  const foods: UnresolvedFood[] = answer.sighting.foods;
  const matches = await matchNames(
    ports.foods,
    foods.map(({ name }) => name),
  );
  const items = foods.map((food, index) => ({ food, match: matches[index] ?? { claimed: null, alternatives: [] } }));
  return { items, answer };
}

/**
 * Takes one record from its sentence to its nutrients: a deterministic parser and the food table read what they can, a
 * model is asked about the rest. A model that cannot be reached postpones the record only when nothing else was read.
 */
export async function analyseText(
  record: NutritionRecord,
  ports: TextPorts,
  tell: TellStage,
): Promise<Result<AnalysisOutcome, Postponed>> {
  const started = ports.now();
  const weighed = await weighMeal(ports.foods, parseMeal(record.inputText ?? ""));
  const unread = weighed.filter((item) => !isKnown(item));
  const parsed = ports.now();
  tell("recognising");
  const byModel = await readByModel(
    unread.map(({ food }) => food.name),
    ports,
  );
  const answer = byModel?.answer;
  const items = answer?.outcome === "seen" ? [...weighed.filter(isKnown), ...(byModel?.items ?? [])] : weighed;
  if (!items.some(isKnown)) {
    if (answer?.outcome === "retry") return fail({ detail: answer.detail });
    return ok({ status: "failed", failure: { code: "no_food_found", reason: NOTHING_READ } });
  }
  const recognised = ports.now();
  tell("computing");
  const foods = await expandFoods(ports.foods, items);
  const timingsMs = { read: parsed - started, recognise: recognised - parsed, compute: ports.now() - recognised };
  const seen = answer?.outcome === "seen" ? answer : null;
  const named = { dishName: null, description: null, foods: items.map(({ food }) => food), warnings: [] };
  const content = assembleContent(named, foods, {
    mode: record.options.analysis_mode,
    models: seen === null ? [] : seen.models,
    promptVersion: seen?.promptVersion ?? null,
    timingsMs,
  });
  return ok({ status: "completed", content });
}
