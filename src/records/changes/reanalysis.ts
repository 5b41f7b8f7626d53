import type { Failure, InputType, NutritionRecord, RecordContent } from "../record.ts";

/** A user's wish to have a record analysed again, as its object keeps it until that has ended. */
export interface Reanalysis {
  /** What the user says about the meal; null: just again. */
  hint: string | null;
  /** Unix milliseconds. */
  requestedAt: number;
}

/** What a record would be analysed by: what it was made of, even where a user has typed over it. Null: by nothing. */
export function analysableInput(record: NutritionRecord): Exclude<InputType, "manual"> | null {
  const made = record.content?.typedOver ?? record.inputType;
  if (made === "manual") return null;
  const isThere = made === "text" ? record.inputText !== null : record.photo !== null;
  return isThere ? made : null;
}

const WITHOUT_RESULT = "A re-analysis gave no result: ";

/** The content with the reason why its re-analysis came to nothing: the only thing that a failure changes. */
export function withoutResult(content: RecordContent | null, { reason }: Failure): RecordContent | null {
  if (content === null || content.analysis === null) return content;
  const warnings = content.analysis.warnings.filter((warning) => !warning.startsWith(WITHOUT_RESULT));
  return { ...content, analysis: { ...content.analysis, warnings: [...warnings, `${WITHOUT_RESULT}${reason}`] } };
}
