import { Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { PROBLEMS } from "../../problems/problem-kinds.ts";
import { problem } from "../../problems/problem.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { respondWithPage, toHtml, wantsHtml } from "../page-response.ts";
import { explainProblem, explanationText, isProblemCode } from "./explain.ts";
import { ProblemIndex, ProblemPage } from "./pages.tsx";

/** The same page in two forms may only be kept with the header that chose between them. */
const HEADERS = { vary: "Accept", "cache-control": "public, max-age=300" };

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
