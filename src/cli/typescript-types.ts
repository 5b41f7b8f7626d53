import { operationsOf, type ApiDocument, type PlacedOperation } from "../openapi/api-document.ts";
import type { JsonSchema } from "../openapi/json-schema.ts";

const asComment = (description: string | undefined): string =>
  description === undefined ? "" : `/** ${description.replaceAll("*/", "*\\/")} */\n`;

const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf("/") + 1);

const fieldOf = (name: string, schema: JsonSchema, required: boolean): string =>
  `${asComment(schema.description)}${name}${required ? "" : "?"}: ${typeOf(schema)};`;

function objectOf({ properties = {}, required = [], additionalProperties }: JsonSchema): string {
  const fields = Object.entries(properties).map(([name, schema]) => fieldOf(name, schema, required.includes(name)));
  if (typeof additionalProperties === "object") fields.push(`[name: string]: ${typeOf(additionalProperties)};`);
  return `{\n${fields.join("\n")}\n}`;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
};

/** The TypeScript type of a JSON Schema. Throws when it has a form that is not known here: a bug. */
export function typeOf(schema: JsonSchema): string {
  const { $ref, enum: values, anyOf, type, items, format } = schema;
  if ($ref !== undefined) return nameOf($ref);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (anyOf !== undefined) return anyOf.map(typeOf).join(" | ");
  if (Array.isArray(type)) return type.map((each) => typeOf({ ...schema, type: each })).join(" | ");
  if (type === undefined) return "unknown";
  if (type === "array") return items === undefined ? "unknown[]" : `(${typeOf(items)})[]`;
  if (type === "object") return objectOf(schema);
  if (format === "binary") return "Blob";
  const primitive = PRIMITIVES[type];
  if (primitive === undefined) throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
  return primitive;
}

const isPlainObject = ({ type, anyOf }: JsonSchema): boolean => type === "object" && anyOf === undefined;

const declare = (name: string, schema: JsonSchema): string =>
  asComment(schema.description) +
  (isPlainObject(schema) ? `export interface ${name} ${objectOf(schema)}` : `export type ${name} = ${typeOf(schema)};`);

/** The query of an operation as an interface that is named after it; null when it has none. */
function declareQuery({ operationId, method, parameters }: PlacedOperation): string | null {
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  if (inQuery.length === 0) return null;
  const fields = inQuery.map(({ name, description, required = false, schema, content }) => {
    const declared = schema ?? content?.["application/json"]?.schema ?? {};
    // A filter that has one value is written without brackets.
    const own = method === "get" && declared.type === "array" ? { anyOf: [declared.items ?? {}, declared] } : declared;
    return fieldOf(name, { ...own, ...(description !== undefined && { description }) }, required);
  });
  const name = `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Query`;
  return `/** The query of \`${operationId}\`. */\nexport interface ${name} {\n${fields.join("\n")}\n}`;
}

/** Every type of the document, unformatted: its schemas by their names, and the queries of its operations. */
export function typescriptTypes(document: ApiDocument): string {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => declare(name, schema));
  const queries = operationsOf(document)
    .map(declareQuery)
    .filter((declared) => declared !== null);
  return [...schemas, ...queries].join("\n\n");
}
