import { Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { madeOnce } from "../../openapi/made-once.ts";
import { originOf } from "../../http/respond.ts";
import { describeService } from "../../routes/openapi.ts";
import { respondWithPage, toHtml } from "../page-response.ts";
import { DocsPage } from "./docs-page.tsx";

const docsAt = madeOnce((origin) => toHtml(<DocsPage document={describeService(origin)} origin={origin} />));

export const docsRoutes = new Hono<AppEnv>();

/** The documentation for people, made of the OpenAPI document. */
docsRoutes.get("/docs", (c) => respondWithPage(c, docsAt(originOf(c)), { "cache-control": "public, max-age=300" }));
