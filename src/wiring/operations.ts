import { BoundedMap } from "../bounded-map.ts";
import type { Config } from "../config.ts";
import type { Database } from "../db/database.ts";
import {
  countUnavailable,
  deleteOldEvents,
  dueEvents,
  failingEndpoints,
  insertEndpointEvents,
  insertEvents,
  latestEvent,
  moveEvent,
} from "../db/operations.ts";
import { countRecordsOf } from "../db/usage.ts";
import type { OperationsCleanUpPorts } from "../operations/clean-up.ts";
import type { OperationsEvent, OperationsPort } from "../operations/events.ts";
import type { LookPorts } from "../operations/looks.ts";
import { newOutboxEvents, type OutboxEvent } from "../operations/outbox.ts";
import { createOperationsPort } from "../operations/report.ts";
import type { SendPorts } from "../operations/send.ts";
import { outboundOf } from "./outbound.ts";
import { newId, now, reportOutage } from "./platform.ts";

/** What tells operators of what they should know. */
export interface Operations extends OperationsPort {
  looks: LookPorts;
  sending: SendPorts;
  cleanUp: OperationsCleanUpPorts;
}

/** As many keys as operators could be told of in an outage: each model, and a few. */
const MAX_REMEMBERED = 100;
const sentUnstored = new BoundedMap<string, true>(MAX_REMEMBERED);

/** Events as the outbox takes them. */
export const forOutbox = (events: readonly OperationsEvent[], config: Config): OutboxEvent[] =>
  newOutboxEvents(events, config.operations !== null, newId);

export function createOperations(db: Database, config: Config): Operations {
  const sending: SendPorts = {
    endpoint: config.operations,
    allowUrl: outboundOf(config).check,
    dueEvents: (at, limit) => dueEvents(db, at, limit),
    moveEvent: (before, after) => moveEvent(db, before, after),
    now,
    random: Math.random,
  };
  return {
    ...createOperationsPort({
      ...sending,
      storeEvents: (events) => insertEvents(db, events),
      newId,
      reportOutage,
      sentUnstored,
    }),
    looks: {
      failingEndpoints: (from, to) => failingEndpoints(db, from, to),
      recordFindings: (findings) => {
        const events = forOutbox(
          findings.map(({ event }) => event),
          config,
        );
        return insertEndpointEvents(
          db,
          findings.flatMap(({ applicationId, failingSince }, place) => {
            const event = events[place];
            return event === undefined ? [] : [{ ...event, applicationId, failingSince }];
          }),
        );
      },
      latestEvent: (type) => latestEvent(db, type),
      countUnavailable: (since, until) => countUnavailable(db, since, until),
      countRecords: (range) => countRecordsOf(db, range),
      record: (events) => insertEvents(db, forOutbox(events, config)),
      now,
    },
    sending,
    cleanUp: { deleteOldEvents: (before, keep) => deleteOldEvents(db, before, keep), now },
  };
}
