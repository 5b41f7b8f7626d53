import { type Arrival, emptyLedger, type RecordStory, type Upload } from "../../chaos/ledger.ts";
import { type Evidence, reconcile } from "../../chaos/reconcile.ts";
import type { StoredDelivery, StoredRecord, Transition } from "../../chaos/stored.ts";

/** A run of the chaos as its reconciliation sees it: one application, one user, one record. */

export const START = 1_000_000_000_000;
const ALL = new Set(["processing", "completed", "failed", "updated", "canceled"]);
export const APPLICATION = 7;
export const ID = "record";
export const EVENT = `evt_${ID}_3`;

export const upload = (change: Partial<Upload> = {}): Upload => ({
  mark: "mark",
  applicationId: APPLICATION,
  userId: "user",
  form: "text",
  key: "key",
  sends: 1,
  recordIds: [ID],
  acceptedAt: START,
  abandoned: false,
  ...change,
});

const story = (): RecordStory => ({
  id: ID,
  applicationId: APPLICATION,
  userId: "user",
  form: "text",
  acceptedAt: START,
  changes: [],
  unanswered: [],
  deleteAskedAt: null,
  deletedAt: null,
  wentBack: [],
  newest: null,
});

export const step = (version: number, status: Transition["status"], stage = "done"): Transition => ({
  at: START + version * 1000,
  status,
  version,
  stage,
});
export const LIFE = [step(1, "pending", "queued"), step(2, "processing", "reading"), step(3, "completed")];

export const stored = (change: Partial<StoredRecord> = {}): StoredRecord => ({
  id: ID,
  httpStatus: 200,
  status: "completed",
  version: 3,
  body: "{}",
  transitions: LIFE,
  ...change,
});

export const arrival = (version: number, event: string, change: Partial<Arrival> = {}): Arrival => ({
  applicationId: APPLICATION,
  eventId: `evt_${ID}_${version}`,
  recordId: ID,
  version,
  event,
  at: START + version * 1000 + 100,
  issuedSecond: START / 1000 + version,
  attempt: 1,
  bodyHash: `hash ${version}`,
  signatureFlaw: null,
  answer: { status: 204, at: START + version * 1000 + 150 },
  found: { httpStatus: 200, version },
  ...change,
});

export const delivery = (version: number, change: Partial<StoredDelivery> = {}): StoredDelivery => ({
  eventId: `evt_${ID}_${version}`,
  recordId: ID,
  event: "completed",
  status: "delivered",
  nextAttemptAt: null,
  attempts: [],
  ...change,
});

/** A record whose life went as promised, in a world that `change` may disturb. */
export function world(change: (evidence: Evidence, story: RecordStory) => void = () => {}): Evidence {
  const ledger = emptyLedger(START);
  const one = story();
  ledger.uploads.push(upload());
  ledger.stories.set(ID, one);
  ledger.arrivals.push(arrival(2, "processing"), arrival(3, "completed"));
  const evidence: Evidence = {
    ledger,
    stored: {
      at: START + 600_000,
      records: new Map([[ID, stored()]]),
      deliveries: new Map([delivery(2, { event: "processing" }), delivery(3)].map((row) => [row.eventId, row])),
      listed: [{ id: ID, mark: "mark" }],
      openForAdministrator: new Set(),
    },
    wants: new Map([[APPLICATION, ALL]]),
    kills: 0,
  };
  change(evidence, one);
  return evidence;
}

export const store = (evidence: Evidence, change: Partial<StoredRecord>): void =>
  void evidence.stored.records.set(ID, stored(change));

/** The promises that a world does not keep. */
export const broken = (evidence: Evidence): string[] =>
  reconcile(evidence)
    .filter(({ flaws }) => flaws.length > 0)
    .map(({ name }) => name);

function lost({ stored: { deliveries, listed }, ledger }: Evidence): void {
  deliveries.clear();
  listed.splice(0);
  ledger.arrivals.splice(0);
}

export function erase(evidence: Evidence, one: RecordStory): void {
  lost(evidence);
  one.deleteAskedAt = START + 10_000;
  one.deletedAt = START + 10_100;
  store(evidence, { httpStatus: 404, status: null, version: null, transitions: [] });
}
