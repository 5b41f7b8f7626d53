import { z } from "zod";

type Scalar = string | number | boolean | null;

/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.1 uses: the keywords that ours have. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  default?: unknown;
  examples?: Scalar[];
  enum?: readonly Scalar[];
  const?: Scalar;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | false;
  propertyNames?: JsonSchema;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** The direction of a value: requests are what clients send, answers what they get. Defaults make the difference. */
export type Direction = "input" | "output";

const COMPONENTS = "#/components/schemas/";

/** Drops what says nothing to a reader: patterns beside the format that names them, and the bounds of safe integers. */
function simplify(schema: JsonSchema): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  // Answers may get new fields in time, and a strict client would break over them.
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (JSON.stringify(schema.propertyNames) === '{"type":"string"}') delete schema.propertyNames;
}

/** Turns zod schemas into JSON Schemas, and gathers those whose `meta` gives them an id. */
export class SchemaRegistry {
  readonly components: Record<string, JsonSchema> = {};

  /** The schema, or a reference to it when it has an id. Throws when two different schemas have the same one: a bug. */
  present(schema: z.ZodType, io: Direction): JsonSchema {
    const generated = z.toJSONSchema(schema, {
      io,
      // What zod cannot tell, such as bytes, its `meta` says.
      unrepresentable: "any",
      override: ({ jsonSchema }) => simplify(jsonSchema as JsonSchema),
    });
    const {
      $defs = {},
      $schema: _,
      ...own
    } = JSON.parse(JSON.stringify(generated).replaceAll('"#/$defs/', `"${COMPONENTS}`)) as JsonSchema & {
      $schema?: string;
      $defs?: Record<string, JsonSchema>;
    };
    for (const [id, component] of Object.entries($defs)) this.#keep(id, component);
    return own;
  }

  #keep(id: string, component: JsonSchema): void {
    const known = this.components[id];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(component)) {
      throw new Error(`The schema ${id} has two forms: give one of them an id of its own`);
    }
    this.components[id] = component;
  }
}
