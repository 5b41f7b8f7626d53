import type { Child } from "hono/jsx";
import type { UsageResponse } from "../../../usage/responses.ts";
import { ConsolePage } from "../console-page.tsx";
import type { ConsoleSession } from "../../form.tsx";
import { formatBytes, formatCount, formatDuration, formatShare, formatUsd } from "../../format.ts";
import { Table } from "../../parts.tsx";
import { Time } from "../../time.tsx";
import { UsageCharts } from "./charts.tsx";
import { RANGES, type RangeName } from "./ranges.ts";

const Figure = ({ name, value, detail }: { name: string; value: string; detail: Child }) => (
  <div class="card figure">
    <dt>{name}</dt>
    <dd class="value">{value}</dd>
    <dd class="quiet small">{detail}</dd>
  </div>
);

const latencyText = (latency: UsageResponse["analysis"]): [string, string] =>
  latency === null
    ? ["–", "no measurements yet"]
    : [formatDuration(latency.p50_ms), `median; 95 % within ${formatDuration(latency.p95_ms)}`];

const analyses = (count: number): string => (count === 1 ? "1 analysis" : `${formatCount(count)} analyses`);

/** As people count: analyses that failed, and how many of how many may. */
const budgetDetail = ({ finished, failed, objective }: UsageResponse["error_budget"]): string => {
  if (finished === 0) return "no analysis has finished yet";
  const failures = failed === 0 ? `none of ${analyses(finished)}` : `${formatCount(failed)} of ${analyses(finished)}`;
  return `${failures} failed or ran late through the service’s own fault; 1 in ${formatCount(1 / (1 - objective))} may`;
};

const costDetail = ({ records: { total }, estimated_usd: usd }: UsageResponse): string =>
  total === 0 ? "at list prices" : `${formatUsd((usd / total) * 1000)} per 1,000 records, without CPU time`;

const Figures = ({ usage }: { usage: UsageResponse }) => {
  const { records, analysis, webhooks, error_budget: budget, backlog, storage } = usage;
  const [analysisMedian, analysisDetail] = latencyText(analysis);
  const [attemptMedian, attemptDetail] = latencyText(webhooks.attempt);
  const waiting = backlog.pending + backlog.processing;
  return (
    <dl class="figures">
      <Figure
        name="Records"
        value={formatCount(records.total)}
        detail={`${formatCount(records.statuses.failed)} failed; ${formatBytes(records.photo_bytes)} of photos`}
      />
      <Figure name="Analysis" value={analysisMedian} detail={analysisDetail} />
      <Figure name="Webhook attempt" value={attemptMedian} detail={attemptDetail} />
      <Figure
        name="Error budget left"
        value={budget.remaining === null ? "–" : budget.remaining < 0 ? "overspent" : formatShare(budget.remaining)}
        detail={budgetDetail(budget)}
      />
      <Figure
        name="Waiting now"
        value={formatCount(waiting)}
        detail={backlog.oldest_age_ms === null ? "no backlog" : `oldest: ${formatDuration(backlog.oldest_age_ms)}`}
      />
      <Figure
        name="Stored now"
        value={formatCount(storage.records)}
        detail={`${formatBytes(storage.bytes)} of ${formatCount(storage.users)} users${
          storage.users_near_limit === 0 ? "" : `; ${formatCount(storage.users_near_limit)} near their limit`
        }`}
      />
      <Figure name="Estimated cost" value={formatUsd(usage.estimated_usd)} detail={costDetail(usage)} />
    </dl>
  );
};

const number = (text: string) => (
  <th scope="col" class="number">
    {text}
  </th>
);

