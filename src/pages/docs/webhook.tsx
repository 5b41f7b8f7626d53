import type { ApiOperation } from "../../openapi/api-document.ts";
import { Paragraphs } from "../prose.tsx";
import { ResponseContent } from "./responses.tsx";
import { Heading } from "./heading.tsx";
import { asField, Fields } from "./schemas.tsx";

/** A request that this service makes of an application's endpoint. */
export const Webhook = ({ webhook }: { webhook: ApiOperation }) => (
  <article class="operation" data-entry aria-labelledby={webhook.operationId}>
    <Heading id={webhook.operationId}>{webhook.summary}</Heading>
    <p class="route">
      <span class="method post">POST</span> your <code>webhook_url</code>
    </p>
    <Paragraphs text={webhook.description ?? ""} />
    <h4>Headers</h4>
    <Fields fields={webhook.parameters.map(asField)} note="optional" />
    <h4>Body</h4>
    {Object.entries(webhook.requestBody?.content ?? {}).map(([mediaType, content]) => (
      <ResponseContent mediaType={mediaType} content={content} />
    ))}
  </article>
);
