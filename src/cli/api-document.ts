/** A JSON Schema, as far as the tools here look into it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema;
}

export interface Parameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  schema?: JsonSchema;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface ApiOperation {
  operationId: string;
  parameters?: Parameter[];
}

/** An OpenAPI document, as far as the tools here look into it. */
export interface ApiDocument {
  /** By path, then by method; `servers` stands between the methods. */
  paths: Record<string, Record<string, ApiOperation | unknown[]>>;
  components: { schemas: Record<string, JsonSchema> };
}

/**
 * The service's own description of itself. Read at run time, because the routes are typed for workerd and this program
 * for Node.
 */
export async function readApiDocument(origin: string): Promise<ApiDocument> {
  const url = new URL("../routes/openapi.ts", import.meta.url).href;
  const routes = (await import(url)) as { describeService: (origin: string) => ApiDocument };
  return routes.describeService(origin);
}
