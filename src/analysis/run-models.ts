import { askFurther, askModel, recogniserOf, type ModelAnswer, type RunModel } from "./ask-model.ts";
import type { ModelFailureKind } from "./model-failure.ts";
import { reconcile, type Testimony } from "./reconcile.ts";
import type { ModelPhoto, RecognitionHints, Sighting } from "./recognisers/recogniser.ts";

/** So many models are asked at once about one photo: more cost more than they agree better. */
const MAX_WITNESSES = 3;
/** So many models are tried one after the other: more would outlast the lease. */
const MAX_ATTEMPTS = 2;
/** So many foods of a photo are located, each in a call of its own. */
const MAX_LOCATED = 6;

/** The models of a list that are meant to answer together, each with the version of the prompt that it is asked with. */
export const witnessesOf = (
  mode: "precise" | "fast",
  models: readonly string[],
): [model: string, promptVersion: string | null][] =>
  models.slice(0, mode === "precise" ? MAX_WITNESSES : 1).map((model) => [model, recogniserOf(model).promptVersion]);

/** What the models said together, or why nothing was said. */
export type ModelsAnswer =
  | { outcome: "seen"; models: string[]; promptVersion: string | null; sighting: Sighting }
  | { outcome: ModelFailureKind; detail: string };

type Seen = ModelAnswer & { outcome: "seen" };

const NO_MODEL: ModelAnswer = { outcome: "retry", detail: "no model is configured" };

const single = (answer: ModelAnswer): ModelsAnswer => {
  if (answer.outcome !== "seen") return answer;
  const { outcome, model, promptVersion, sighting } = answer;
  return { outcome, models: [model], promptVersion, sighting };
};

/** Asks the models in order; the first that answers wins. What the last one failed with is the answer otherwise. */
async function askInOrder(
  models: readonly string[],
  ask: (model: string) => Promise<ModelAnswer>,
): Promise<ModelsAnswer> {
  let last: ModelAnswer = NO_MODEL;
  for (const model of models.slice(0, MAX_ATTEMPTS)) {
    last = await ask(model);
    if (last.outcome === "seen" || last.outcome === "photo_rejected") break;
  }
  return single(last);
}

/** Where the foods are, from the first model that can tell. Boxes are an extra: a call that fails leaves them out. */
async function locateFoods(run: RunModel, answers: readonly Seen[], photo: ModelPhoto): Promise<Seen[]> {
  return Promise.all(
    answers.map(async (answer): Promise<Seen> => {
      const locate = recogniserOf(answer.model).locate;
      if (locate === undefined) return answer;
      const foods = await Promise.all(
        answer.sighting.foods.map(async (food, index) => {
          if (index >= MAX_LOCATED) return food;
          const input = locate.buildInput(photo, food.name);
          const found = await askFurther(run, answer.model, input).then(
            (located) => locate.readAnswer(located),
            () => null,
          );
          return found?.ok === true ? { ...food, boxes: found.value } : food;
        }),
      );
      return { ...answer, sighting: { ...answer.sighting, foods } };
    }),
  );
}

/** Of several failures the one that decides: a rejected photo ends it, a spent quota only when it is everybody's. */
function worstOf(answers: readonly ModelAnswer[]): ModelsAnswer {
  const failures = answers.filter((answer): answer is Exclude<ModelAnswer, Seen> => answer.outcome !== "seen");
  const detail = failures.map((failure) => failure.detail).join("; ");
  const kinds = failures.map(({ outcome }) => outcome);
  if (kinds.includes("retry") || kinds.length === 0)
    return { outcome: "retry", detail: detail || "no model is configured" };
  return { outcome: kinds.includes("quota_exhausted") ? "quota_exhausted" : "photo_rejected", detail };
}

/** Asks several models at once and reconciles what they saw; one that fails is left out while another answers. */
async function askTogether(
  run: RunModel,
  models: readonly string[],
  photo: ModelPhoto,
  hints: RecognitionHints,
): Promise<ModelsAnswer> {
  const answers = await Promise.all(
    models.slice(0, MAX_WITNESSES).map((model) => askModel(run, model, recogniserOf(model).buildInput(photo, hints))),
  );
  const seen = answers.filter((answer) => answer.outcome === "seen");
  if (seen.length === 0) return worstOf(answers);
  const testimonies: Testimony[] = await locateFoods(run, seen, photo);
  return {
    outcome: "seen",
    models: seen.map(({ model }) => model),
    promptVersion: seen.find(({ promptVersion }) => promptVersion !== null)?.promptVersion ?? null,
    sighting: reconcile(testimonies),
  };
}

/**
 * Asks about a photo. `precise` asks up to three models at once, of different families as the configuration lists them;
 * `fast` asks one, and the next of the list only when it fails.
 */
export function runModels(
  run: RunModel,
  mode: "precise" | "fast",
  models: readonly string[],
  photo: ModelPhoto,
  hints: RecognitionHints,
): Promise<ModelsAnswer> {
  if (mode === "precise") return askTogether(run, models, photo, hints);
  return askInOrder(models, (model) => askModel(run, model, recogniserOf(model).buildInput(photo, hints)));
}

/** Asks about words, one model after the other. A model that takes photos only is passed over. */
export function runTextModels(
  run: RunModel,
  models: readonly string[],
  words: readonly string[],
): Promise<ModelsAnswer> {
  return askInOrder(models, (model) => {
    const input = recogniserOf(model).buildTextInput?.(words);
    return input === undefined
      ? Promise.resolve<ModelAnswer>({ outcome: "retry", detail: `${model} reads no text` })
      : askModel(run, model, input);
  });
}
