import { z } from "zod";
import { VERSION } from "../health/version.ts";
import { openApiDocument } from "../openapi/document.ts";
import { madeOnce } from "../openapi/made-once.ts";
import { json } from "../openapi/operation.ts";
import { operation, type Operation } from "../http/operation.ts";
import { originOf } from "../http/respond.ts";
import { ADMIN_OPERATIONS } from "./admin.ts";
import { AUTH_OPERATIONS } from "./auth.ts";
import { RECORD_OPERATIONS } from "./records.ts";
import { SERVICE_OPERATIONS } from "./service.ts";

export const readOpenApi = operation({
  id: "readOpenApi",
  method: "get",
  path: "/openapi.json",
  tag: "Service",
  summary: "Read this document",
  security: "public",
  responses: {
    200: {
      description: "The OpenAPI 3.1 document of this service.",
      content: json(z.looseObject({ openapi: z.string() }).meta({ id: "OpenApiDocument" })),
    },
  },
  problems: [],
  handler: (c) =>
    c.body(documentAt(originOf(c)), 200, { "content-type": "application/json", "cache-control": CACHE_CONTROL }),
});

/** Every route of the API, in the order of the documentation. What is not in it is neither documented nor reachable. */
export const OPERATIONS: readonly Operation[] = [
  ...AUTH_OPERATIONS,
  ...RECORD_OPERATIONS,
  ...ADMIN_OPERATIONS,
  ...SERVICE_OPERATIONS,
  readOpenApi,
];

/** The OpenAPI 3.1 document of the service that is reached at `origin`. */
export const describeService = (origin: string) =>
  openApiDocument(OPERATIONS, {
    title: "Morsel",
    version: VERSION,
    description:
      "A photo of food in, nutrition data out: asynchronous, at the edge, on your own Cloudflare account.\n\nRecords and tokens are also available under `/v3`. Times are RFC 3339 in UTC. Unknown request fields are ignored; ignore unknown response fields too, because new ones may be added.\n\nWeb apps on any origin can call records and tokens and read every response with its headers, errors included: tokens go in the `Authorization` header, and there are no cookies.",
    origin,
  });

const documentAt = madeOnce((origin) => JSON.stringify(describeService(origin)));

/** Changes with a deployment only; clients may keep it for a while. */
const CACHE_CONTROL = "public, max-age=300";
