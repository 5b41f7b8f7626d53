import type { BoundedMap } from "../bounded-map.ts";
import { isSuccess } from "../webhooks/outbox.ts";
import type { OperationsEvent, OperationsPort } from "./events.ts";
import { newOutboxEvent, eventIdOf, type OutboxEvent } from "./outbox.ts";
import { sendDue, sendUnstored, type SendPorts } from "./send.ts";

export interface ReportPorts extends SendPorts {
  /** Stores events, once for each key. Returns how many were new. */
  storeEvents(events: readonly OutboxEvent[]): Promise<number>;
  newId: () => string;
  reportOutage: (event: string, message: string, error: unknown) => void;
  /** The keys of what this isolate has sent without storing it: an outage is not reported for every request. */
  sentUnstored: BoundedMap<string, true>;
}

/**
 * What could not be stored is sent from here under its id, so that a statement which D1 has carried out without a
 * response leads to the same event again and not to another one.
 */
async function sendInstead(event: OutboxEvent, ports: ReportPorts): Promise<void> {
  const { endpoint, sentUnstored } = ports;
  if (endpoint === null || sentUnstored.get(event.dedupeKey) !== undefined) return;
  sentUnstored.set(event.dedupeKey, true);
  const { httpStatus } = await sendUnstored(event, endpoint, ports);
  // Not taken: the next report of it tries again.
  if (!isSuccess(httpStatus)) sentUnstored.delete(event.dedupeKey);
}

/** The port that events are reported by. */
export const createOperationsPort = (ports: ReportPorts): OperationsPort => ({
  async report(event: OperationsEvent, keepAlive?: (work: Promise<unknown>) => void): Promise<void> {
    const stored = newOutboxEvent(event, ports.endpoint !== null, eventIdOf(ports.newId()));
    const work = storeAndSend(stored, keepAlive !== undefined, ports).catch((error: unknown) =>
      ports.reportOutage("operations_event.send_failed", "sending an operational event failed", error),
    );
    if (keepAlive === undefined) await work;
    else keepAlive(work);
  },
});

async function storeAndSend(event: OutboxEvent, atOnce: boolean, ports: ReportPorts): Promise<void> {
  try {
    await ports.storeEvents([event]);
  } catch (error) {
    ports.reportOutage("operations_event.store_failed", "storing an operational event failed", error);
    return sendInstead(event, ports);
  }
  if (atOnce) await sendDue(ports);
}
