import { operationsOf, type ApiDocument } from "../../openapi/api-document.ts";
import { Paragraphs, Prose } from "../prose.tsx";
import { REFERENCE } from "./contents.tsx";
import { Heading } from "./heading.tsx";
import { SchemaBody } from "./schemas.tsx";
import { nameOfReference, schemaAnchor } from "./type-name.tsx";

/** The schemas that a body shows where it is sent need no second place. */
const shownWithBodies = (document: ApiDocument): Set<string> =>
  new Set(
    operationsOf(document).flatMap(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}).map(({ schema }) => nameOfReference(schema?.$ref ?? "")),
    ),
  );

/** What operations share: the headers of responses, and schemas. */
export const Reference = ({ document }: { document: ApiDocument }) => {
  const elsewhere = shownWithBodies(document);
  const schemas = Object.entries(document.components.schemas).filter(([name]) => !elsewhere.has(name));
  return (
    <section aria-labelledby={REFERENCE}>
      <h2 id={REFERENCE}>Headers and schemas</h2>
      <h3>Response headers</h3>
      <dl class="fields" data-entry>
        {Object.entries(document.components.headers).map(([name, { description }]) => (
          <div id={`header-${name}`}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <Prose text={description} />
            </dd>
          </div>
        ))}
      </dl>
      {schemas.map(([name, schema]) => (
        <article data-entry aria-labelledby={schemaAnchor(name)}>
          <Heading id={schemaAnchor(name)}>{name}</Heading>
          {schema.description !== undefined && <Paragraphs text={schema.description} />}
          <SchemaBody schema={schema} note="optional" />
        </article>
      ))}
    </section>
  );
};
