import { Hono, type Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { previewReanalysis, startReanalysisOf } from "../../../administration/reanalyses.ts";
import { applicationNames } from "../../../db/applications.ts";
import { reanalysisById, reanalysisSince, runningReanalysis } from "../../../db/reanalysis-jobs.ts";
import { problem } from "../../../problems/problem.ts";
import { MAX_REANALYSES, type ReanalysisJob } from "../../../records/changes/reanalysis-job.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { HOME, REANALYSIS_HOURS } from "./form-card.tsx";
import { PreviewPage, ReanalysisPage } from "./pages.tsx";
import { HOUR_MS } from "../../../time.ts";

/** How often the browser refreshes the page of a running job, in seconds; a job advances once a minute. */
const REFRESH_SECONDS = "10";

/** The console's pages about analyzing failed records again, under `/console/reanalyses`. */
export const reanalysisPages = new Hono<AppEnv>();

const notFound = (c: Context<AppEnv>): Response =>
  respondWithProblemPage(c, problem("not_found", "This job does not exist or has been deleted."));

reanalysisPages.get("/", async (c) => {
  const { deps } = c.var;
  const hours = REANALYSIS_HOURS.find(([length]) => String(length) === c.req.query("hours"))?.[0];
  if (hours === undefined) return respondWithProblemPage(c, problem("invalid_request", "Choose how far back to go."));
  const applicationId = Number(c.req.query("application"));
  const since = deps.now() - hours * HOUR_MS;
  const [preview, running, names] = await Promise.all([
    previewReanalysis({ applicationId, since, limit: MAX_REANALYSES }, deps),
    runningReanalysis(deps.db, applicationId),
    applicationNames(deps.db),
  ]);
  if (!preview.ok) return notFound(c);
  const application = { id: applicationId, name: names.get(applicationId) ?? String(applicationId) };
  const shown = { application, since, preview: preview.value, running };
  return respondWithConsolePage(c, <PreviewPage session={c.var.session} shown={shown} />);
});

const seeJob = (c: Context<AppEnv>, { applicationId, id }: ReanalysisJob): Response => {
  c.header("cache-control", "no-store");
  return c.redirect(`${HOME}/${applicationId}/${id}`, 303);
};

/** Begins what the preview was of: `since` is the preview's own, and by it a form that is sent again finds its job. */
reanalysisPages.post("/", async (c) => {
  const { administrator, deps } = c.var;
  const { application, since: from } = await c.req.parseBody();
  const since = typeof from === "string" ? Date.parse(from) : Number.NaN;
  if (Number.isNaN(since)) return respondWithProblemPage(c, problem("invalid_request", "Choose how far back to go."));
  const applicationId = Number(application);
  const begun = await reanalysisSince(deps.db, applicationId, since);
  if (begun !== null) return seeJob(c, begun);
  const started = await startReanalysisOf({ applicationId, since, limit: MAX_REANALYSES }, administrator, deps);
  return started.ok ? seeJob(c, started.value) : respondWithProblemPage(c, started.error);
});

reanalysisPages.get("/:application{[0-9]+}/:id", async (c) => {
  const job = await reanalysisById(c.var.deps.db, Number(c.req.param("application")), c.req.param("id"));
  if (job === null) return notFound(c);
  if (job.finishedAt === null) c.header("refresh", REFRESH_SECONDS);
  return respondWithConsolePage(c, <ReanalysisPage session={c.var.session} job={job} />);
});
