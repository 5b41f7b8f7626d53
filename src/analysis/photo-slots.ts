/**
 * At most this many analyses of an isolate may hold a stored photo at once. Its bytes, their copy on the way to the
 * Images binding, and what the stream between them holds come to 3 × 7.5 MB for the largest; a photo that is sent on as
 * it is takes 30 MB (`model-photo.ts`). Two of either leave half of the isolate's 128 MB to uploads and to everything
 * else.
 */
const SLOTS = 2;

/** A photo this small needs no slot: fifty of them equal one large photo. */
export const LIGHT_PHOTO_BYTES = 500_000;

/** An analysis that gets no slot in this time gives up and is postponed: its lease is running. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** A slot is reclaimed after this time, longer than any lease: its holder was stopped by the platform. */
const HELD_AT_MOST_MS = 120_000;

/** One analysis's place. */
export interface PhotoSlot {
  /** Waits for the slot; false on timeout. */
  take(): Promise<boolean>;
  /** Releases the slot; no effect if it is not held. */
  give(): void;
}

/** Dependencies of the slots. */
interface SlotPorts {
  now: () => number;
  sleep: (ms: number) => Promise<unknown>;
}

/**
 * Slots for analyses that hold a whole photo, kept for the isolate's life. Each waiter polls with its own timer: a
 * Worker's request cannot wait for another's work, and would hang if that one is stopped.
 */
export function createPhotoSlots({ now, sleep }: SlotPorts, slots = SLOTS): () => PhotoSlot {
  const held = new Map<PhotoSlot, number>();
  const forgetStopped = (): void => {
    for (const [slot, since] of held) if (since + HELD_AT_MOST_MS <= now()) held.delete(slot);
  };
  return () => {
    const slot: PhotoSlot = {
      async take() {
        const started = now();
        for (;;) {
          forgetStopped();
          if (held.size < slots) break;
          if (started + PATIENCE_MS <= now()) return false;
          await sleep(LOOK_AGAIN_MS);
        }
        held.set(slot, now());
        return true;
      },
      give: () => void held.delete(slot),
    };
    return slot;
  };
}
