import type { Child } from "hono/jsx";
import type { JsonSchema } from "../../openapi/json-schema.ts";

/** Where the schema of this name is on the page. */
export const schemaAnchor = (name: string): string => `schema-${name}`;

export const nameOfReference = (reference: string): string => reference.slice(reference.lastIndexOf("/") + 1);

/** Things in a row, with something between them. */
export const Joined = ({ items, between }: { items: Child[]; between: string }) => (
  <>{items.map((item, index) => [index === 0 ? "" : between, item])}</>
);

/** What bounds a number, a text or a list: "1 to 200", "at least 16 characters". That a text is not empty goes unsaid. */
function boundsOf({ minimum, maximum, minLength, maxLength, minItems, maxItems }: JsonSchema): string {
  const [low, high, unit] =
    minLength !== undefined || maxLength !== undefined
      ? [minLength, maxLength, " characters"]
      : minItems !== undefined || maxItems !== undefined
        ? [minItems, maxItems, " items"]
        : [minimum, maximum, ""];
  if (high === undefined)
    return low === undefined || (unit === " characters" && low === 1) ? "" : ` at least ${low}${unit}`;
  if (low === undefined) return ` at most ${high}${unit}`;
  return low === high ? ` ${low}${unit}` : ` ${low} to ${high}${unit}`;
}

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "time",
  uuid: "UUID",
  uri: "URL",
  binary: "file",
};

/** A schema's type in a few words, with links to the schemas that it names. */
export function TypeName({ schema }: { schema: JsonSchema }): Child {
  const { $ref, enum: values, anyOf, type, items, format, additionalProperties } = schema;
  if ($ref !== undefined) {
    const name = nameOfReference($ref);
    return <a href={`#${schemaAnchor(name)}`}>{name}</a>;
  }
  if (values !== undefined) {
    return (
      <Joined
        items={values.map((value) => (
          <code>{String(value)}</code>
        ))}
        between=" | "
      />
    );
  }
  if (schema.const !== undefined) return <code>{String(schema.const)}</code>;
  if (anyOf !== undefined)
    return (
      <Joined
        items={anyOf.map((each) => (
          <TypeName schema={each} />
        ))}
        between=" or "
      />
    );
  if (Array.isArray(type)) {
    return (
      <Joined
        items={type.map((each) => (
          <TypeName schema={{ ...schema, type: each }} />
        ))}
        between=" or "
      />
    );
  }
  if (type === "array") {
    return (
      <>
        list of <TypeName schema={items ?? {}} />
        {boundsOf(schema) === "" ? "" : `,${boundsOf(schema)}`}
      </>
    );
  }
  if (type === "object" && typeof additionalProperties === "object") {
    return (
      <>
        object of <TypeName schema={additionalProperties} />
      </>
    );
  }
  if (type === undefined) return "anything";
  return `${FORMATS[format ?? ""] ?? type}${type === "null" ? "" : boundsOf(schema)}`;
}
