import { handleAnalysisMessage } from "./analysis/consumer.ts";
import { handleDeadLetter } from "./analysis/dead-letters.ts";
import { createApp } from "./app.ts";
import { depsOf } from "./deps.ts";
import type { Env } from "./env.ts";
import { continueErasures } from "./erasure/erase.ts";
import { log } from "./log.ts";
import { sweep } from "./records/sweep.ts";
import { cleanUp } from "./retention/clean-up.ts";

export { RecordObject } from "./records/record-object.ts";

const DEAD_LETTERS = "morsel-analysis-dead-letters";

/** How long a message waits when a Durable Object or D1 did not answer. */
const OUTAGE_RETRY_SECONDS = 30;

const app = createApp();

/** Runs one job of the cron trigger. Its outage must not keep the others from running; the next minute tries again. */
async function runJob(done: string, job: () => Promise<number>): Promise<void> {
  try {
    const count = await job();
    if (count > 0) log("info", done, { count });
  } catch (error) {
    log("error", "a scheduled job failed", { job: done }, error);
  }
}

export default {
  fetch: app.fetch,

  async queue(batch, env) {
    const { consumer, sequencer } = depsOf(env);
    await Promise.all(
      batch.messages.map(async (message) => {
        try {
          if (batch.queue === DEAD_LETTERS) await handleDeadLetter(message, sequencer);
          else await handleAnalysisMessage(message, consumer);
        } catch (error) {
          // One message's outage must not bring the others of its batch back.
          log("error", "a queue message failed", { queue: batch.queue, attempts: message.attempts }, error);
          message.retry({ delaySeconds: OUTAGE_RETRY_SECONDS });
        }
      }),
    );
  },

  async scheduled(_controller, env) {
    const deps = depsOf(env);
    await Promise.all([
      runJob("records that stood still were moved", () => sweep(deps.sweep)),
      runJob("photos were cleaned up", () => cleanUp(deps.cleanUp)),
      runJob("erasures went on", () => continueErasures(deps.erasure)),
    ]);
  },
} satisfies ExportedHandler<Env>;
