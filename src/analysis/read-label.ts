import type { LabelContent } from "../nutrition/labels/label.ts";
import { parseLabel } from "../nutrition/labels/parse-label.ts";
import type { Failure, StoredPhoto } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import { askReader, type AskPorts } from "./ask-model.ts";
import type { LabelReader } from "./labels/label-reader.ts";
import { localOcr } from "./labels/local-ocr.ts";
import { chatTranscription, llamaTranscription } from "./labels/transcription.ts";
import { noModel, soonestOf, UNREADABLE_FAILURE, type ModelFailure } from "./model-failure.ts";
import { prepareModelPhoto, type MakeUpright, type PhotoPreparation } from "./model-photo.ts";
import type { ModelPhoto } from "./recognizers/recognizer.ts";
import { postponedBy } from "./trouble.ts";

/** Dependencies of reading a label. */
export interface LabelPorts extends AskPorts {
  makeUpright: MakeUpright;
  /** Model ids; the first two are asked in order, until one reads a label that agrees with itself. */
  models: readonly string[];
}

/** A photo as intake found it; its bytes are as they are stored. */
export interface LabelPhoto {
  stored: StoredPhoto;
  bytes: Uint8Array;
}

/** A label's content, with the model that read it and the version of our prompt (null: it takes none). */
export interface ReadLabel extends LabelContent {
  model: string;
  promptVersion: string | null;
}

/** Why there is no label: `code` is `label_not_found` or `image_unreadable`. */
export type LabelFailure = Failure;

/** Model families by the beginning of their ids; every other model is asked as an OpenAI-style chat model. */
const FAMILIES: readonly (readonly [prefix: string, reader: LabelReader])[] = [
  ["@local/tesseract", localOcr],
  ["@cf/meta/llama-", llamaTranscription],
];

const readerOf = (model: string): LabelReader =>
  FAMILIES.find(([prefix]) => model.startsWith(prefix))?.[1] ?? chatTranscription;

/** At most this many models are tried in sequence: a client is waiting for the response. */
const MAX_ATTEMPTS = 2;

/**
 * The print of a label that fills the photo stays legible down to this size; print that lies on its side is not read.
 */
const FOR_PRINT: PhotoPreparation = { side: 2048, canBeTurned: false };

/** One model's result: a label, no label, or a failed call. */
type Attempt = Result<ReadLabel, LabelFailure | ModelFailure>;

async function readBy(model: string, photo: ModelPhoto, ports: AskPorts): Promise<Attempt> {
  const reader = readerOf(model);
  const output = await askReader(ports, model, reader.buildInput(photo), reader);
  if (output.outcome === "failed") return fail(output.failure);
  const label = parseLabel(output.recognition);
  if (!label.ok) return fail({ code: "label_not_found", reason: label.error.detail });
  return ok({ ...label.value, model, promptVersion: output.promptVersion });
}

/**
 * The result of attempts without a label: the latest model's reading counts first, then the reasons of failed calls.
 */
function withoutLabel(attempts: readonly (LabelFailure | ModelFailure)[]): Result<never, LabelFailure | Postponement> {
  const reading = attempts.findLast((attempt) => "code" in attempt);
  if (reading !== undefined) return fail(reading);
  const [first, ...others] = attempts.filter((attempt) => "kind" in attempt);
  const failure = first === undefined ? noModel("LABEL_MODELS") : soonestOf([first, ...others]);
  return fail(failure.kind === "photo_rejected" ? UNREADABLE_FAILURE : postponedBy(failure));
}

/**
 * Reads the nutrition label in a photo. The models are asked in order; the first whose reading agrees with the printed
 * energy wins. A failure with a `code` is final and its `reason` a sentence for people; one without (`Postponement`)
 * may pass. Stateless: if it dies, it is simply repeated. Bugs and outages of the bindings throw.
 */
export async function readLabel(
  photo: LabelPhoto,
  ports: LabelPorts,
): Promise<Result<ReadLabel, LabelFailure | Postponement>> {
  const prepared = await prepareModelPhoto(photo.stored, photo.bytes, ports.makeUpright, FOR_PRINT);
  if (!prepared.ok) return prepared;
  const failed: (LabelFailure | ModelFailure)[] = [];
  for (const model of ports.models.slice(0, MAX_ATTEMPTS)) {
    const attempt = await readBy(model, prepared.value, ports);
    if (attempt.ok) return attempt;
    failed.push(attempt.error);
  }
  return withoutLabel(failed);
}
