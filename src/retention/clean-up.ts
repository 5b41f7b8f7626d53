import { walkPhotos, type PhotoWalk, type WalkPorts } from "./walk-photos.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time.ts";
import { TOKEN_LIFETIME_SECONDS } from "../bounds.ts";

/** Applications of one run; the others are the next minute's. */
const APPLICATIONS_A_RUN = 5;
/** A run that was stopped is made good after this long; no run takes longer. */
const CLAIM_MS = 10 * MINUTE_MS;

/** What the daily clean-up needs from outside. */
export interface CleanUpPorts extends WalkPorts {
  /** Applications whose clean-up is due. */
  dueWalks(now: number, limit: number): Promise<PhotoWalk[]>;
  /** Sets when an application is next cleaned up, and from which photo on it is looked at for orphans. */
  scheduleWalk(applicationId: number, dueAt: number, checkedUntil: string): Promise<void>;
  /** Forgets an application's revocations from before a time. */
  forgetRevocations(applicationId: number, before: number): Promise<void>;
}

/** Who keeps photos for days has them looked through once a day; who keeps none waits an hour for it. */
const intervalMs = ({ retentionDays }: PhotoWalk): number => (retentionDays === 0 ? HOUR_MS : DAY_MS);

/**
 * Cleans up after the applications that are due: photos that are too old or no one's, revocations whose tokens have all
 * expired. A claim is written first, so that runs which overlap leave each other's applications alone; a run that stops
 * halfway is made good when its claim has run out. Returns how many photos were deleted.
 */
export async function cleanUpPhotos(ports: CleanUpPorts): Promise<number> {
  let deleted = 0;
  for (const walk of await ports.dueWalks(ports.now(), APPLICATIONS_A_RUN)) {
    const { applicationId, checkedUntil } = walk;
    await ports.scheduleWalk(applicationId, ports.now() + CLAIM_MS, checkedUntil);
    await ports.forgetRevocations(applicationId, ports.now() - TOKEN_LIFETIME_SECONDS * 1000);
    const result = await walkPhotos(walk, ports);
    const dueAt = result.finished ? ports.now() + intervalMs(walk) : ports.now();
    await ports.scheduleWalk(applicationId, dueAt, result.checkedUntil);
    deleted += result.deleted;
  }
  return deleted;
}
