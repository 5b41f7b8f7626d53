import type { LabelContent } from "../nutrition/labels/label.ts";
import { parseLabel } from "../nutrition/labels/parse-label.ts";
import type { Failure, StoredPhoto } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import { askReader, type RunModel } from "./ask-model.ts";
import type { LabelReader } from "./labels/label-reader.ts";
import { localOcr } from "./labels/local-ocr.ts";
import { chatTranscription, llamaTranscription } from "./labels/transcription.ts";
import { type Postponed, toFailure, UNREADABLE } from "./model-failure.ts";
import { prepareModelPhoto, type MakeUpright } from "./model-photo.ts";
import type { ModelPhoto } from "./recognisers/recogniser.ts";

/** What reading a label needs from outside. */
export interface LabelPorts {
  makeUpright: MakeUpright;
  runModel: RunModel;
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

/** Why there is no label: `code` is `label_not_found`, `image_unreadable` or `analysis_unavailable`. */
export type LabelFailure = Failure;

/** Model families by the beginning of their ids; every other model is asked as an OpenAI-style chat model. */
const FAMILIES: readonly (readonly [prefix: string, reader: LabelReader])[] = [
  ["@local/tesseract", localOcr],
  ["@cf/meta/llama-", llamaTranscription],
];

const readerOf = (model: string): LabelReader =>
  FAMILIES.find(([prefix]) => model.startsWith(prefix))?.[1] ?? chatTranscription;

/** So many models are tried one after the other: somebody waits for the answer. */
const MAX_ATTEMPTS = 2;

/** The print of a label that fills the photo stays legible down to this size. */
const LABEL_SIDE_PIXELS = 2048;

type Attempt = Result<ReadLabel, LabelFailure | Postponed>;

async function readBy(model: string, photo: ModelPhoto, run: RunModel): Promise<Attempt> {
  const reader = readerOf(model);
  const answer = await askReader(run, model, reader.buildInput(photo), reader);
  if (answer.outcome !== "seen") {
    if (answer.outcome === "retry") return fail({ reason: "models_unavailable", detail: answer.detail });
    return fail(toFailure(answer.outcome));
  }
  const label = parseLabel(answer.sighting);
  if (!label.ok) return fail({ code: "label_not_found", reason: label.error.detail });
  return ok({ ...label.value, model, promptVersion: answer.promptVersion });
}

/** A later attempt's failure replaces an earlier one, but a refusal is worth more than a model that did not answer. */
const worse = (earlier: Attempt, later: Attempt): Attempt => {
  if (later.ok || earlier.ok) return later;
  return "code" in earlier.error && earlier.error.code === "label_not_found" ? earlier : later;
};

/**
 * Reads the nutrition label in a photo. The models are asked in order; the first whose reading agrees with the printed
 * energy wins. A failure with a `code` is final and its `reason` a sentence for people; one without (`Postponed`) may
 * pass. Keeps nothing: stopped anywhere, it is simply done again. Bugs and outages of the bindings throw.
 */
export async function readLabel(photo: LabelPhoto, ports: LabelPorts): Promise<Attempt> {
  const prepared = await prepareModelPhoto(photo.stored, photo.bytes, ports.makeUpright, LABEL_SIDE_PIXELS);
  if (!prepared.ok) return fail({ code: "image_unreadable", reason: UNREADABLE });
  let last: Attempt = fail({ reason: "model_misconfigured", detail: "No model is configured for labels." });
  for (const [position, model] of ports.models.slice(0, MAX_ATTEMPTS).entries()) {
    const attempt = await readBy(model, prepared.value, ports.runModel);
    if (attempt.ok) return attempt;
    last = position === 0 ? attempt : worse(last, attempt);
  }
  return last;
}
