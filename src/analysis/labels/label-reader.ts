import type { LabelText } from "../../nutrition/labels/label.ts";
import type { OutputReader, ModelPhoto } from "../recognizers/recognizer.ts";

/** One model family: how it is asked for the text of a label, and how its output is read. */
export interface LabelReader extends OutputReader<LabelText> {
  /** Builds the input of `env.AI.run(model, input)`. */
  buildInput(photo: ModelPhoto): Record<string, unknown>;
}
