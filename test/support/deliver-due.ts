import { isUnrecorded, nextAttempt } from "../../src/webhooks/outbox.ts";
import { deliverNext, recordOutcomes, type OutboxPort, type WebhookDeps } from "../../src/webhooks/send-events.ts";

/** What a record's object does about its outbox, as `nextStep` decides it for a record that D1 has. */
export async function deliverDue(outbox: OutboxPort, deps: WebhookDeps): Promise<void> {
  for (;;) {
    const due = nextAttempt(outbox.load())?.dueAt ?? Number.POSITIVE_INFINITY;
    if (outbox.load().some(isUnrecorded)) await recordOutcomes(outbox, deps);
    else if (due <= deps.now()) await deliverNext(outbox, deps);
    else return;
  }
}
