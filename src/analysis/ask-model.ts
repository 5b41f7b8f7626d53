import { classifyModelFailure, type ModelFailure } from "./model-failure.ts";
import { chatModel } from "./recognizers/chat-model.ts";
import { embeddedDetector } from "./recognizers/embedded-detector.ts";
import { llamaVision } from "./recognizers/llama-vision.ts";
import { llava } from "./recognizers/llava.ts";
import { moondream } from "./recognizers/moondream.ts";
import type { OutputReader, Recognizer, Recognition } from "./recognizers/recognizer.ts";

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
const FAMILIES: readonly (readonly [prefix: string, recognizer: Recognizer])[] = [
  ["@local/centernet-coco", embeddedDetector],
  ["@cf/meta/llama-", llamaVision],
  ["@cf/moondream/", moondream],
  ["@cf/llava-hf/", llava],
];

/** How a model is asked and read, by its id. */
export const recognizerOf = (model: string): Recognizer =>
  FAMILIES.find(([prefix]) => model.startsWith(prefix))?.[1] ?? chatModel;

/** What one model said, or why it said nothing. */
export type ModelOutput<Seen = Recognition> =
  | { outcome: "seen"; model: string; promptVersion: string | null; recognition: Seen }
  | FailedResponse;

export interface FailedResponse {
  outcome: "failed";
  failure: ModelFailure;
}

export const failedWith = (failure: ModelFailure): FailedResponse => ({ outcome: "failed", failure });

/** A model that responds is not down: its next output may be better. */
const unusable = (model: string, detail: string): FailedResponse =>
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
export const askModel = (ports: AskPorts, model: string, input: Record<string, unknown>): Promise<ModelOutput> =>
  askReader(ports, model, input, recognizerOf(model));

/**
 * Asks one model. Output that cannot be read is sent back once with what is wrong with it, where the model holds a
 * conversation; a second one counts as a failure that may pass.
 */
export async function askReader<Seen>(
  ports: AskPorts,
  model: string,
  input: Record<string, unknown>,
  reader: OutputReader<Seen>,
): Promise<ModelOutput<Seen>> {
  const { promptVersion } = reader;
  try {
    const answer = await callModel(ports.runModel, model, input, PHOTO_TIMEOUT_MS);
    const first = reader.readOutput(answer);
    if (first.ok) return { outcome: "seen", model, promptVersion, recognition: first.value };
    const repair = reader.buildRepair?.(input, answer, first.error.detail);
    if (repair === undefined) return unusable(model, first.error.detail);
    const second = reader.readOutput(await askFurther(ports, model, repair));
    if (second.ok) return { outcome: "seen", model, promptVersion, recognition: second.value };
    return unusable(model, second.error.detail);
  } catch (error) {
    return failedWith(classifyModelFailure(error, model, ports.now()));
  }
}
