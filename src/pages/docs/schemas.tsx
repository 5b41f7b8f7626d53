import type { ApiParameter } from "../../openapi/api-document.ts";
import type { JsonSchema } from "../../openapi/json-schema.ts";
import { Prose } from "../prose.tsx";
import { Joined, TypeName } from "./type-name.tsx";

/** One name with what is known of it: a parameter, or a field of an object. */
export interface SchemaField {
  name: string;
  schema: JsonSchema;
  required: boolean;
  description: string | undefined;
}

/** The fields of an object, in its order. */
export const fieldsOf = ({ properties = {}, required = [] }: JsonSchema): SchemaField[] =>
  Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
    description: schema.description,
  }));

/** A parameter as a field. */
export const asField = ({ name, description, required = false, schema, content }: ApiParameter): SchemaField => ({
  name,
  schema: schema ?? content?.["application/json"]?.schema ?? {},
  required,
  description,
});

/** What must be sent comes before what may be. */
const byNeed = (fields: SchemaField[]): SchemaField[] =>
  fields.toSorted((a, b) => Number(b.required) - Number(a.required));

const innerSchema = (schema: JsonSchema): JsonSchema => (schema.type === "array" ? (schema.items ?? {}) : schema);

/** What is worth saying of a field: that a request needs it, or that a response may lack it. */
export type Note = "required" | "optional";

interface FieldsProps {
  fields: SchemaField[];
  note: Note;
}

export const Fields = ({ fields, note }: FieldsProps) => (
  <dl class="fields">
    {(note === "required" ? byNeed(fields) : fields).map(({ name, schema, required, description }) => {
      const nested = fieldsOf(innerSchema(schema));
      return (
        <div>
          <dt>
            <code>{name}</code>{" "}
            <span class="type">
              <TypeName schema={schema} />
            </span>
            {required === (note === "required") && <span class="note">{note}</span>}
            {isWorthShowing(schema.default) && (
              <span class="type">
                default <code>{String(schema.default)}</code>
              </span>
            )}
          </dt>
          {description !== undefined && (
            <dd>
              <Prose text={description} />
            </dd>
          )}
          {nested.length > 0 && (
            <dd>
              <Fields fields={nested} note={note} />
            </dd>
          )}
        </div>
      );
    })}
  </dl>
);

/** An empty list says no more than the description does. */
const isWorthShowing = (value: unknown): boolean => value !== undefined && !Array.isArray(value);

/** Whether all that is to say of an object are the names of its numbers. */
const isListOfNumbers = (fields: SchemaField[]): boolean =>
  fields.length > 10 &&
  fields.every(({ schema, description }) => schema.type === "number" && description === undefined);

/** An object's fields, or what else a schema is. */
export const SchemaBody = ({ schema, note }: { schema: JsonSchema; note: Note }) => {
  const fields = fieldsOf(schema);
  if (fields.length === 0) {
    return (
      <p class="type">
        <TypeName schema={schema} />
      </p>
    );
  }
  if (!isListOfNumbers(fields)) return <Fields fields={fields} note={note} />;
  return (
    <p class="type">
      numbers:{" "}
      <Joined
        items={fields.map(({ name }) => (
          <code>{name}</code>
        ))}
        between=" "
      />
    </p>
  );
};
