import { z } from "zod";
import { fromTextFields, type FieldIssue } from "../../text-fields.ts";
import { isRecordId } from "../../ids.ts";
import { timeSchema } from "../../records/time-schema.ts";
import { invalidFields, type Problem } from "../../problems/problem.ts";
import { fail, ok, type Result } from "../../result.ts";
import { MAX_PAGE_ENTRIES } from "../../bounds.ts";

/** How many entries a page has when nothing is said. */
export const DEFAULT_LIMIT = 50;
/** More than any enumeration has. */
const MAX_FILTER_VALUES = 20;

/** The error for a cursor that no list has returned. */
export const UNKNOWN_CURSOR = "a cursor from an earlier page";

/** A time of a query or a body, as Unix milliseconds. */
export const time = timeSchema.transform((text) => Date.parse(text));

/** How many entries a page has: 1 to 200, 50 when nothing is said. */
export const pageLimit = (description: string) =>
  z
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
  z.number("the id of an application").int("the id of an application").min(1).optional().meta({ description });

const MAX_NAME_LENGTH = 60;

/** What is wrong with the names of a query: of a filter that is unknown, the list would look as if it had been applied. */
function unknownNames(params: URLSearchParams, names: readonly string[]): FieldIssue[] {
  const given = [...new Set([...params.keys()].map((name) => name.replace(/\[.{0,20}\]$/, "")))];
  return given
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: [name.slice(0, MAX_NAME_LENGTH)],
      message: `unknown; the parameters are ${names.join(", ")}`,
    }));
}

/** Reads a query; what is wrong with it is named field by field, parameters that nobody knows included. */
export function parseQuery<Schema extends z.ZodObject>(
  schema: Schema,
  params: URLSearchParams,
): Result<z.output<Schema>, Problem> {
  const { fields, issues } = fromTextFields(schema, params);
  const found = [...unknownNames(params, Object.keys(schema.shape)), ...issues];
  if (found.length > 0) return fail(invalidFields(found, "query"));
  const parsed = schema.safeParse(fields);
  return parsed.success ? ok(parsed.data) : fail(invalidFields(parsed.error.issues, "query", fields));
}

/** A filter that takes one or several values of an enumeration; null when it is not given. */
export const anyOf = <Value extends string>(values: z.ZodType<Value>, description: string) =>
  z.array(values).max(MAX_FILTER_VALUES).optional().meta({ description });
