import { invalidFields, problem, type Problem } from "../../problems/problem.ts";
import type { EditRefusal } from "./ingredient-edit.ts";
import type { Status } from "../record.ts";

/** Why a record in this status cannot be changed like that, and what to do instead. */
export const notComplete = (status: Status): Problem => problem("not_complete", WAYS_OUT[status]);

const STAYS = "Enter the meal as a new record: POST /nutrition_records/manual.";
const WAYS_OUT: Record<Status, string> = {
  pending: "The record is pending. Wait for its analysis to finish.",
  processing: "The record is processing. Wait for its analysis to finish.",
  failed: "The record failed and has no content to correct. Replace it with PUT, or re-analyze it.",
  canceled: `The record is canceled, which is permanent. ${STAYS}`,
  completed: `The record is completed. ${STAYS}`,
  updated: `The record is updated. ${STAYS}`,
};

/** The problem returned if an ingredient cannot be corrected like that. */
export const EDIT_REFUSALS: Record<EditRefusal, Problem> = {
  unknown_ingredient: problem(
    "not_found",
    "The record has no ingredient with this number; ingredients are numbered from 0.",
  ),
  last_ingredient: problem("last_ingredient"),
  not_a_weight: invalidFields(
    [
      {
        path: ["name"],
        message:
          "the food table only supports weights, and this ingredient is in ml or kcal; replace the record with PUT",
      },
    ],
    "body",
  ),
};
