import type { Failure, InputType, NutritionRecord, RecordContent } from "../record.ts";

/** A user's request for re-analysis, kept by the record's object until it has finished. */
export interface Reanalysis {
  /** The user's hint about the meal; null if none. */
  hint: string | null;
  /** Unix milliseconds. */
  requestedAt: number;
}

/**
 * The input for a re-analysis: what the record was created from, even if a user has replaced its content. Null if there
 * is none.
 */
export function analysableInput(record: NutritionRecord): Exclude<InputType, "manual"> | null {
  const made = record.content?.typedOver ?? record.inputType;
  if (made === "manual") return null;
  const isThere = made === "text" ? record.inputText !== null : record.photo !== null;
  return isThere ? made : null;
}

const WITHOUT_RESULT = "A re-analysis gave no result: ";

/** The content with the reason why its re-analysis failed: the only thing that a failure changes. */
export function withoutResult(content: RecordContent | null, { reason }: Failure): RecordContent | null {
  if (content === null || content.analysis === null) return content;
  const warnings = content.analysis.warnings.filter((warning) => !warning.startsWith(WITHOUT_RESULT));
  return { ...content, analysis: { ...content.analysis, warnings: [...warnings, `${WITHOUT_RESULT}${reason}`] } };
}
