import type { Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { lastSuccessAt } from "../../../db/deliveries.ts";
import { applicationWithHealth } from "../../../db/endpoint-health.ts";
import { PROBLEMS } from "../../../problems/problem-kinds.ts";
import { problem, type Problem } from "../../../problems/problem.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { ApplicationPage, type FormOutcome } from "./application-page.tsx";

/** The id that a path names. */
export const idOf = (c: Context<AppEnv>): number => Number(c.req.param("id"));

/** Responds with an application's page, and the outcome of a form on it. */
export async function respondWithApplication(
  c: Context<AppEnv>,
  outcome: FormOutcome,
  status: 200 | (typeof PROBLEMS)[keyof typeof PROBLEMS]["status"] = 200,
): Promise<Response> {
  const { db, now } = c.var.deps;
  const found = await applicationWithHealth(db, idOf(c));
  if (found === null) return respondWithProblemPage(c, problem("not_found"));
  const { application, health } = found;
  const view = {
    application,
    health,
    lastSuccessAt: await lastSuccessAt(db, application.id, health.failingSince ?? now()),
    now: now(),
  };
  return respondWithConsolePage(c, <ApplicationPage session={c.var.session} view={view} outcome={outcome} />, status);
}

/** The same, after a rejected action. A problem with the application itself is shown on its page. */
export const respondWithRefusal = (
  c: Context<AppEnv>,
  refused: Problem,
  outcome: FormOutcome = {},
): Promise<Response> =>
  respondWithApplication(c, { message: refused.detail, ...outcome }, PROBLEMS[refused.code].status);

/** What was done, by the word in the query: a page that is read again then says it again, and does nothing again. */
const DONE: Readonly<Record<string, string>> = {
  saved: "Saved.",
  activated: "The application is active. Its users regain access within 30 seconds.",
  deactivated: "The application is inactive. All of its users lose access within 30 seconds.",
  ended: "The key is revoked.",
};

/** Leads back to the application after a form that was taken. */
export const redirectBack = (c: Context<AppEnv>, done: string): Response => {
  c.header("cache-control", "no-store");
  return c.redirect(`/console/applications/${idOf(c)}?done=${done}`, 303);
};

export const doneText = (c: Context<AppEnv>): string | undefined => {
  const word = c.req.query("done") ?? "";
  return Object.hasOwn(DONE, word) ? DONE[word] : undefined;
};
