import type { Administrator } from "../auth/administrator.ts";
import { applicationById } from "../db/applications.ts";
import { insertAuditEntry } from "../db/audit.ts";
import { countGivenUp } from "../db/deliveries.ts";
import { recordById } from "../db/records.ts";
import { startRecovery } from "../db/recoveries.ts";
import type { Deps } from "../wiring/deps.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { eventRecordId } from "../webhooks/event-id.ts";
import { newRecovery, type Recovery } from "../webhooks/recovery.ts";
import type { Endpoint } from "../webhooks/send-events.ts";
import { sendTestEvent, type TestResult } from "./test-event.ts";
import { auditEntry } from "../audit/audit.ts";

/** The application's endpoint, whatever its health; a problem when there is no such application, or it has no URL. */
async function configuredEndpoint(id: number, { db, webhooks }: Deps): Promise<Result<Endpoint, Problem>> {
  const endpoint = await webhooks.readEndpoint(id);
  if (endpoint !== null) return ok(endpoint);
  return fail(problem((await applicationById(db, id)) === null ? "not_found" : "no_webhook_url"));
}

/** The same, but a problem if it is disabled: deliveries to it would only fail again. */
async function readyEndpoint(id: number, deps: Deps): Promise<Result<Endpoint, Problem>> {
  const endpoint = await configuredEndpoint(id, deps);
  if (!endpoint.ok || endpoint.value.health.disabledAt === null) return endpoint;
  return fail(problem("endpoint_disabled", endpoint.value.health.reason ?? undefined));
}

/** Sends a signed sample event to an application's endpoint and waits for its response. */
export async function testEndpoint(
  applicationId: number,
  by: Administrator,
  deps: Deps,
): Promise<Result<TestResult, Problem>> {
  const endpoint = await configuredEndpoint(applicationId, deps);
  if (!endpoint.ok) return endpoint;
  await insertAuditEntry(deps.db, auditEntry("webhook.test", { applicationId }, by, deps));
  return ok(await sendTestEvent(applicationId, endpoint.value, { ...deps.webhooks, newId: deps.newId }));
}

/** Resends an event immediately. Goes through the record's object, because it may know of the event before D1 does. */
export async function resendDelivery(
  applicationId: number,
  deliveryId: string,
  by: Administrator,
  deps: Deps,
): Promise<Result<null, Problem>> {
  const { db, sequencer } = deps;
  const recordId = eventRecordId(deliveryId);
  const record = recordId === null ? null : await recordById(db, recordId);
  if (record === null || record.applicationId !== applicationId) return fail(problem("not_found"));
  const endpoint = await readyEndpoint(applicationId, deps);
  if (!endpoint.ok) return endpoint;
  await insertAuditEntry(db, auditEntry("delivery.resend", { applicationId, target: deliveryId }, by, deps));
  const result = await sequencer.resend(record.id, deliveryId);
  if (result === null || result.outcome === "unknown") return fail(problem("not_found"));
  if (result.outcome === "not_its_turn") return fail(problem("not_its_turn"));
  return result.outcome === "not_kept" ? fail(problem("body_not_kept")) : ok(null);
}

/**
 * Stores a job that redelivers everything undelivered since a time (Unix milliseconds), or finds the running one that
 * covers it. The caller continues it after responding; otherwise the sweep does.
 */
export async function startRecoveryOf(
  applicationId: number,
  since: number,
  by: Administrator,
  deps: Deps,
): Promise<Result<Recovery, Problem>> {
  const { db, newId, now } = deps;
  const endpoint = await readyEndpoint(applicationId, deps);
  if (!endpoint.ok) return endpoint;
  const at = now();
  const subject = { applicationId, detail: { since: new Date(since).toISOString() } };
  await insertAuditEntry(db, auditEntry("deliveries.recover", subject, by, deps));
  const total = await countGivenUp(db, { applicationId, since, until: at });
  const job = await startRecovery(db, newRecovery(newId(), applicationId, since, total, at));
  return job.since > since ? fail(problem("recovery_running")) : ok(job);
}
