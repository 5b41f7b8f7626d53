import { DEFAULT_WEBHOOK_EVENTS, WEBHOOK_EVENTS } from "../applications/application.ts";

/** How long an isolate trusts what it read. */
const TRUST_MS = 30_000;
/** … and how long it makes do without, when the database does not respond. */
const DISTRUST_MS = 1_000;

/**
 * The events that applications ask for, from the isolate's memory: what no one wants never gets into an outbox, and
 * costs nothing. The ends of a record are announced always; what is in the outbox is asked once more when it is due, so
 * that a change counts at once for it.
 */
export interface AnnouncedEvents {
  /** What the application wants, or null when that has to be refreshed first. */
  peek(applicationId: number): ReadonlySet<string> | null;
  /**
   * Reads it. Never rejects: while the database does not respond, everything is announced, and asked when it is due.
   */
  refresh(applicationId: number): Promise<void>;
}

/** `readEvents` asks the database; null for an unknown application. `now` is in Unix milliseconds. */
export function createAnnouncedEvents(now: () => number): {
  over(readEvents: (applicationId: number) => Promise<readonly string[] | null>): AnnouncedEvents;
} {
  const known = new Map<number, { events: ReadonlySet<string>; until: number }>();
  return {
    over: (readEvents) => ({
      peek(applicationId) {
        const entry = known.get(applicationId);
        return entry !== undefined && entry.until > now() ? entry.events : null;
      },
      async refresh(applicationId) {
        try {
          const events = new Set([...DEFAULT_WEBHOOK_EVENTS, ...((await readEvents(applicationId)) ?? [])]);
          known.set(applicationId, { events, until: now() + TRUST_MS });
        } catch {
          known.set(applicationId, { events: new Set(WEBHOOK_EVENTS), until: now() + DISTRUST_MS });
        }
      },
    }),
  };
}
