import { Hono, type Context } from "hono";
import { accepts } from "hono/accepts";
import type { AppEnv } from "../../app-env.ts";
import { PROBLEMS, problem } from "../../problems.ts";
import { originOf, respondWithProblem } from "../../respond.ts";
import { respondWithPage, toHtml } from "../page-response.ts";
import { explainProblem, explanationText, isProblemCode } from "./explain.ts";
import { ProblemIndex, ProblemPage } from "./pages.tsx";

/** The same page in two forms may only be kept with the header that chose between them. */
const HEADERS = { vary: "Accept", "cache-control": "public, max-age=300" };

/** Whether a browser asks: everything else is better served with plain text. */
const wantsHtml = (c: Context<AppEnv>): boolean =>
  accepts(c, { header: "Accept", supports: ["text/plain", "text/html"], default: "text/plain" }) === "text/html";

export const problemRoutes = new Hono<AppEnv>();

/** Every error, for people. */
problemRoutes.get("/problems", (c) => {
  if (wantsHtml(c)) return respondWithPage(c, toHtml(<ProblemIndex />), HEADERS);
  const lines = Object.entries(PROBLEMS).map(([code, { status, title }]) => `${status} ${code}: ${title}`);
  return c.text(`${lines.join("\n")}\n`, 200, HEADERS);
});

/** The page behind the `type` URI of a problem. */
problemRoutes.get("/problems/:code", (c) => {
  const code = c.req.param("code");
  if (!isProblemCode(code)) return respondWithProblem(c, problem("not_found"));
  const explanation = explainProblem(code, originOf(c));
  if (!wantsHtml(c)) return c.text(explanationText(explanation), 200, HEADERS);
  return respondWithPage(c, toHtml(<ProblemPage problem={explanation} />), HEADERS);
});
