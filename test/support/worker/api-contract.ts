import { Validator } from "@cfworker/json-schema";
import type { ApiResponse, ApiDocument, ApiOperation } from "../../../src/openapi/api-document.ts";

/** Headers for HTTP libraries, browsers, caches and proxies, which no document needs to name. */
const ORDINARY =
  /^(content-(type|length|encoding|disposition|security-policy)|x-content-type-options|referrer-policy|strict-transport-security|accept-encoding|cache-control|vary|date|allow|www-authenticate|access-control-.*|x-accel-buffering)$/;

/**
 * The same schema, but closed: what it does not name must not be there. The document itself is open, because clients
 * should expect new fields; a service that sends fields which it does not document is caught by this.
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isOpen = "properties" in inner && !("additionalProperties" in inner);
  return isOpen ? { ...inner, additionalProperties: false } : inner;
}

/** What in `value` disagrees with a schema of the document, undocumented fields included. */
export function disagreements(value: unknown, schema: unknown, { components }: ApiDocument): string[] {
  const root = { ...(closed(schema) as object), components: closed({ schemas: components.schemas }) };
  const { errors } = new Validator(root, "2020-12", false).validate(value);
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

/** What the headers are as values: numbers where the document says so. */
const headerValue = (text: string, type: unknown): unknown => (type === "integer" ? Number(text) : text);

function headerDisagreements(response: Response, answer: ApiResponse, document: ApiDocument): string[] {
  const documented = new Map(
    Object.entries(answer.headers ?? {}).map(([name]) => [name.toLowerCase(), document.components.headers[name]]),
  );
  const sent = [...response.headers].filter(([name]) => !ORDINARY.test(name));
  return sent.flatMap(([name, text]) => {
    const header = documented.get(name);
    if (header === undefined) return [`the header ${name} is not documented`];
    const { schema } = header;
    return disagreements(headerValue(text, schema.type), schema, document).map((each) => `header ${name} ${each}`);
  });
}

async function bodyDisagreements(response: Response, answer: ApiResponse, document: ApiDocument): Promise<string[]> {
  const text = await response.text();
  if (answer.content === undefined) return text === "" ? [] : ["there is a body, and none is documented"];
  const mediaType = response.headers.get("content-type")?.split(";")[0] ?? "";
  const content = answer.content[mediaType];
  if (content === undefined) return [`the content type ${mediaType} is not documented`];
  if (content.schema === undefined || !mediaType.endsWith("json")) return [];
  const value: unknown = JSON.parse(text);
  const found = disagreements(value, content.schema, document);
  if (mediaType !== "application/problem+json") return found;
  const { code } = value as { code: string };
  return code in (content.examples ?? {}) ? found : [...found, `the code ${code} is not documented`];
}

/** Everything in an answer that the document does not say: its status, its headers, its body. */
export async function responseDisagreements(
  response: Response,
  operation: ApiOperation,
  document: ApiDocument,
): Promise<string[]> {
  const answer = operation.responses[response.status];
  if (answer === undefined) return [`the status ${response.status} is not documented: ${await response.text()}`];
  const ofHeaders = headerDisagreements(response, answer, document);
  return [...ofHeaders, ...(await bodyDisagreements(response, answer, document))];
}
