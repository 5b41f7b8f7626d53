import type { ApiDocument } from "../openapi/api-document.ts";

/**
 * The service's own description of itself. Read at run time, because the routes are typed for workerd and this program
 * for Node.
 */
export async function readApiDocument(origin: string): Promise<ApiDocument> {
  const url = new URL("../routes/openapi.ts", import.meta.url).href;
  const routes = (await import(url)) as { describeService: (origin: string) => ApiDocument };
  return routes.describeService(origin);
}
