import { z } from "zod";
import { isRecordId } from "../../ids.ts";
import { invalidFields, type Problem } from "../../problems/problem.ts";
import { fail, ok, type Result } from "../../result.ts";
import { MAX_PAGE_ENTRIES } from "../../bounds.ts";

const DEFAULT_LIMIT = 50;

/** The error for a cursor that no list has returned. */
export const UNKNOWN_CURSOR = "a cursor from an earlier page";

/** A time of a query or a body, as Unix milliseconds. */
export const time = z.iso
  .datetime({ offset: true, message: "a time such as 2026-11-23T10:30:04.521Z" })
  .transform((text) => Date.parse(text));

/** How many entries a page has: 1 to 200, 50 when nothing is said. */
export const pageLimit = (description: string) =>
  z.coerce
    .number("a whole number")
    .int("a whole number")
    .min(1)
    .max(MAX_PAGE_ENTRIES)
    .default(DEFAULT_LIMIT)
    .meta({ description });

/** The place behind an entry whose id is of the same kind as those of records. */
export const idCursor = z.string().refine(isRecordId, UNKNOWN_CURSOR).optional();

/** The application that a list is about, where one list has those of all. */
export const applicationFilter = (description: string) =>
  z.coerce.number("the id of an application").int("the id of an application").min(1).optional().meta({ description });

/** Reads a query; what is wrong with it is named field by field. */
export function parseQuery<Schema extends z.ZodObject>(
  schema: Schema,
  given: Record<string, string>,
): Result<z.output<Schema>, Problem> {
  const parsed = schema.safeParse(given);
  return parsed.success ? ok(parsed.data) : fail(invalidFields(parsed.error.issues, "query", given));
}

/** The fields of a form that was sent by `GET`: it sends its empty fields too, and they count as left out. */
export const filledFields = (params: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...params].filter(([, value]) => value !== ""));
