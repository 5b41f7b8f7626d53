import type { ApiDocument, ApiParameter, PlacedOperation } from "../../openapi/api-document.ts";
import { Paragraphs } from "../prose.tsx";
import { OperationResponses } from "./responses.tsx";
import { Body, bodyFields } from "./body.tsx";
import { curlCommands } from "./curl.ts";
import { Heading } from "./heading.tsx";
import { asField, Fields, type SchemaField } from "./schemas.tsx";

const Parameters = ({ title, fields }: { title: string; fields: SchemaField[] }) =>
  fields.length === 0 ? null : (
    <>
      <h4>{title}</h4>
      <Fields fields={fields} note="required" />
    </>
  );

interface OperationProps {
  operation: PlacedOperation;
  document: ApiDocument;
  origin: string;
}

/** Everything about one operation. */
export const OperationSection = ({ operation, document, origin }: OperationProps) => {
  const { operationId, method, path, aliases, summary, description, parameters } = operation;
  const inBody = bodyFields(operation, document);
  const of = (where: ApiParameter["in"]) => parameters.filter((parameter) => parameter.in === where).map(asField);
  return (
    <article class="operation" data-entry aria-labelledby={operationId}>
      <Heading id={operationId}>{summary}</Heading>
      <p class="route">
        <span class={`method ${method}`}>{method.toUpperCase()}</span> <code>{path}</code>
        {aliases.map((alias) => (
          <span class="type">
            {" "}
            or <code>{alias}</code>
          </span>
        ))}
      </p>
      {description !== undefined && <Paragraphs text={description} />}
      <Parameters title="Path" fields={of("path")} />
      <Parameters title="Query" fields={of("query").filter(({ name }) => !inBody.has(name))} />
      <Parameters title="Headers" fields={of("header")} />
      <Body operation={operation} document={document} />
      <h4>Responses</h4>
      <OperationResponses operation={operation} />
      {curlCommands(operation, origin).map(({ summary: what, text }) => (
        <figure>
          {what !== null && <figcaption>{what}</figcaption>}
          <pre tabindex={0}>
            <code>{text}</code>
          </pre>
        </figure>
      ))}
    </article>
  );
};
