import { handleAnalysisMessage } from "./analysis/consumer.ts";
import { messageRecordId } from "./analysis/message.ts";
import { createApp } from "./app.ts";
import { depsOf } from "./wiring/deps.ts";
import type { Env } from "./env.ts";
import { continueErasures } from "./erasure/erase.ts";
import { log, withLogContext } from "./log.ts";
import { continueReanalyses } from "./records/changes/reanalysis-job.ts";
import { reconcileStranded } from "./records/reconcile-stranded.ts";
import { cleanUpEvents } from "./operations/clean-up.ts";
import { lookAtAnalyses, lookAtEndpoints, lookAtErrorBudget } from "./operations/looks.ts";
import { sendDue } from "./operations/send.ts";
import { sweep } from "./records/sweep.ts";
import { cleanUpPhotos } from "./retention/clean-up.ts";
import { cleanUpDeliveries } from "./webhooks/clean-up.ts";
import { continueRecoveries } from "./webhooks/recovery.ts";
import { maintainEndpoints } from "./webhooks/maintain-endpoints.ts";

export { RecordObject } from "./wiring/record-object.ts";

/**
 * How long a message waits when a Durable Object or D1 did not respond: 30 s, 1 min, 2 min, … up to 10 min. When the
 * queue has had enough of it, the sweep finds its record.
 */
const OUTAGE_RETRY_SECONDS = 30;
const MAX_OUTAGE_RETRY_SECONDS = 600;
const outageDelaySeconds = (attempts: number): number =>
  Math.min(OUTAGE_RETRY_SECONDS * 2 ** (attempts - 1), MAX_OUTAGE_RETRY_SECONDS);

const app = createApp();

export default {
  fetch: app.fetch,

  async queue(batch, env) {
    const { consumer } = depsOf(env);
    await Promise.all(
      batch.messages.map((message) =>
        withLogContext({ message_id: message.id, record_id: messageRecordId(message.body) }, async () => {
          try {
            await handleAnalysisMessage(message, consumer);
          } catch (error) {
            // One message's failure must not cause the whole batch to be redelivered.
            log(
              "error",
              "queue.message_failed",
              "processing a queue message failed; it will be retried",
              { queue: batch.queue, attempts: message.attempts },
              error,
            );
            message.retry({ delaySeconds: outageDelaySeconds(message.attempts) });
          }
        }),
      ),
    );
  },

  async scheduled(_controller, env) {
    const deps = depsOf(env);
    const {
      sweep: records,
      reconciliation,
      reanalyses,
      maintenance,
      cleanUp: photos,
      erasure,
      forgetExpiredKeys,
    } = deps;
    const { operations } = deps;
    await runTask("sweep.records_requeued", "sweep: re-enqueued stalled records", () => sweep(records));
    await runTask("sweep.stranded_records_reconciled", "sweep: reconciled stranded records", () =>
      reconcileStranded(reconciliation),
    );
    await runTask("sweep.reanalyses_continued", "sweep: requeued failed records for re-analysis", () =>
      continueReanalyses(reanalyses),
    );
    await runTask("sweep.webhooks_woken", "sweep: woke records with due webhooks", () =>
      maintainEndpoints(maintenance.endpoints),
    );
    await runTask("sweep.recoveries_continued", "sweep: requeued undelivered webhooks", () =>
      continueRecoveries(maintenance.recoveries),
    );
    await runTask("sweep.deliveries_deleted", "sweep: deleted expired deliveries", () =>
      cleanUpDeliveries(maintenance.cleanUp),
    );
    await runTask("sweep.idempotency_keys_deleted", "sweep: deleted expired idempotency keys", forgetExpiredKeys);
    await runTask("sweep.photos_deleted", "sweep: deleted expired photos", () => cleanUpPhotos(photos));
    await runTask("sweep.erasures_continued", "sweep: continued erasures", () => continueErasures(erasure));
    await runTask("sweep.failing_endpoints_found", "sweep: found failing endpoints", () =>
      lookAtEndpoints(operations.looks),
    );
    await runTask("sweep.unavailable_analyses_found", "sweep: found records that failed without a model", () =>
      lookAtAnalyses(operations.looks),
    );
    await runTask("sweep.error_budget_spent", "sweep: error budget is spent", () =>
      lookAtErrorBudget(operations.looks),
    );
    await runTask("sweep.operations_events_sent", "sweep: sent operational events", () => sendDue(operations.sending));
    await runTask("sweep.operations_events_deleted", "sweep: deleted expired operational events", () =>
      cleanUpEvents(operations.cleanUp),
    );
  },
} satisfies ExportedHandler<Env>;

/** Runs one task of the sweep: a failure is left to the next sweep and does not block other tasks. */
async function runTask(event: string, message: string, task: () => Promise<number>): Promise<void> {
  try {
    const count = await task();
    if (count > 0) log("info", event, message, { count });
  } catch (error) {
    log("error", "sweep.task_failed", "a sweep task failed; the next sweep will retry it", { task: event }, error);
  }
}
