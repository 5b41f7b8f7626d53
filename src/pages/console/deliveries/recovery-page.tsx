import type { Recovery } from "../../../webhooks/recovery.ts";
import { ConsolePage } from "../console-page.tsx";
import type { ConsoleSession } from "../../form.tsx";
import { formatCount } from "../../format.ts";
import { Time } from "../../time.tsx";

/** The progress of a recovery; `remaining` events have not been processed yet. */
export const RecoveryPage = ({
  session,
  job,
  remaining,
}: {
  session: ConsoleSession;
  job: Recovery;
  remaining: number;
}) => {
  const done = Math.max(0, job.total - remaining);
  const isFinished = job.finishedAt !== null;
  return (
    <ConsolePage title="Recovery" session={session} place="/console/deliveries">
      <p class="crumbs">
        <a href={`/console/deliveries?application_id=${job.applicationId}`}>Deliveries</a>
      </p>
      <div class="title">
        <h1>Redelivering failed webhooks</h1>
      </div>
      <section class="card" aria-labelledby="progress">
        <h2 id="progress">{isFinished ? "Finished" : "Running"}</h2>
        <p>
          Webhooks created from <Time at={job.since} /> to <Time at={job.until} />.
        </p>
        <p>
          <label for="done">
            {formatCount(isFinished ? job.total : done)} of {formatCount(job.total)}
          </label>
          <progress id="done" max={Math.max(1, job.total)} value={isFinished ? Math.max(1, job.total) : done} />
        </p>
        <p role="status">
          {isFinished
            ? `${formatCount(job.requeued)} requeued; their deliveries show the outcome.`
            : "This page refreshes until it is done. You can leave the page: the work continues."}
        </p>
        <p class="actions">
          <a class="button" href={`/console/deliveries?application_id=${job.applicationId}`}>
            View deliveries
          </a>
        </p>
      </section>
    </ConsolePage>
  );
};
