import type { Context } from "hono";
import { accepts } from "hono/accepts";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../http/app-env.ts";

/**
 * Nothing from elsewhere, no inline code or style, no frame around it: what a page shows is what this service sent, or,
 * as `blob:`, what its own script was given.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": CONTENT_SECURITY_POLICY,
};

/** A whole HTML document as text. Pages wait for nothing, so that their elements turn into text at once. */
export const toHtml = (page: { toString(): string }): string => `<!doctype html>${page.toString()}`;

/** Whether a browser asks: everything else is better served with plain text. */
export const wantsHtml = (c: Context<AppEnv>): boolean =>
  accepts(c, { header: "Accept", supports: ["text/plain", "text/html"], default: "text/plain" }) === "text/html";

/** Responds with an HTML page. `headers` say at least who may keep it, and for how long. */
export const respondWithPage = (
  c: Context<AppEnv>,
  html: string,
  headers: Record<string, string>,
  status: ContentfulStatusCode = 200,
): Response => c.body(html, status, { ...HEADERS, ...headers });
