import { classifyModelFailure, type ModelFailure } from "./model-failure.ts";
import { chatModel } from "./recognisers/chat-model.ts";
import { embeddedDetector } from "./recognisers/embedded-detector.ts";
import { llamaVision } from "./recognisers/llama-vision.ts";
import { llava } from "./recognisers/llava.ts";
import { moondream } from "./recognisers/moondream.ts";
import type { AnswerReader, Recogniser, Sighting } from "./recognisers/recogniser.ts";

/**
 * How long a model may take over a photo, and over a repair or a search for boxes. The consumer's lease of 90 s
 * outlasts the longest way: the photo is made smaller (8 s), two models are asked in a row, each twice, names are
 * translated (6 s).
 */
const PHOTO_TIMEOUT_MS = 25_000;
const FOLLOW_UP_TIMEOUT_MS = 12_000;

/** `env.AI.run` or its replacement. The signal aborts a call whose caller has stopped waiting. */
export type RunModel = (model: string, input: Record<string, unknown>, signal: AbortSignal) => Promise<unknown>;

/** Dependencies of asking a model. */
export interface AskPorts {
  runModel: RunModel;
  now: () => number;
}

/** Model families by the beginning of their ids; every other model is asked as an OpenAI-style chat model. */
const FAMILIES: readonly (readonly [prefix: string, recogniser: Recogniser])[] = [
  ["@local/centernet-coco", embeddedDetector],
  ["@cf/meta/llama-", llamaVision],
  ["@cf/moondream/", moondream],
  ["@cf/llava-hf/", llava],
];

/** How a model is asked and read, by its id. */
export const recogniserOf = (model: string): Recogniser =>
  FAMILIES.find(([prefix]) => model.startsWith(prefix))?.[1] ?? chatModel;

/** What one model said, or why it said nothing. */
export type ModelAnswer<Seen = Sighting> =
  | { outcome: "seen"; model: string; promptVersion: string | null; sighting: Seen }
  | FailedAnswer;

export interface FailedAnswer {
  outcome: "failed";
  failure: ModelFailure;
}

export const failedWith = (failure: ModelFailure): FailedAnswer => ({ outcome: "failed", failure });

/** A model that responds is not down: its next output may be better. */
const unusable = (model: string, detail: string): FailedAnswer =>
  failedWith({ kind: "busy", detail: `The model ${model} returned unusable output: ${detail}.` });

/**
 * Calls a model with a time limit that starts with the call: waiting for a free slot happens before. The call is
 * aborted when the limit passes.
 */
export async function callModel(
  run: RunModel,
  model: string,
  input: Record<string, unknown>,
  timeoutMs: number,
): Promise<unknown> {
  const aborter = new AbortController();
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    aborter.abort();
    reject(new Error(`3007: no response within ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    return await Promise.race([run(model, input, aborter.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks a model a follow-up question about the photo. */
export const askFurther = (
  { runModel }: Pick<AskPorts, "runModel">,
  model: string,
  input: Record<string, unknown>,
): Promise<unknown> => callModel(runModel, model, input, FOLLOW_UP_TIMEOUT_MS);

/** Asks one model about food. */
export const askModel = (ports: AskPorts, model: string, input: Record<string, unknown>): Promise<ModelAnswer> =>
  askReader(ports, model, input, recogniserOf(model));

/**
 * Asks one model. Output that cannot be read is sent back once with what is wrong with it, where the model holds a
 * conversation; a second one counts as a failure that may pass.
 */
export async function askReader<Seen>(
  ports: AskPorts,
  model: string,
  input: Record<string, unknown>,
  reader: AnswerReader<Seen>,
): Promise<ModelAnswer<Seen>> {
  const { promptVersion } = reader;
  try {
    const answer = await callModel(ports.runModel, model, input, PHOTO_TIMEOUT_MS);
    const first = reader.readAnswer(answer);
    if (first.ok) return { outcome: "seen", model, promptVersion, sighting: first.value };
    const repair = reader.buildRepair?.(input, answer, first.error.detail);
    if (repair === undefined) return unusable(model, first.error.detail);
    const second = reader.readAnswer(await askFurther(ports, model, repair));
    if (second.ok) return { outcome: "seen", model, promptVersion, sighting: second.value };
    return unusable(model, second.error.detail);
  } catch (error) {
    return failedWith(classifyModelFailure(error, model, ports.now()));
  }
}
