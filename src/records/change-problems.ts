import { invalidFields, problem, type Problem } from "../problems.ts";
import type { EditRefusal } from "./ingredient-edit.ts";
import type { Status } from "./record.ts";
import { isFinal } from "./transitions.ts";

/** Why a record in this status cannot be changed, and what to do instead. */
export const notComplete = (status: Status): Problem =>
  problem(
    "not_complete",
    isFinal(status)
      ? `The record is ${status}, and stays so. Type the meal in as a record of its own: POST /nutrition_records/manual.`
      : `The record is ${status}. Wait for the end of its analysis.`,
  );

/** How it is told that an ingredient cannot be corrected like that. */
export const EDIT_REFUSALS: Record<EditRefusal, Problem> = {
  unknown_ingredient: problem("not_found", "The record has no ingredient of this number; they count from 0."),
  last_ingredient: problem("last_ingredient"),
  not_a_weight: invalidFields(
    [
      {
        path: ["name"],
        message: "the food table knows weights only, and this ingredient is in ml or kcal; replace the record with PUT",
      },
    ],
    "body",
  ),
};
