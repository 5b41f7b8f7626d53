import { createScheduledController, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { createDatabase } from "../../../src/db/database.ts";
import { insertRecord } from "../../../src/db/records.ts";
import type { Env } from "../../../src/env.ts";
import { createUuidV7 } from "../../../src/ids.ts";
import worker from "../../../src/index.ts";
import { createSequencer } from "../../../src/record-object/sequencer.ts";
import { completedOutcome, pendingRecord } from "../records.ts";
import { ADMIN, call } from "./tenant.ts";

const db = createDatabase(env.DB);
export const sequencer = createSequencer(env.RECORDS);
export const objectOf = (id: string) => env.RECORDS.get(env.RECORDS.idFromName(id));

/** A pending record, as an upload leaves it in D1. */
export async function newRecord(applicationId: number): Promise<string> {
  const now = Date.now();
  const id = createUuidV7(now, (bytes) => crypto.getRandomValues(bytes));
  const times = { uploadedAt: now, modifiedAt: now, consumedAt: now };
  await insertRecord(db, pendingRecord({ id, applicationId, ...times }), now + 60_000);
  return id;
}

/** Leads a new record to `completed`; its webhook follows. */
export async function completedRecord(applicationId: number): Promise<string> {
  const id = await newRecord(applicationId);
  const begun = await sequencer.begin(id);
  if (begun?.outcome !== "leased") throw new Error(`expected a lease, got ${JSON.stringify(begun)}`);
  await sequencer.finish(id, begun.lease.id, completedOutcome());
  return id;
}

/** Why an analysis is put off that cannot reach its models. */
export const OUTAGE = { reason: "models_unavailable", detail: "3040: Capacity temporarily exceeded" } as const;

/** Ends the analysis of a record that nobody works on as `analysis_unavailable`. */
export async function failRecord(id: string): Promise<void> {
  const begun = await sequencer.begin(id);
  if (begun?.outcome !== "leased") throw new Error(`expected a lease, got ${JSON.stringify(begun)}`);
  const failure = { code: "analysis_unavailable", reason: "The models could not be reached." } as const;
  await sequencer.finish(id, begun.lease.id, { status: "failed", failure });
}

/** Lets the service's clock run ahead; alarms are then rung by hand. */
export const skip = (ms: number) => {
  const later = Date.now() + ms;
  return vi.spyOn(Date, "now").mockReturnValue(later);
};

export const ring = (id: string): Promise<boolean> => runDurableObjectAlarm(objectOf(id));
export const sweepNow = (): Promise<void> =>
  worker.scheduled(createScheduledController({ cron: "* * * * *" }), env as unknown as Env);

export interface DeliveryBody {
  delivery_id: string;
  record_id: string;
  event: string;
  status: string;
  next_attempt_at: string | null;
  body?: string;
  attempts: {
    attempt: number;
    trigger: string;
    http_status: number | null;
    error: string | null;
    response_excerpt: string | null;
    request?: { url: string; headers: Record<string, string> };
  }[];
}

/** Calls the administrator's API of one application. */
export const admin = (applicationId: number, path: string, method = "GET", body?: unknown): Promise<Response> =>
  call(`/admin/applications/${applicationId}${path}`, {
    method,
    headers: ADMIN,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

export const deliveriesOf = async (applicationId: number, query = ""): Promise<DeliveryBody[]> =>
  (await admin(applicationId, `/deliveries${query}`)).json();

/** The delivery of a record's event, once D1 has it. */
export const deliveryOf = (applicationId: number, recordId: string, status?: string): Promise<DeliveryBody> =>
  vi.waitFor(
    async () => {
      const [delivery] = await deliveriesOf(applicationId, `?record_id=${recordId}`);
      if (delivery === undefined) throw new Error(`no delivery of ${recordId}`);
      if (status !== undefined && delivery.status !== status) throw new Error(`still ${delivery.status}`);
      return delivery;
    },
    { timeout: 5_000, interval: 25 },
  );
