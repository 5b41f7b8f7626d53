import type { Tables } from "../world/database.ts";
import type { ObjectObserver, RecordObjectCell } from "../world/record-objects.ts";
import type { World } from "../world/world.ts";
import { isOpenEvent, outboxOf, stateOf, type ObjectState } from "./object-state.ts";
import { recordRow } from "./rows.ts";

/** What is known of an object between its turns. */
interface Known {
  state: ObjectState | null;
  /** Leases that have ended. */
  ended: Set<string>;
}

/** The calls that only the holder of a lease may make with effect; the lease's id is their second value. */
const OF_THE_HOLDER: ReadonlySet<string> = new Set(["finish", "postpone", "progress"]);

/** Looks at objects whenever they commit, are called, or empty themselves. */
export function watchObjects(world: World, tables: Tables): ObjectObserver {
  const known = new Map<string, Known>();
  const knownOf = ({ name }: RecordObjectCell): Known => {
    const found = known.get(name) ?? { state: null, ended: new Set() };
    known.set(name, found);
    return found;
  };
  return {
    onClear(object) {
      const state = stateOf(object);
      if (state !== null) checkClearing(world, tables, object, state);
    },
    onCommit(object) {
      const memory = knownOf(object);
      const after = stateOf(object);
      followLease(world, object, memory, after);
      memory.state = after;
    },
    onCall(object, call, values) {
      const memory = knownOf(object);
      return OF_THE_HOLDER.has(call) ? watchHolder(world, object, memory, call, String(values[1])) : null;
    },
  };
}

/** An object empties itself only when D1 has all that it knows, and nothing is left to do. */
function checkClearing(world: World, tables: Tables, object: RecordObjectCell, state: ObjectState): void {
  const row = recordRow(tables, object.name);
  if (row === undefined) return;
  const { version, status } = state.record;
  const says = `D1 has version ${row.version} (${row.status})`;
  if (state.deleted) {
    return world.violate(`HALF DELETED: the object of ${object.name} forgets that it has to delete it, ${says}`);
  }
  if (row.version < version) {
    world.violate(`FORGOTTEN: the object of ${object.name} forgets version ${version} (${status}), ${says}`);
  }
  const open = outboxOf(object).filter(isOpenEvent);
  if (open.length > 0) {
    world.violate(`UNSENT: the object of ${object.name} forgets ${open.map(({ eventId }) => eventId).join(", ")}`);
  }
}

/** At most one unexpired lease: a second one is handed out only when the first has ended. */
function followLease(world: World, object: RecordObjectCell, { state, ended }: Known, after: ObjectState | null): void {
  const lease = state?.lease ?? null;
  if (state === null || lease === null || after?.lease?.id === lease.id) return;
  ended.add(lease.id);
  if (after !== null && after.lease !== null && lease.expiresAt > object.clock) {
    world.violate(`TWO LEASES: ${object.name} is begun again while a lease lasts`);
  }
}

/** Answers that say that something was changed. */
const EFFECTS: ReadonlySet<string> = new Set(["changed", "put_off", "ended"]);

type Answered = { outcome?: string } | null;

/** Whoever has lost its lease changes nothing. */
function watchHolder(world: World, object: RecordObjectCell, { ended }: Known, call: string, leaseId: string) {
  const hadEnded = ended.has(leaseId);
  return (answer: unknown): void => {
    if (hadEnded && EFFECTS.has((answer as Answered)?.outcome ?? "")) {
      world.violate(`WITHOUT LEASE: ${call} of ${object.name} has effect although its lease had ended`);
    }
  };
}
