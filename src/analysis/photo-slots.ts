/**
 * So many analyses of an isolate may hold a stored photo at once. Its bytes, their copy on the way to the Images binding,
 * and what the stream between them holds come to 3 × 7.5 MB for the largest; a photo that is sent on as it is takes 30 MB
 * (`model-photo.ts`). Two of either leave half of the isolate's 128 MB to uploads and to everything else.
 */
const SLOTS = 2;

/** A photo of so few bytes needs no place: fifty of them are one large photo. */
export const LIGHT_PHOTO_BYTES = 500_000;

/** Who gets no place in this time gives up, and its record waits: its lease is running. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** A place is taken back after this time, longer than any lease: whoever had it was stopped by the platform. */
const HELD_AT_MOST_MS = 120_000;

/** One analysis's place. */
export interface PhotoSlot {
  /** Waits for the place; false when there is none for too long. */
  take(): Promise<boolean>;
  /** Gives it to somebody else; without effect when there is none. */
  give(): void;
}

/** What the places need from outside. */
interface SlotPorts {
  now: () => number;
  sleep: (ms: number) => Promise<unknown>;
}

/**
 * Places for those who hold a whole photo, kept for the isolate's life. Whoever waits looks again by a timer of its own:
 * a Worker's request cannot wait for what another's does, and would hang when that one is stopped.
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
