import { handleAnalysisMessage } from "./analysis/consumer.ts";
import { handleDeadLetter } from "./analysis/dead-letters.ts";
import { recordIdOf } from "./analysis/message.ts";
import { createApp } from "./app.ts";
import { depsOf } from "./deps.ts";
import type { Env } from "./env.ts";
import { log, whileLogging } from "./log.ts";
import { sweep } from "./records/sweep.ts";

export { RecordObject } from "./records/record-object.ts";

const DEAD_LETTERS = "morsel-analysis-dead-letters";

/** How long a message waits when a Durable Object or D1 did not answer. */
const OUTAGE_RETRY_SECONDS = 30;

const app = createApp();

export default {
  fetch: app.fetch,

  async queue(batch, env) {
    const { consumer, sequencer } = depsOf(env);
    await Promise.all(
      batch.messages.map((message) =>
        whileLogging({ message_id: message.id, record_id: recordIdOf(message.body) }, async () => {
          try {
            if (batch.queue === DEAD_LETTERS) await handleDeadLetter(message, sequencer);
            else await handleAnalysisMessage(message, consumer);
          } catch (error) {
            // One message's outage must not bring the others of its batch back.
            log("error", "a queue message failed", { queue: batch.queue, attempts: message.attempts }, error);
            message.retry({ delaySeconds: OUTAGE_RETRY_SECONDS });
          }
        }),
      ),
    );
  },

  async scheduled(_controller, env) {
    const moved = await sweep(depsOf(env).sweep);
    if (moved > 0) log("info", "the sweep moved records that stood still", { moved });
  },
} satisfies ExportedHandler<Env>;
