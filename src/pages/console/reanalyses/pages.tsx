import type { ReanalysisPreview } from "../../../administration/reanalyses.ts";
import { REANALYSES_A_MINUTE, type ReanalysisJob } from "../../../records/changes/reanalysis-job.ts";
import { ConsolePage } from "../console-page.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";
import { formatCount, formatDuration, formatUsd } from "../../format.ts";
import { Time } from "../../time.tsx";
import { HOME } from "./form-card.tsx";
import { MINUTE_MS } from "../../../time.ts";

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
        <a href={`${HOME}/${application.id}/${running.id}`}>A job is already running.</a>
      </p>
    );
  }
  if (preview.records === preview.photosExpired) return <p>There is nothing to re-analyze.</p>;
  return (
    <Form session={session} action={HOME} class="actions">
      <input type="hidden" name="application" value={String(application.id)} />
      <input type="hidden" name="since" value={new Date(since).toISOString()} />
      <button class="primary">Re-analyze</button>
      <a class="button" href={FAILED_RECORDS}>
        Cancel
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
        <h1>Re-analyze failed records</h1>
      </div>
      <section class="card" aria-labelledby="preview">
        <h2 id="preview">{application.name}</h2>
        <p>
          Records uploaded since <Time at={since} /> that failed as <em>analysis_unavailable</em>. Nothing has started
          yet.
        </p>
        <dl class="facts pairs">
          <Fact name="Records" value={formatCount(preview.records)} />
          <Fact name="Photo past its retention period" value={`${formatCount(preview.photosExpired)}, skipped`} />
          <Fact name="Model calls" value={formatCount(preview.modelCalls)} />
          <Fact
            name="Estimated cost"
            value={preview.costUsd === null ? "unknown: a model has no known price" : formatUsd(preview.costUsd)}
          />
          <Fact name="Estimated duration" value={formatDuration(Math.ceil(left / REANALYSES_A_MINUTE) * MINUTE_MS)} />
        </dl>
        <Next session={session} shown={shown} />
      </section>
    </ConsolePage>
  );
};

/** The progress of a re-analysis job. */
export const ReanalysisPage = ({ session, job }: { session: ConsoleSession; job: ReanalysisJob }) => {
  const isFinished = job.finishedAt !== null;
  const done = isFinished ? job.total : Math.min(job.total, job.requeued + job.skipped);
  return (
    <ConsolePage title="Failed records" session={session} place="/console/records">
      <Crumbs />
      <div class="title">
        <h1>Re-analyzing failed records</h1>
      </div>
      <section class="card" aria-labelledby="progress">
        <h2 id="progress">{isFinished ? "Finished" : "Running"}</h2>
        <p>
          Records uploaded since <Time at={job.since} />.
        </p>
        <p>
          <label for="done">
            {formatCount(done)} of {formatCount(job.total)}
          </label>
          <progress id="done" max={Math.max(1, job.total)} value={isFinished ? Math.max(1, job.total) : done} />
        </p>
        <p>
          {formatCount(job.requeued)} requeued; {formatCount(job.skipped)} skipped, because their photos are no longer
          stored.
        </p>
        <p role="status">
          {isFinished
            ? "Records that succeed become completed, with their webhooks; those that fail again are in the list of failed records."
            : `This page refreshes until it is done, at ${REANALYSES_A_MINUTE} records per minute. You can leave the page: the work continues.`}
        </p>
        <p class="actions">
          <a class="button" href={`${FAILED_RECORDS}&application_id=${job.applicationId}`}>
            View failed records
          </a>
        </p>
      </section>
    </ConsolePage>
  );
};
