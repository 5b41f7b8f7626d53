import { isSettled } from "../webhooks/outbox.ts";
import type { OutboxPort } from "../webhooks/send-events.ts";
import { sweepAt } from "../records/next-step.ts";
import type { SequenceStore } from "./sequence-store.ts";

/** The outbox of a stored sequence as the sender sees it. An event that has ended, and of which D1 knows, is let go. */
export const outboxOf = (store: SequenceStore): OutboxPort => ({
  load: () => store.load()?.outbox ?? [],
  record: () => store.load()?.record ?? null,
  sweepAt() {
    const sequence = store.load();
    return sequence === null ? null : sweepAt(sequence);
  },
  save(entry) {
    const sequence = store.load();
    if (sequence === null) return;
    const outbox = sequence.outbox
      .map((kept) => (kept.eventId === entry.eventId ? entry : kept))
      .filter((kept) => !(kept.recorded && isSettled(kept.delivery)));
    store.save({ ...sequence, outbox });
  },
});
