import { ok, type Result } from "../../result.ts";
import { editIngredient, type EditRefusal, type IngredientEdit } from "./ingredient-edit.ts";
import type { NutritionRecord, RecordContent } from "../record.ts";
import { SHOW_ALL } from "./typed-content.ts";

/** What a user may change of a record that is complete. Times are Unix milliseconds. */
export type RecordChange =
  | { kind: "portion"; servingSize?: number; consumedAt?: number }
  | { kind: "content"; content: RecordContent; consumedAt?: number; metadata?: Record<string, string> }
  | { kind: "ingredient"; index: number; edit: IngredientEdit };

/** The part of a record that a change may touch. */
export type Changed = Partial<
  Pick<NutritionRecord, "content" | "servingSize" | "consumedAt" | "inputType" | "options" | "metadata">
>;

/** Replaces the content by what the user typed. Whatever the request leaves out of the rest stays. */
function replaceContent(record: NutritionRecord, change: RecordChange & { kind: "content" }): Changed {
  const { content, consumedAt, metadata } = change;
  return {
    content: { ...content, typedOver: record.content?.typedOver ?? record.inputType },
    servingSize: null,
    inputType: "manual",
    options: { ...record.options, ...SHOW_ALL },
    ...(consumedAt !== undefined && { consumedAt }),
    ...(metadata !== undefined && { metadata }),
  };
}

/** Applies a user's change to a complete record. Pure: the same change of the same record gives the same result. */
export function applyChange(record: NutritionRecord, change: RecordChange): Result<Changed, EditRefusal> {
  switch (change.kind) {
    case "portion": {
      const { kind: _, ...changed } = change;
      return ok(changed);
    }
    case "content":
      return ok(replaceContent(record, change));
    case "ingredient":
      return editIngredient(record, change.index, change.edit);
  }
}
