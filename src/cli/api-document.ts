/** An OpenAPI document, as far as the tools here look into it. */
export interface ApiDocument {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, Record<string, unknown>> };
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
