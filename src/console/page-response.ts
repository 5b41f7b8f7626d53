import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../app-env.ts";

/** Nothing from elsewhere, no inline code or style, no frame around it: what a page shows is what this service sent. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** A whole HTML document as text. Pages wait for nothing, so that their elements turn into text at once. */
export const toHtml = (page: { toString(): string }): string => `<!doctype html>${page.toString()}`;

/** Answers with an HTML page. `headers` say at least who may keep it, and for how long. */
export const respondWithPage = (
  c: Context<AppEnv>,
  html: string,
  headers: Record<string, string>,
  status: ContentfulStatusCode = 200,
): Response => c.body(html, status, { ...HEADERS, ...headers });
