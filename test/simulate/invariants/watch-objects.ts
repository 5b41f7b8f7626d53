import type { Tables } from "../world/database.ts";
import type { ObjectWitness, RecordObjectCell } from "../world/record-objects.ts";
import type { World } from "../world/world.ts";
import { isOpenEvent, outboxOf, stateOf, type ObjectState } from "./object-state.ts";
import { recordRow } from "./rows.ts";

/** What is known of an object between its turns. */
interface Known {
  state: ObjectState | null;
  /** Leases that have ended, and whether with a new version of the record. */
  ended: Map<string, { isWithVersion: boolean }>;
}

/** The calls that only the holder of a lease may make with effect; the lease's id is their second value. */
const OF_THE_HOLDER: ReadonlySet<string> = new Set(["finish", "release", "progress"]);

/** Looks at objects whenever they commit, are called, or empty themselves. */
export function watchObjects(world: World, tables: Tables): ObjectWitness {
  const known = new Map<string, Known>();
  const knownOf = ({ name }: RecordObjectCell): Known => {
    const found = known.get(name) ?? { state: null, ended: new Map() };
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
      if (OF_THE_HOLDER.has(call)) return watchHolder(world, object, memory, call, String(values[1]));
      return call === "giveUp" ? watchGivingUp(world, object, memory) : null;
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
  ended.set(lease.id, { isWithVersion: after === null || after.record.version > state.record.version });
  if (after !== null && after.lease !== null && lease.expiresAt > object.clock) {
    world.violate(`TWO LEASES: ${object.name} is begun again while a lease lasts`);
  }
}

type Answered = { outcome?: string } | null;

/** Whoever has lost its lease changes nothing. */
function watchHolder(world: World, object: RecordObjectCell, { ended }: Known, call: string, leaseId: string) {
  const hadEnded = ended.has(leaseId);
  return (answer: unknown): void => {
    if (hadEnded && (answer as Answered)?.outcome === "changed") {
      world.violate(`WITHOUT LEASE: ${call} of ${object.name} has effect although its lease had ended`);
    }
  };
}

/** Nobody gives a record up that a consumer is at work on. */
function watchGivingUp(world: World, object: RecordObjectCell, { state, ended }: Known) {
  const lease = state?.lease ?? null;
  if (lease === null) return null;
  return (answer: unknown): void => {
    const isOver = lease.expiresAt <= object.clock || ended.get(lease.id)?.isWithVersion === false;
    if ((answer as Answered)?.outcome === "changed" && !isOver) {
      world.violate(`GIVEN UP: ${object.name} is given up while a consumer is at work on it`);
    }
  };
}
