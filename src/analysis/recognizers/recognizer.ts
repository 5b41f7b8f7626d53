import type { UnresolvedFood } from "../../nutrition/resolve-foods.ts";
import type { Result } from "../../result.ts";

/** The photo as a model is shown it, in pixels of the file. */
export interface ModelPhoto {
  bytes: Uint8Array;
  format: "jpeg" | "png" | "webp";
  width: number;
  height: number;
  /** EXIF value 1–8; 1: it is upright, as it always is unless the Images binding is down. */
  orientation: number;
}

/** What the analysis request gives a model besides the photo. */
export interface RecognitionHints {
  countryCode: string | null;
  /** What the user says of the meal, to be treated as data. */
  userHint: string | null;
}

/** Left, top, width and height as fractions 0–1 of the upright photo. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One food that a model saw, as eaten. Grams are for all pieces together. */
export interface SeenFood extends UnresolvedFood {
  boxes: Box[];
}

/**
 * A model's complete output, validated. No foods with `foodPresent` means that there is food which the model cannot
 * name.
 */
export interface Recognition {
  dishName: string | null;
  description: string | null;
  foods: SeenFood[];
  foodPresent: boolean;
  warnings: string[];
}

/** Why output is unusable; `detail` is for the log. */
export interface UnreadableOutput {
  reason: "bad_answer";
  detail: string;
}

/** How a model reports where a food is. */
interface Locator {
  buildInput(photo: ModelPhoto, food: string): Record<string, unknown>;
  readOutput(answer: unknown): Result<Box[], UnreadableOutput>;
}

/** How the output to one kind of question is read. Pure; the call itself is `ask-model.ts`'s. */
export interface OutputReader<Seen> {
  /** The version of the prompt; null when the model takes none. */
  readonly promptVersion: string | null;
  /**
   * Builds the input that asks once more, telling what was wrong with the output, for models that hold a conversation.
   */
  buildRepair?(input: Record<string, unknown>, answer: unknown, detail: string): Record<string, unknown>;
  /** Validates what the model answered. */
  readOutput(answer: unknown): Result<Seen, UnreadableOutput>;
}

/** One model family: how it is asked about food, and how its output is read. */
export interface Recognizer extends OutputReader<Recognition> {
  /** Builds the input of `env.AI.run(model, input)`. */
  buildInput(photo: ModelPhoto, hints: RecognitionHints): Record<string, unknown>;
  /** Builds the input that asks about words instead of a photo, for models that can. */
  buildTextInput?(words: readonly string[]): Record<string, unknown>;
  /** For models that can say where a food is, one food a call. */
  locate?: Locator;
}
