import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../../http/app-env.ts";
import { respondWithPage, toHtml } from "../page-response.ts";

/**
 * What the console shows is one administrator's: nothing keeps it. Browsers leave `Origin` out of forms under the other
 * pages' `no-referrer`, and it is asked for here.
 */
const HEADERS = { "cache-control": "no-store", "referrer-policy": "same-origin" };

/** Responds with a page of the console. */
export const respondWithConsolePage = (
  c: Context<AppEnv>,
  page: { toString(): string },
  status: ContentfulStatusCode = 200,
): Response => respondWithPage(c, toHtml(page), HEADERS, status);
