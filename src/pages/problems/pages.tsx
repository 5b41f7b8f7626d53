import { PROBLEMS, type ProblemCode } from "../../problems/problem-kinds.ts";
import { Page } from "../layout.tsx";
import { Prose } from "../prose.tsx";
import type { Explanation } from "./explain.ts";

/** What an error is, why it comes about, what to do, and how it looks. */
export const ProblemPage = ({ problem }: { problem: Explanation }) => (
  <Page title={problem.title} place="/problems">
    <article>
      <p class="eyebrow">
        {problem.status} · <code>{problem.code}</code>
      </p>
      <h1>{problem.title}</h1>
      <p class="lead">
        <Prose text={problem.help} />
      </p>
      <h2>Why it happens</h2>
      <p>
        <Prose text={problem.why} />
      </p>
      <h2>What to do</h2>
      <ul>
        {problem.steps.map((step) => (
          <li>
            <Prose text={step} />
          </li>
        ))}
      </ul>
      <h2>Should I try again?</h2>
      <p>
        <Prose text={problem.retry} />
      </p>
      <h2>Example response</h2>
      <pre tabindex={0} aria-label="Example response">
        <code>{problem.example}</code>
      </pre>
      <p>
        <a href="/problems">All errors</a>
      </p>
    </article>
  </Page>
);

/** The codes by their HTTP status, in the order of the statuses. */
const codesByStatus = (): [number, ProblemCode[]][] =>
  [...Map.groupBy(Object.keys(PROBLEMS) as ProblemCode[], (code) => PROBLEMS[code].status)].toSorted(
    ([a], [b]) => a - b,
  );

/** Every error that a client can receive. */
export const ProblemIndex = () => (
  <Page title="Errors" place="/problems">
    <h1>Errors</h1>
    <p class="lead">
      <Prose text="Every error is `application/problem+json` (RFC 9457). Programs should branch on `code` and `retryable`; show `detail` to people. Include `request_id` in support requests: it is in the logs too." />
    </p>
    {codesByStatus().map(([status, codes]) => (
      <section aria-labelledby={`status-${status}`}>
        <h2 id={`status-${status}`}>{status}</h2>
        <dl class="terms">
          {codes.map((code) => (
            <div>
              <dt>
                <a href={`/problems/${code}`}>
                  <code>{code}</code>
                </a>
              </dt>
              <dd>{PROBLEMS[code].title}</dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </Page>
);
