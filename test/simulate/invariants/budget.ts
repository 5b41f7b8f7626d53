import type { Cast } from "../cast.ts";
import type { Platform } from "../world/platform.ts";

/** What one record may write that nobody touches and nothing disturbs: `processing` and its end. */
const RECORD_WRITES = 2;
/** Longer than this and a model was not answered in time, or asked again. */
const UNDISTURBED_MS = 20_000;

/** The price of a record: with a single one that only was sent, all writes are its own. */
export function checkBudget({ world, database, queue }: Platform, { records }: Cast, endsMs: readonly number[]): void {
  const [record, ...others] = records;
  if (record === undefined || others.length > 0 || record.isTouched || (endsMs[0] ?? Infinity) > UNDISTURBED_MS) return;
  // An event that nobody wants any more costs the write that lets it go.
  if (record.kind === "manual" || record.tenant.mayLoseEvents) return;
  const { tenant, name } = record;
  const written = (about: string): number => database.writes.get(about) ?? 0;
  // One that arrives with its second attempt was written after its first, whose name took too long to be resolved.
  const attempts = tenant.receiver.arrivals.reduce((sum, { attempt }) => sum + attempt, 0);
  if (written("update records") > RECORD_WRITES) {
    world.violate(`BUDGET: ${name} was written ${written("update records")} times`);
  }
  if (written("insert deliveries") > attempts) {
    world.violate(`BUDGET: ${attempts} attempts of ${name} were written ${written("insert deliveries")} times`);
  }
  if (queue.sent > 1) world.violate(`BUDGET: ${queue.sent} messages were sent for ${name}`);
}
