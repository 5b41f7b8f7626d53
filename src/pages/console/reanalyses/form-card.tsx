import type { ApplicationNames } from "../records/list-page.tsx";
import { Choice } from "../../parts.tsx";

export const HOME = "/console/reanalyses";

/** How far back a re-analysis may go, in hours. */
export const REANALYSIS_HOURS = [
  [24, "the last day"],
  [7 * 24, "the last week"],
  [30 * 24, "the last 30 days"],
  [90 * 24, "the last 90 days"],
] as const;

/** Asks for a preview; nothing begins before that was seen. */
export const ReanalysisCard = ({ names, applicationId }: { names: ApplicationNames; applicationId: number | null }) => (
  <section class="card" aria-labelledby="reanalyze">
    <h2 id="reanalyze">Re-analyze failed records</h2>
    <p>
      Records that failed as <em>analysis_unavailable</em>, because the models could not be reached for too long, may
      succeed now. After any other failure, the same analysis would fail again.
    </p>
    <form class="filters" method="get" action={HOME}>
      <Choice
        name="application"
        label="Failed records of"
        value={String(applicationId ?? "")}
        options={[...names].map(([id, name]) => [String(id), `${id} · ${name}`] as const)}
      />
      <Choice
        name="hours"
        label="Uploaded in"
        value="24"
        options={REANALYSIS_HOURS.map(([hours, text]) => [String(hours), text] as const)}
      />
      <button>Preview</button>
    </form>
  </section>
);