const Failures = ({ usage }: { usage: UsageResponse }) => {
  const codes = Object.entries(usage.records.failure_codes).filter(([, count]) => count > 0);
  return (
    <section class="card" aria-labelledby="failures">
      <h2 id="failures">Why records failed</h2>
      {codes.length === 0 ? (
        <p>None failed.</p>
      ) : (
        <Table
          label="Why records failed"
          head={
            <>
              <th scope="col">Code</th>
              {number("Records")}
            </>
          }
        >
          {codes.map(([code, count]) => (
            <tr>
              <td>
                <code>{code}</code>
              </td>
              <td class="number">{formatCount(count)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
};

const Models = ({ usage: { models } }: { usage: UsageResponse }) => (
  <section class="card" aria-labelledby="models">
    <h2 id="models">Models</h2>
    {models.length === 0 ? (
      <p>No model was called.</p>
    ) : (
      <Table
        label="Models"
        head={
          <>
            <th scope="col">Model</th>
            {number("Calls")}
            {number("Failed")}
            {number("Mean")}
            {number("Cost")}
          </>
        }
      >
        {models.map((model) => (
          <tr>
            <td>
              <code>{model.model}</code>
            </td>
            <td class="number">{formatCount(model.calls)}</td>
            <td class="number">{formatCount(model.failed)}</td>
            <td class="number">{formatDuration(model.mean_ms)}</td>
            <td class="number">{model.estimated_usd === null ? "not known" : formatUsd(model.estimated_usd)}</td>
          </tr>
        ))}
      </Table>
    )}
  </section>
);

const OPERATION_TITLES: Record<UsageResponse["operations"][number]["operation"], string> = {
  worker_requests: "Worker requests",
  object_requests: "Durable Object requests",
  object_gb_seconds: "Durable Object GB-seconds",
  r2_writes: "R2 writes",
  r2_reads: "R2 reads",
  queue_operations: "Queue operations",
  d1_rows_written: "D1 rows written",
};

const Operations = ({ usage: { operations } }: { usage: UsageResponse }) => (
  <section class="card" aria-labelledby="operations">
    <h2 id="operations">Billable operations</h2>
    <p>
      Estimated from each record’s budget plus each retry, at list price beyond the plan’s included usage. Polls and
      lists are not tracked.
    </p>
    <Table
      label="Billable operations"
      head={
        <>
          <th scope="col">Operation</th>
          {number("Count")}
          {number("Cost")}
        </>
      }
    >
      {operations.map(({ operation, count, estimated_usd: usd }) => (
        <tr>
          <td>{OPERATION_TITLES[operation]}</td>
          <td class="number">{operation === "object_gb_seconds" ? count.toFixed(2) : formatCount(count)}</td>
          <td class="number">{formatUsd(usd)}</td>
        </tr>
      ))}
    </Table>
  </section>
);

/** How the service was used in the last hours or days. */
export const UsagePage = ({
  session,
  usage,
  range,
}: {
  session: ConsoleSession;
  usage: UsageResponse;
  range: RangeName;
}) => (
  <ConsolePage title="Usage" session={session} place="/console/usage">
    <div class="title">
      <h1>Usage</h1>
      <nav class="segments" aria-label="Range">
        {RANGES.map(({ name, text }) => (
          <a href={`/console/usage?range=${name}`} {...(name === range && { "aria-current": "true" })}>
            {text}
          </a>
        ))}
      </nav>
    </div>
    {usage.truncated && (
      <div class="notice warn">
        <p>
          There is more data than can be counted at once. These figures start at{" "}
          <Time at={Date.parse(usage.counted_from)} />.
        </p>
      </div>
    )}
    <Figures usage={usage} />
    {usage.records.total === 0 ? (
      <div class="empty">
        <h2>No records in this period</h2>
        <p>Charts appear here after the first upload.</p>
      </div>
    ) : (
      <>
        <div class="columns charts">
          <UsageCharts usage={usage} />
        </div>
        <div class="columns">
          <div>
            <Models usage={usage} />
            <Failures usage={usage} />
          </div>
          <Operations usage={usage} />
        </div>
      </>
    )}
  </ConsolePage>
);
