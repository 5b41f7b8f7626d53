import type { ReanalysisPreview } from "../../../administration/reanalyses.ts";
import { REANALYSES_A_MINUTE, type ReanalysisJob } from "../../../records/changes/reanalysis-job.ts";
import { ConsolePage } from "../console-page.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";
import { formatCount, formatDuration, formatUsd } from "../../format.ts";
import { Time } from "../../time.tsx";
import { HOME } from "./form-card.tsx";

const MINUTE_MS = 60_000;
const FAILED_RECORDS = "/console/records?status=failed";

/** What a preview is of. */
export interface ShownPreview {
  application: { id: number; name: string };
  /** Unix milliseconds. */
  since: number;
  preview: ReanalysisPreview;
  /** The job that runs, if one does. */
  running: ReanalysisJob | null;
}

const Crumbs = () => (
  <p class="crumbs">
    <a href={FAILED_RECORDS}>Failed records</a>
  </p>
);

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const Next = ({ session, shown }: { session: ConsoleSession; shown: ShownPreview }) => {
  const { application, since, preview, running } = shown;
  if (running !== null) {
    return (
      <p>
        <a href={`${HOME}/${application.id}/${running.id}`}>One is under way.</a>
      </p>
    );
  }
  if (preview.records === preview.photosExpired) return <p>There is nothing that could be analyzed again.</p>;
  return (
    <Form session={session} action={HOME} class="actions">
      <input type="hidden" name="application" value={String(application.id)} />
      <input type="hidden" name="since" value={new Date(since).toISOString()} />
      <button class="primary">Analyze again</button>
      <a class="button" href={FAILED_RECORDS}>
        Leave them
      </a>
    </Form>
  );
};

/** What a re-analysis would do and cost, and the button that begins it. */
export const PreviewPage = ({ session, shown }: { session: ConsoleSession; shown: ShownPreview }) => {
  const { application, since, preview } = shown;
  const left = preview.records - preview.photosExpired;
  return (
    <ConsolePage title="Re-analyze failed records" session={session} place="/console/records">
      <Crumbs />
      <div class="title">
        <h1>Analyze failed records again</h1>
      </div>
      <section class="card" aria-labelledby="preview">
        <h2 id="preview">{application.name}</h2>
        <p>
          What was uploaded since <Time at={since} /> and failed as <em>analysis_unavailable</em>. Nothing has begun
          yet.
        </p>
        <dl class="facts pairs">
          <Fact name="Records" value={formatCount(preview.records)} />
          <Fact name="Their photo has passed its retention" value={`${formatCount(preview.photosExpired)}, skipped`} />
          <Fact name="Calls of models" value={formatCount(preview.modelCalls)} />
          <Fact
            name="Estimated cost"
            value={preview.costUsd === null ? "not known: a model has no price here" : formatUsd(preview.costUsd)}
          />
          <Fact name="It takes about" value={formatDuration(Math.ceil(left / REANALYSES_A_MINUTE) * MINUTE_MS)} />
        </dl>
        <Next session={session} shown={shown} />
      </section>
    </ConsolePage>
  );
};

/** How far a re-analysis has come. */
export const ReanalysisPage = ({ session, job }: { session: ConsoleSession; job: ReanalysisJob }) => {
  const isFinished = job.finishedAt !== null;
  const done = isFinished ? job.total : Math.min(job.total, job.requeued + job.skipped);
  return (
    <ConsolePage title="Failed records" session={session} place="/console/records">
      <Crumbs />
      <div class="title">
        <h1>Analyzing failed records again</h1>
      </div>
      <section class="card" aria-labelledby="progress">
        <h2 id="progress">{isFinished ? "All of them were looked at" : "Under way"}</h2>
        <p>
          What was uploaded since <Time at={job.since} />.
        </p>
        <p>
          <label for="done">
            {formatCount(done)} of {formatCount(job.total)}
          </label>
          <progress id="done" max={Math.max(1, job.total)} value={isFinished ? Math.max(1, job.total) : done} />
        </p>
        <p>
          {formatCount(job.requeued)} are analyzed again; {formatCount(job.skipped)} were skipped, because their photos
          are no longer stored.
        </p>
        <p role="status">
          {isFinished
            ? "What succeeds becomes completed, with its webhook; what fails again is in the list of failed records."
            : `This page reloads by itself until it is done, ${REANALYSES_A_MINUTE} records a minute. You may leave it: the work goes on.`}
        </p>
        <p class="actions">
          <a class="button" href={`${FAILED_RECORDS}&application_id=${job.applicationId}`}>
            To the failed records
          </a>
        </p>
      </section>
    </ConsolePage>
  );
};
