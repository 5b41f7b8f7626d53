import type { FoodTable } from "../nutrition/food-table.ts";
import { matchNames, UNMATCHED } from "../nutrition/match-names.ts";
import { weighMeal, type WeighedItem } from "../nutrition/resolve-meal.ts";
import { expandFoods, type UnresolvedFood } from "../nutrition/resolve-foods.ts";
import { parseMeal } from "../nutrition/text/parse-meal.ts";
import type { AnalysisOutcome, NutritionRecord } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import { assembleContent } from "./assemble.ts";
import type { AskPorts } from "./ask-model.ts";
import { runTextModels, type ModelsOutput } from "./run-models.ts";
import type { TellStage } from "./stage-reports.ts";
import { postponedBy } from "./trouble.ts";

/** Dependencies of reading a sentence. `models` may be empty: then unreadable parts are reported as such. */
export interface TextPorts extends AskPorts {
  models: readonly string[];
  foods: FoodTable;
}

const NOTHING_READ =
  'No food was found in the text. Name foods in English, with amounts if you know them: "two eggs and 50 g of bread".';

const isKnown = ({ match }: WeighedItem): boolean => match.claimed !== null;

/** The items that a model made of words which the parser and the food table could not read. */
async function readByModel(
  words: readonly string[],
  countryCode: string | null,
  ports: TextPorts,
): Promise<{ items: WeighedItem[]; answer: ModelsOutput; recognizeMs: number } | null> {
  if (words.length === 0 || ports.models.length === 0) return null;
  const asked = ports.now();
  const answer = await runTextModels(ports, ports.models, words);
  const recognizeMs = ports.now() - asked;
  if (answer.outcome !== "seen") return { items: [], answer, recognizeMs };
  const foods: UnresolvedFood[] = answer.recognition.foods;
  const matches = await matchNames(
    ports.foods,
    foods.map(({ name }) => name),
    countryCode,
  );
  const items = foods.map((food, index) => ({ food, match: matches[index] ?? UNMATCHED }));
  return { items, answer, recognizeMs };
}

const HINT_UNUSED = "No model could use the hint; this result is based on the text alone.";

/** What was read of a text: its items, the model's output if one was asked, and what to warn of. */
interface Reading {
  items: WeighedItem[];
  answer: ModelsOutput | null;
  /** How long the model took, milliseconds. */
  recognizeMs: number;
  warnings: string[];
}

/** The parser and the food table read what they can; a model is asked about the rest. */
async function readText(text: string, countryCode: string | null, ports: TextPorts): Promise<Reading> {
  const weighed = await weighMeal(ports.foods, parseMeal(text), countryCode);
  const unread = weighed.filter((item) => !isKnown(item));
  const byModel = await readByModel(
    unread.map(({ food }) => food.name),
    countryCode,
    ports,
  );
  if (byModel === null) return { items: weighed, answer: null, recognizeMs: 0, warnings: [] };
  const isSeen = byModel.answer.outcome === "seen";
  return { ...byModel, items: isSeen ? [...weighed.filter(isKnown), ...byModel.items] : weighed, warnings: [] };
}

/** Whether the model may take the hint soon. For what takes longer the text is read without it, which is said. */
const isBusy = (answer: ModelsOutput): boolean => answer.outcome === "failed" && answer.failure.kind === "busy";

/** A hint is a remark about the text, which only a model understands. */
async function readWithHint(
  text: string,
  hint: string,
  countryCode: string | null,
  ports: TextPorts,
): Promise<Reading> {
  const byModel = await readByModel([text, hint], countryCode, ports);
  if (byModel !== null && isBusy(byModel.answer)) return { ...byModel, warnings: [] };
  if (byModel?.items.some(isKnown) === true) return { ...byModel, warnings: [] };
  const reading = await readText(text, countryCode, ports);
  return { ...reading, warnings: [HINT_UNUSED] };
}

/**
 * Takes one record from its sentence to its nutrients. `hint` is what the user says when it is analyzed again. A model
 * that cannot be reached postpones the record only when nothing else was read.
 */
export async function analyzeText(
  record: NutritionRecord,
  hint: string | null,
  ports: TextPorts,
  tell: TellStage,
): Promise<Result<AnalysisOutcome, Postponement>> {
  const started = ports.now();
  const text = record.inputText ?? "";
  tell("recognising");
  const countryCode = record.options.country_code ?? null;
  const reading = await (hint === null
    ? readText(text, countryCode, ports)
    : readWithHint(text, hint, countryCode, ports));
  const { items, answer, recognizeMs, warnings } = reading;
  if (!items.some(isKnown)) {
    if (answer?.outcome === "failed" && answer.failure.kind !== "photo_rejected")
      return fail(postponedBy(answer.failure));
    return ok({ status: "failed", failure: { code: "no_food_found", reason: NOTHING_READ } });
  }
  const read = ports.now();
  tell("computing");
  const foods = await expandFoods(ports.foods, items);
  const seen = answer?.outcome === "seen" ? answer : null;
  const named = { dishName: null, description: null, foods: items.map(({ food }) => food), warnings };
  const content = assembleContent(named, foods, {
    mode: record.options.analysis_mode,
    models: seen === null ? [] : seen.models,
    promptVersion: seen?.promptVersion ?? null,
    timingsMs: { read: read - started - recognizeMs, recognize: recognizeMs, compute: ports.now() - read },
  });
  return ok({ status: "completed", content });
}
