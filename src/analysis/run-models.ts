import { classifyModelFailure, type ModelFailureKind } from "./model-failure.ts";
import { buildTextInput, chatModel } from "./recognisers/chat-model.ts";
import { embeddedDetector } from "./recognisers/embedded-detector.ts";
import type { ModelPhoto, RecognitionHints, Recogniser, Sighting } from "./recognisers/recogniser.ts";

/** One model call may take this long; the lease of the consumer outlasts the calls of a whole list. */
const MODEL_TIMEOUT_MS = 30_000;

/** `env.AI.run`, or whatever stands in for it. */
export type RunModel = (model: string, input: Record<string, unknown>) => Promise<unknown>;

/** The models that are not chat models, by their id; every other id is asked as a chat model. */
const RECOGNISERS: Record<string, Recogniser | undefined> = { "@local/centernet-coco": embeddedDetector };

export type ModelsAnswer =
  | { outcome: "seen"; model: string; promptVersion: string | null; sighting: Sighting }
  | { outcome: ModelFailureKind; detail: string };

/** Waits for a model call no longer than its time. A late answer is nobody's any more. */
async function withinTime<Answer>(timeoutMs: number, call: Promise<Answer>): Promise<Answer> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`3007: no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([call, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

async function askModel(
  run: RunModel,
  model: string,
  recogniser: Pick<Recogniser, "promptVersion" | "readAnswer">,
  input: Record<string, unknown>,
): Promise<ModelsAnswer> {
  let answer: unknown;
  try {
    answer = await withinTime(MODEL_TIMEOUT_MS, run(model, input));
  } catch (error) {
    const detail = `${model}: ${error instanceof Error ? error.message : "failed"}`;
    return { outcome: classifyModelFailure(error), detail };
  }
  const sighting = recogniser.readAnswer(answer);
  return sighting.ok
    ? { outcome: "seen", model, promptVersion: recogniser.promptVersion, sighting: sighting.value }
    : { outcome: "retry", detail: `${model}: ${sighting.error.detail}` };
}

/** Asks chat models about words, in order; as `runModels` otherwise. */
export async function runTextModels(
  run: RunModel,
  models: readonly string[],
  words: readonly string[],
): Promise<ModelsAnswer> {
  let last: ModelsAnswer = { outcome: "retry", detail: "no model is configured" };
  for (const model of models) {
    last = await askModel(run, model, chatModel, buildTextInput(words));
    if (last.outcome === "seen") return last;
  }
  return last;
}

/** Asks the models in order; the first that answers wins. What the last one failed with is the answer otherwise. */
export async function runModels(
  run: RunModel,
  models: readonly string[],
  photo: ModelPhoto,
  hints: RecognitionHints,
): Promise<ModelsAnswer> {
  let last: ModelsAnswer = { outcome: "retry", detail: "no model is configured" };
  for (const model of models) {
    const recogniser = RECOGNISERS[model] ?? chatModel;
    last = await askModel(run, model, recogniser, recogniser.buildInput(photo, hints));
    if (last.outcome === "seen" || last.outcome === "photo_rejected") return last;
  }
  return last;
}
