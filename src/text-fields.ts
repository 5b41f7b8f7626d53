import { z } from "zod";
import { coreOf } from "./schema-core.ts";

/** What is wrong with a field before any schema has seen it. */
export interface FieldIssue {
  path: string[];
  message: string;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

const asNumber = (text: string): unknown => (/^-?\d{1,15}$/.test(text) ? Number(text) : text);
const asBoolean = (text: string): unknown => BOOLEANS.get(text.toLowerCase()) ?? text;
const asItems = (text: string): string[] => text.split(",").filter((item) => item !== "");

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** In a query, a plus that is not escaped is a space: of a time, it was the sign of its offset. */
const asTyped = (text: string): string => text.replace(/^(\d{4}-\d\d-\d\dT[\d:.]{4,24}) (\d\d:?\d\d)$/, "$1+$2");

const asScalar = (schema: z.core.$ZodType | undefined, text: string): unknown => {
  if (schema instanceof z.ZodBoolean) return asBoolean(text);
  return schema instanceof z.ZodNumber ? asNumber(text) : asTyped(text);
};

/** `name`, `name[]`, `name[0]` or `name[key]`. */
const NAME = /^([^[\]]{1,100})(?:\[([^[\]]{0,100})\])?$/;

interface Given {
  values: string[];
  entries: [string, string][];
}

/** The texts of each field, in order; a bracketed name belongs to the field that it begins with. */
function gather(pairs: Iterable<readonly [string, string]>, isMap: (name: string) => boolean): Map<string, Given> {
  const fields = new Map<string, Given>();
  for (const [written, text] of pairs) {
    const [, head = written, key] = NAME.exec(written) ?? [];
    const field = fields.get(head) ?? { values: [], entries: [] };
    fields.set(head, field);
    if (key !== undefined && isMap(head)) field.entries.push([key, text]);
    else field.values.push(text);
  }
  return fields;
}

function valueOf(schema: z.core.$ZodType | undefined, { values, entries }: Given): unknown {
  if (schema instanceof z.ZodArray) {
    const items = values.flatMap(asItems);
    return items.length === 0 ? undefined : items;
  }
  if (entries.length > 0) return Object.fromEntries(entries);
  const [text = ""] = values;
  if (schema instanceof z.ZodRecord) return text === "" ? undefined : asJson(text);
  // A form sends its empty fields too.
  return text === "" ? undefined : asScalar(schema, text);
}

/** How often a field is given that may be given once. */
const timesOf = (schema: z.core.$ZodType | undefined, { values, entries }: Given): number => {
  if (schema === undefined || schema instanceof z.ZodArray) return 1;
  const keys = new Set(entries.map(([key]) => key)).size;
  return values.length + Math.min(entries.length, 1) + entries.length - keys;
};

/**
 * Turns the texts of query parameters and form fields into what JSON would have carried, so that one schema judges all
 * three. A list is given as `name=a,b`, `name=a&name=b`, `name[]=a&name[]=b` or `name[0]=a&name[1]=b`, a map as JSON or as
 * `name[key]=text`; anything else at most once. An empty text is an omitted field. A text that does not fit stays as it is
 * and fails in the schema.
 */
export function fromTextFields(
  { shape }: Pick<z.ZodObject, "shape">,
  pairs: Iterable<readonly [string, string]>,
): { fields: Record<string, unknown>; issues: FieldIssue[] } {
  const schemas = new Map(Object.entries(shape).map(([name, schema]) => [name, coreOf(schema)]));
  const given = [...gather(pairs, (name) => schemas.get(name) instanceof z.ZodRecord)];
  const issues = given
    .filter(([name, field]) => timesOf(schemas.get(name), field) > 1)
    .map(([name]) => ({ path: [name], message: "given more than once" }));
  const values = given.map(([name, field]) => [name, valueOf(schemas.get(name), field)] as const);
  return { fields: Object.fromEntries(values.filter(([, value]) => value !== undefined)), issues };
}
