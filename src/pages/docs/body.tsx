import type { ApiDocument, PlacedOperation } from "../../openapi/api-document.ts";
import type { JsonSchema } from "../../openapi/json-schema.ts";
import { Fields, fieldsOf, SchemaBody } from "./schemas.tsx";
import { nameOfReference } from "./type-name.tsx";

/** The schema behind a reference. */
const resolve = (schema: JsonSchema, { components }: ApiDocument): JsonSchema =>
  schema.$ref === undefined ? schema : (components.schemas[nameOfReference(schema.$ref)] ?? {});

const bodySchemas = (operation: PlacedOperation, document: ApiDocument): [string, JsonSchema][] =>
  Object.entries(operation.requestBody?.content ?? {}).flatMap(([mediaType, { schema }]) =>
    schema === undefined ? [] : [[mediaType, resolve(schema, document)] as [string, JsonSchema]],
  );

/** The names of everything that a form of the body may have. */
export const bodyFields = (operation: PlacedOperation, document: ApiDocument): Set<string> =>
  new Set(bodySchemas(operation, document).flatMap(([, schema]) => fieldsOf(schema).map(({ name }) => name)));

/** The body in its first form, and how the others differ from it. */
export const Body = ({ operation, document }: { operation: PlacedOperation; document: ApiDocument }) => {
  const [first, ...others] = bodySchemas(operation, document);
  if (first === undefined) return null;
  const known = new Set(fieldsOf(first[1]).map(({ name }) => name));
  const raw = Object.keys(operation.requestBody?.content ?? {}).filter((mediaType) => mediaType.startsWith("image/"));
  return (
    <>
      <h4>
        Body <span class="type">{first[0]}</span>
      </h4>
      <SchemaBody schema={first[1]} note="required" />
      {others.map(([mediaType, schema]) => (
        <>
          <h4>
            or <span class="type">{mediaType}</span>
          </h4>
          <p>The same options as form fields, plus:</p>
          <Fields fields={fieldsOf(schema).filter(({ name }) => !known.has(name))} note="required" />
        </>
      ))}
      {raw.length > 0 && (
        <>
          <h4>
            or <span class="type">{raw.join(", ")}</span>
          </h4>
          <p>The body is the photo itself; the options are query parameters with the same names.</p>
        </>
      )}
    </>
  );
};
