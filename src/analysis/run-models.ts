import { inTurns } from "../in-turns.ts";
import {
  askFurther,
  askModel,
  failedWith,
  recognizerOf,
  type AskPorts,
  type FailedResponse,
  type ModelOutput,
} from "./ask-model.ts";
import { noModel, soonestOf } from "./model-failure.ts";
import { reconcile, type ModelRecognition } from "./reconcile.ts";
import type { ModelPhoto, RecognitionHints, SeenFood, Recognition } from "./recognizers/recognizer.ts";

/** At most this many models are asked at once about one photo: more cost more than they agree better. */
const MAX_WITNESSES = 3;
/** At most this many models are tried one after the other: more would outlast the lease. */
const MAX_ATTEMPTS = 2;
/** At most this many foods of a photo are located, each in a call of its own. */
const MAX_LOCATED = 6;
/**
 * At most this many of these calls run at once: an invocation may have six connections that wait for headers, and those
 * to the database and the record's object come on top. Each call holds a copy of the photo's data URI while it is sent.
 */
const LOCATED_AT_ONCE = 3;
/** No search for boxes begins later than this: the lease has to outlast the last one. */
const LOCATING_MS = 15_000;

/**
 * The models of a list that are meant to answer together, each with the version of the prompt that it is asked with.
 */
export const observersOf = (
  mode: "precise" | "fast",
  models: readonly string[],
): [model: string, promptVersion: string | null][] =>
  models.slice(0, mode === "precise" ? MAX_WITNESSES : 1).map((model) => [model, recognizerOf(model).promptVersion]);

/** The models' combined output, or why there is none. */
export type ModelsOutput =
  | { outcome: "seen"; models: string[]; promptVersion: string | null; recognition: Recognition }
  | FailedResponse;

type Seen = ModelOutput & { outcome: "seen" };

/** The settings that name models. */
const SETTINGS = { precise: "PRECISE_MODELS", fast: "FAST_MODELS", text: "TEXT_MODELS" } as const;

const single = ({ outcome, model, promptVersion, recognition }: Seen): ModelsOutput => ({
  outcome,
  models: [model],
  promptVersion,
  recognition,
});

/** Why there is no output, if no model gave any. */
function noResponse(failed: readonly FailedResponse[], setting: string): FailedResponse {
  const [first, ...others] = failed.map(({ failure }) => failure);
  return failedWith(first === undefined ? noModel(setting) : soonestOf([first, ...others]));
}

/**
 * Calls the models in order; the first that responds wins. An image that one model cannot read is not sent to the next.
 */
async function askInOrder(
  models: readonly string[],
  setting: string,
  ask: (model: string) => Promise<ModelOutput>,
): Promise<ModelsOutput> {
  const failed: FailedResponse[] = [];
  for (const model of models.slice(0, MAX_ATTEMPTS)) {
    const answer = await ask(model);
    if (answer.outcome === "seen") return single(answer);
    if (answer.failure.kind === "photo_rejected") return answer;
    failed.push(answer);
  }
  return noResponse(failed, setting);
}

/** The food with its boxes, or as it was. Boxes are an extra: a call that fails omits them. */
async function locateFood(ports: AskPorts, model: string, food: SeenFood, photo: ModelPhoto): Promise<SeenFood> {
  const locate = recognizerOf(model).locate;
  if (locate === undefined) return food;
  const found = await askFurther(ports, model, locate.buildInput(photo, food.name)).then(
    (located) => locate.readOutput(located),
    () => null,
  );
  return found?.ok === true ? { ...food, boxes: found.value } : food;
}

/**
 * Where the foods are, from each model that can tell; not in a photo that lies on its side, as boxes are for upright
 * ones.
 */
async function locateFoods(ports: AskPorts, answers: readonly Seen[], photo: ModelPhoto): Promise<Seen[]> {
  if (photo.orientation !== 1) return [...answers];
  const endsAt = ports.now() + LOCATING_MS;
  const locatable = answers.flatMap(({ model, recognition }) =>
    recognition.foods.slice(0, MAX_LOCATED).map((food) => ({ model, food })),
  );
  const located = await inTurns(locatable, LOCATED_AT_ONCE, async ({ model, food }) => ({
    food,
    found: ports.now() < endsAt ? await locateFood(ports, model, food, photo) : food,
  }));
  const foundOf = new Map(located.map(({ food, found }) => [food, found]));
  return answers.map((answer) => ({
    ...answer,
    recognition: { ...answer.recognition, foods: answer.recognition.foods.map((food) => foundOf.get(food) ?? food) },
  }));
}

/** Calls several models at once and reconciles their output; a failed one is ignored if another responds. */
async function askTogether(
  ports: AskPorts,
  models: readonly string[],
  photo: ModelPhoto,
  hints: RecognitionHints,
): Promise<ModelsOutput> {
  const answers = await Promise.all(
    models.slice(0, MAX_WITNESSES).map((model) => askModel(ports, model, recognizerOf(model).buildInput(photo, hints))),
  );
  const seen = answers.filter((answer) => answer.outcome === "seen");
  if (seen.length === 0) {
    return noResponse(
      answers.filter((answer) => answer.outcome === "failed"),
      SETTINGS.precise,
    );
  }
  const modelRecognitions: ModelRecognition[] = await locateFoods(ports, seen, photo);
  return {
    outcome: "seen",
    models: seen.map(({ model }) => model),
    promptVersion: seen.find(({ promptVersion }) => promptVersion !== null)?.promptVersion ?? null,
    recognition: reconcile(modelRecognitions),
  };
}

/**
 * Asks about a photo. `precise` asks up to three models at once, of different families as the configuration lists them;
 * `fast` asks one, and the next of the list only when it fails.
 */
export function runModels(
  ports: AskPorts,
  mode: "precise" | "fast",
  models: readonly string[],
  photo: ModelPhoto,
  hints: RecognitionHints,
): Promise<ModelsOutput> {
  if (mode === "precise") return askTogether(ports, models, photo, hints);
  return askInOrder(models, SETTINGS.fast, (model) =>
    askModel(ports, model, recognizerOf(model).buildInput(photo, hints)),
  );
}

/** Asks about words, one model after the other. A model that takes photos only is passed over. */
export function runTextModels(
  ports: AskPorts,
  models: readonly string[],
  words: readonly string[],
): Promise<ModelsOutput> {
  return askInOrder(models, SETTINGS.text, (model) => {
    const input = recognizerOf(model).buildTextInput?.(words);
    return input === undefined
      ? Promise.resolve(
          failedWith({
            kind: "misconfigured",
            detail: `The model ${model} does not accept text: remove it from ${SETTINGS.text}.`,
          }),
        )
      : askModel(ports, model, input);
  });
}
