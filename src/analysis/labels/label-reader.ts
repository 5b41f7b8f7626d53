import type { LabelText } from "../../nutrition/labels/label.ts";
import type { AnswerReader, ModelPhoto } from "../recognisers/recogniser.ts";

/** One model family: how it is asked for the text of a label, and how its output is read. */
export interface LabelReader extends AnswerReader<LabelText> {
  /** Builds the input of `env.AI.run(model, input)`. */
  buildInput(photo: ModelPhoto): Record<string, unknown>;
}
