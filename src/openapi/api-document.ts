import type { JsonSchema } from "./json-schema.ts";
import type { Tag } from "./operation.ts";

/** An OpenAPI 3.1 document, as far as ours goes and as its readers need it. */
export interface ApiDocument {
  openapi: string;
  info: { title: string; version: string; description: string };
  servers: { url: string; description: string }[];
  tags: { name: Tag; description: string }[];
  /** By path, then by method; `servers` stands between the methods. */
  paths: Record<string, Record<string, ApiOperation | unknown[]>>;
  webhooks: Record<string, Record<string, ApiOperation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    examples: Record<string, ApiExample>;
    headers: Record<string, { description: string; schema: JsonSchema }>;
    securitySchemes: Record<string, unknown>;
  };
}

export interface ApiOperation {
  operationId: string;
  tags: [Tag];
  summary: string;
  description?: string;
  /** Empty when everybody may call. */
  security: Record<string, unknown>[];
  parameters: ApiParameter[];
  requestBody?: { required: boolean; content: Record<string, ApiContent> };
  /** By status. */
  responses: Record<string, ApiResponse>;
}

export interface ApiParameter {
  name: string;
  in: "path" | "query" | "header";
  description?: string;
  required?: boolean;
  schema?: JsonSchema;
  content?: Record<string, ApiContent>;
  example?: string | number;
}

export interface ApiContent {
  schema?: JsonSchema;
  examples?: Record<string, ApiExample | { $ref: string }>;
}

export interface ApiExample {
  summary: string;
  value: unknown;
}

export interface ApiResponse {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, ApiContent>;
}

/** An operation with the place where it is called. */
export interface PlacedOperation extends ApiOperation {
  method: string;
  path: string;
  /** Other paths that do the same. */
  aliases: string[];
}

/** The operations of a document in its order, each once. */
export function operationsOf({ paths }: ApiDocument): PlacedOperation[] {
  const placed = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      "operationId" in operation ? [{ ...operation, method, path, aliases: [] as string[] }] : [],
    ),
  );
  const aliasesOf = Map.groupBy(placed, ({ operationId }) => operationId.replace(/Alias$/, ""));
  return [...aliasesOf.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, aliases: others.map(({ path }) => path) }],
  );
}
