import type { Application } from "./application.ts";

/** How long an isolate trusts what it read: a deactivated application is shut out everywhere within this time. */
const TRUST_MS = 30_000;

/** Whether an application may call at all. */
export type Standing = "active" | "inactive" | "unknown";

/** Answers for applications from the isolate's memory, so that a poll costs no storage operation. */
export interface ApplicationDirectory {
  standing(id: number): Promise<Standing>;
  /** Forgets an application that was just changed in this isolate. */
  forget(id: number): void;
}

/** `readApplication` asks the database; `now` is in Unix milliseconds. */
export function createApplicationDirectory(now: () => number): {
  over(readApplication: (id: number) => Promise<Application | null>): ApplicationDirectory;
} {
  const known = new Map<number, { standing: Standing; until: number }>();
  return {
    over: (readApplication) => ({
      async standing(id) {
        const entry = known.get(id);
        if (entry !== undefined && entry.until > now()) return entry.standing;
        const application = await readApplication(id);
        const standing = application === null ? "unknown" : application.active ? "active" : "inactive";
        known.set(id, { standing, until: now() + TRUST_MS });
        return standing;
      },
      forget: (id) => void known.delete(id),
    }),
  };
}
