import type { FoodChoice } from "../../nutrition/choose-food.ts";
import type { NewFood } from "../../records/changes/ingredient-edit.ts";
import type { AnalysisReport, Ingredient, NutritionRecord, RecordContent } from "../../records/record.ts";
import { missingTranslations, translationLanguage } from "../../records/translations.ts";
import { ok } from "../../result.ts";
import type { WorkPorts } from "../lease-work.ts";
import type { Translate, Translations, Untranslated } from "./translator.ts";

/** For all texts of an analysis: the lease of 90 s has to outlast it, after the longest way of the other models. */
const ANALYSIS_LIMIT_MS = 6_000;
/** For one corrected ingredient, while its user waits. */
const EDIT_LIMIT_MS = 3_000;

const MODEL_DOWN = "The translation model did not respond: re-analyze the record to get the missing names.";

type AnalyzedContent = RecordContent & { analysis: AnalysisReport };

/**
 * The texts of an analysis that have no translation yet. What a user typed may be in any language: a model is asked
 * only for names that the food table knows. And what has words of a user in it is never kept for others.
 */
function untranslatedTexts(content: RecordContent, record: NutritionRecord, hint: string | null): Untranslated[] {
  const isTyped = record.inputType !== "image";
  const isShared = !isTyped && hint === null;
  const isKnown = ({ foodSource }: Ingredient): boolean => !isTyped || foodSource !== null;
  const { dishName, dishNameTranslated, dishDescription, dishDescriptionTranslated, ingredients } = content;
  const isDescribed = record.options.include_dish_description && dishDescriptionTranslated === undefined;
  return [
    ...(dishNameTranslated === undefined ? [{ text: dishName, isAskable: ingredients.every(isKnown), isShared }] : []),
    ...ingredients
      .filter(({ nameTranslated }) => nameTranslated === undefined)
      .map((ingredient) => ({ text: ingredient.name, isAskable: isKnown(ingredient), isShared })),
    // Two photos are hardly ever described in the same words.
    ...(isDescribed && dishDescription !== null
      ? [{ text: dishDescription, isAskable: !isTyped, isShared: false }]
      : []),
  ];
}

/** The content with what was found; what has a translation keeps it. */
function withTranslations(content: AnalyzedContent, found: ReadonlyMap<string, string>): AnalyzedContent {
  const dishName = content.dishNameTranslated ?? found.get(content.dishName);
  const description =
    content.dishDescriptionTranslated ??
    (content.dishDescription === null ? undefined : found.get(content.dishDescription));
  return {
    ...content,
    ...(dishName !== undefined && { dishNameTranslated: dishName }),
    ...(description !== undefined && { dishDescriptionTranslated: description }),
    ingredients: content.ingredients.map((ingredient) => {
      const name = ingredient.nameTranslated ?? found.get(ingredient.name);
      return name === undefined ? ingredient : { ...ingredient, nameTranslated: name };
    }),
  };
}

/** Translates an analysis as its upload asks for, and warns of what is missing. An earlier translation is completed. */
async function translateContent(
  content: AnalyzedContent,
  record: NutritionRecord,
  hint: string | null,
  translate: (texts: readonly Untranslated[]) => Promise<Translations>,
): Promise<AnalyzedContent> {
  const { found, isModelDown } = await translate(untranslatedTexts(content, record, hint));
  const translated = withTranslations(content, found);
  // An earlier analysis may have been made for a record that asked for the description as well.
  const ofEarlier = missingTranslations(content, { ...record.options, include_dish_description: true });
  const outdated = new Set([...ofEarlier, MODEL_DOWN]);
  const warnings = [
    ...content.analysis.warnings.filter((warning) => !outdated.has(warning)),
    ...missingTranslations(translated, record.options),
    ...(isModelDown ? [MODEL_DOWN] : []),
  ];
  return { ...translated, analysis: { ...content.analysis, warnings } };
}

/**
 * The same analysis with translated names, for records that ask for them; for all others it costs nothing. A record
 * never fails for lack of a translation: missing ones are omitted, with a warning. If it dies here, the state is that
 * after the model's output: the lease expires, and the models are called again.
 */
export const inLanguage =
  (analyze: WorkPorts["analyze"], translate: Translate, now: () => number): WorkPorts["analyze"] =>
  async (record, hint, tell) => {
    const result = await analyze(record, hint, tell);
    const language = translationLanguage(record.options);
    if (!result.ok || result.value.status !== "completed" || language === null) return result;
    const { content } = result.value;
    if (content.analysis === null) return result;
    const started = now();
    const analyzed = { ...content, analysis: content.analysis };
    const { analysis, ...translated } = await translateContent(analyzed, record, hint, (texts) =>
      translate(texts, language, ANALYSIS_LIMIT_MS),
    );
    const timingsMs = { ...analysis.timingsMs, translate: now() - started };
    return ok({ ...result.value, content: { ...translated, analysis: { ...analysis, timingsMs } } });
  };

/** The food that a user has chosen for an ingredient, with its name in the record's language if one is known. */
export async function nameChoice(
  food: FoodChoice,
  { options }: Pick<NutritionRecord, "options">,
  translate: Translate,
): Promise<NewFood> {
  const language = translationLanguage(options);
  if (language === null) return food;
  const text = { text: food.name, isAskable: food.foodSource !== null, isShared: false };
  const nameTranslated = (await translate([text], language, EDIT_LIMIT_MS)).found.get(food.name);
  return nameTranslated === undefined ? food : { ...food, nameTranslated };
}
