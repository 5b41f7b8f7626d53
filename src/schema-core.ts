import { z } from "zod";

/** What a schema is without its wrappings: the list of an optional list that has a default, the input of a conversion. */
export function coreOf(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return coreOf(schema.def.innerType);
  }
  return schema instanceof z.ZodPipe ? coreOf(schema.def.in) : schema;
}

const accepts = (schema: z.core.$ZodType, value: unknown): boolean => z.core.safeParse(schema, value).success;

/** Whether a value says as much as no value: null or, where blanks count, "", in a field that may be omitted. */
const isUnset = (schema: z.core.$ZodType, value: unknown, areBlanksUnset: boolean): boolean =>
  (value === null || (areBlanksUnset && value === "")) && !accepts(schema, value) && accepts(schema, undefined);

/**
 * The value without the fields that are null although they can only be omitted: many clients write every field that they
 * know, and what was read from a record may be sent back. Fields whose null means something keep it.
 */
export function withoutUnset(schema: z.core.$ZodType, value: unknown, areBlanksUnset: boolean): unknown {
  const core = coreOf(schema);
  if (core instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => withoutUnset(core.def.element, item, areBlanksUnset));
  }
  if (!(core instanceof z.ZodObject) || typeof value !== "object" || value === null || Array.isArray(value))
    return value;
  const known = new Map(Object.entries(core.shape));
  const fields = Object.entries(value).flatMap(([name, field]): [string, unknown][] => {
    const of = known.get(name);
    if (of === undefined) return [[name, field]];
    return isUnset(of, field, areBlanksUnset) ? [] : [[name, withoutUnset(of, field, areBlanksUnset)]];
  });
  return Object.fromEntries(fields);
}
