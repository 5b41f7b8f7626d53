import { handleAnalysisMessage } from "./analysis/consumer.ts";
import { messageRecordId } from "./analysis/message.ts";
import { createApp } from "./app.ts";
import { depsOf } from "./wiring/deps.ts";
import type { Env } from "./env.ts";
import { continueErasures } from "./erasure/erase.ts";
import { log, whileLogging } from "./log.ts";
import { continueReanalyses } from "./records/changes/reanalysis-job.ts";
import { reconcileStranded } from "./records/reconcile-stranded.ts";
import { cleanUpEvents } from "./operations/clean-up.ts";
import { lookAtAnalyses, lookAtEndpoints, lookAtErrorBudget } from "./operations/looks.ts";
import { sendDue } from "./operations/send.ts";
import { sweep } from "./records/sweep.ts";
import { cleanUpPhotos } from "./retention/clean-up.ts";
import { cleanUpDeliveries } from "./webhooks/clean-up.ts";
import { continueRecoveries } from "./webhooks/recovery.ts";
import { tendEndpoints } from "./webhooks/tend-endpoints.ts";

export { RecordObject } from "./wiring/record-object.ts";

/**
 * How long a message waits when a Durable Object or D1 did not answer: 30 s, 1 min, 2 min, … up to 10 min. When the queue
 * has had enough of it, the sweep finds its record.
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
        whileLogging({ message_id: message.id, record_id: messageRecordId(message.body) }, async () => {
          try {
            await handleAnalysisMessage(message, consumer);
          } catch (error) {
            // One message's outage must not bring the others of its batch back.
            log("error", "a queue message failed", { queue: batch.queue, attempts: message.attempts }, error);
            message.retry({ delaySeconds: outageDelaySeconds(message.attempts) });
          }
        }),
      ),
    );
  },

  async scheduled(_controller, env) {
    const deps = depsOf(env);
    const { sweep: records, reconciliation, reanalyses, tending, cleanUp: photos, erasure, forgetExpiredKeys } = deps;
    const { operations } = deps;
    await byTheClock("moved records that stood still", () => sweep(records));
    await byTheClock("had stranded records looked at", () => reconcileStranded(reconciliation));
    await byTheClock("had failed records analyzed again", () => continueReanalyses(reanalyses));
    await byTheClock("woke records for their webhooks", () => tendEndpoints(tending.endpoints));
    await byTheClock("put webhooks back to be sent again", () => continueRecoveries(tending.recoveries));
    await byTheClock("deleted old deliveries", () => cleanUpDeliveries(tending.cleanUp));
    await byTheClock("forgot idempotency keys that have ended", forgetExpiredKeys);
    await byTheClock("cleaned up photos", () => cleanUpPhotos(photos));
    await byTheClock("went on with erasures", () => continueErasures(erasure));
    await byTheClock("found endpoints that keep failing", () => lookAtEndpoints(operations.looks));
    await byTheClock("found records that no model answered for", () => lookAtAnalyses(operations.looks));
    await byTheClock("found the error budget spent", () => lookAtErrorBudget(operations.looks));
    await byTheClock("told operators", () => sendDue(operations.sending));
    await byTheClock("deleted old events for operators", () => cleanUpEvents(operations.cleanUp));
  },
} satisfies ExportedHandler<Env>;

/** Does one of the sweep's tasks: what fails is left to the next sweep, and keeps no other task from its turn. */
async function byTheClock(what: string, task: () => Promise<number>): Promise<void> {
  try {
    const count = await task();
    if (count > 0) log("info", `the sweep ${what}`, { count });
  } catch (error) {
    log("error", "a task of the sweep failed", { task: what }, error);
  }
}
