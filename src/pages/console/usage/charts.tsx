import type { UsageResponse } from "../../../usage/responses.ts";
import { formatBucket, formatCount, formatDuration } from "../../format.ts";
import { Chart } from "./chart.tsx";

interface Used {
  usage: UsageResponse;
}

const columnsOf = ({ buckets, bucket }: UsageResponse): string[] => buckets.map(({ at }) => formatBucket(at, bucket));

const said = (measured: UsageResponse["analysis"]): string =>
  measured === null
    ? "No measurements."
    : `Over the whole period, the median is ${formatDuration(measured.p50_ms)} and the 95th percentile ${formatDuration(measured.p95_ms)}.`;

const RecordsChart = ({ usage }: Used) => {
  const { buckets, bucket, records } = usage;
  return (
    <Chart
      id="records-chart"
      title={`Records per ${bucket}`}
      description={`${formatCount(records.total)} records, of which ${formatCount(records.statuses.failed)} failed.`}
      columns={columnsOf(usage)}
      arrangement="stacked"
      format={formatCount}
      series={[
        {
          name: "completed",
          tone: "good",
          values: buckets.map(({ statuses }) => statuses.completed + statuses.updated),
        },
        { name: "failed", tone: "bad", values: buckets.map(({ statuses }) => statuses.failed) },
        {
          name: "open or canceled",
          tone: "quiet",
          values: buckets.map(({ statuses }) => statuses.pending + statuses.processing + statuses.canceled),
        },
      ]}
    />
  );
};

const LatencyChart = ({ usage, of, title }: Used & { of: "analysis" | "webhook_attempt"; title: string }) => (
  <Chart
    id={`${of}-chart`}
    title={title}
    description={said(of === "analysis" ? usage.analysis : usage.webhooks.attempt)}
    columns={columnsOf(usage)}
    arrangement="behind"
    format={formatDuration}
    series={[
      { name: "median", tone: "strong", values: usage.buckets.map((each) => each[of]?.p50_ms ?? null) },
      { name: "95th percentile", tone: "soft", values: usage.buckets.map((each) => each[of]?.p95_ms ?? null) },
    ]}
  />
);

const AttemptsChart = ({ usage }: Used) => {
  const { buckets, webhooks } = usage;
  return (
    <Chart
      id="attempts-chart"
      title="Webhook attempts"
      description={`${formatCount(webhooks.attempts)} attempts, of which ${formatCount(webhooks.failed_attempts)} failed.`}
      columns={columnsOf(usage)}
      arrangement="stacked"
      format={formatCount}
      series={[
        {
          name: "delivered",
          tone: "good",
          values: buckets.map((each) => each.webhook_attempts - each.failed_webhook_attempts),
        },
        { name: "failed", tone: "bad", values: buckets.map((each) => each.failed_webhook_attempts) },
      ]}
    />
  );
};

/** The charts of the usage page. */
export const UsageCharts = ({ usage }: Used) => (
  <>
    <RecordsChart usage={usage} />
    <LatencyChart usage={usage} of="analysis" title="Time from upload to finished analysis" />
    <AttemptsChart usage={usage} />
    <LatencyChart usage={usage} of="webhook_attempt" title="Webhook endpoint response time" />
  </>
);
