import { PROBLEMS } from "../../problems/problem-kinds.ts";
import type { Problem } from "../../problems/problem.ts";

interface TroubleProps {
  title: string;
  detail: string;
  /** The code of the error, which has a page. */
  code: string | null;
}

/** What went wrong before there was a record, and the way on. The script fills it in where the service was not reached. */
export const TroubleTemplate = ({ title, detail, code }: TroubleProps) => (
  <div class="trouble" role="alert" data-trouble>
    <h1 tabindex={-1} data-title>
      {title}
    </h1>
    <p class="lead" data-detail>
      {detail}
    </p>
    <p>
      <a href={code === null ? "/problems" : `/problems/${code}`} data-code>
        What this error means and what to do
      </a>
    </p>
    <p class="actions">
      <button type="button" data-again hidden>
        Try again
      </button>
      <a class="button" href="/">
        Choose another photo
      </a>
    </p>
  </div>
);

/** The same for a problem of the API. */
export const ProblemTrouble = ({ problem: { code, detail } }: { problem: Problem }) => (
  <TroubleTemplate title={PROBLEMS[code].title} detail={detail ?? PROBLEMS[code].help} code={code} />
);
