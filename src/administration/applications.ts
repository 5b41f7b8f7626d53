import { addApplication } from "../applications/add-application.ts";
import type { Administrator } from "../auth/administrator.ts";
import type { Application } from "../applications/application.ts";
import { generateKey } from "../applications/keys/key-sealing.ts";
import { applicationById, changeApplication, insertApplication, nextApplicationId } from "../db/applications.ts";
import { erasureById, startApplicationErasure } from "../db/erasures.ts";
import type { Deps } from "../wiring/deps.ts";
import { beginErasure } from "../erasure/erase.ts";
import { newErasure, type Erasure } from "../erasure/erasure.ts";
import { problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { afterSuccess, type EndpointHealth } from "../webhooks/endpoint-health.ts";
import { changeHealth } from "../webhooks/health-store.ts";
import {
  settingsForAudit,
  toChanges,
  toDraft,
  type ApplicationChange,
  type ApplicationCreation,
} from "../applications/application-settings.ts";
import { auditEntry } from "../audit/audit.ts";
import { refuseWebhookUrl } from "./webhook-url.ts";

/** A new application with its two keys, which are shown only once. */
export interface CreatedApplication {
  application: Application;
  hmacKey: string;
  webhookKey: string;
}

/**
 * Creates an application; fails with `id_taken`, or with what is wrong with its webhook URL. One transaction: if it
 * dies before, nothing is stored.
 */
export async function createApplication(
  body: ApplicationCreation,
  by: Administrator,
  deps: Deps,
): Promise<Result<CreatedApplication, Problem>> {
  const { config, db, now, outbound, randomBytes } = deps;
  const refused = await refuseWebhookUrl(body.webhook_url, outbound);
  if (refused !== null) return fail(refused);
  const {
    hmac_key: hmacKey = generateKey(randomBytes),
    webhook_signature_key: webhookKey = generateKey(randomBytes),
    id: _id,
    ...settings
  } = body;
  const keys = { hmac: hmacKey, webhook: webhookKey };
  const application = await addApplication(toDraft(body, now()), keys, {
    masterKeys: config.masterKeys,
    randomBytes,
    nextId: () => nextApplicationId(db),
    insert: (sealed) => {
      const subject = { applicationId: sealed.id, detail: settingsForAudit(settings) };
      return insertApplication(db, sealed, auditEntry("application.create", subject, by, deps));
    },
  });
  return application === "id_taken" ? fail(problem("id_taken")) : ok({ application, hmacKey, webhookKey });
}

/** Changes settings. Setting the webhook URL, even to the same value, re-enables a disabled endpoint. */
export async function changeSettings(
  id: number,
  body: ApplicationChange,
  by: Administrator,
  deps: Deps,
): Promise<Result<{ application: Application; health: EndpointHealth }, Problem>> {
  const { db, directory, now, outbound, webhooks } = deps;
  const refused = await refuseWebhookUrl(body.webhook_url, outbound);
  if (refused !== null) return fail(refused);
  const entry = auditEntry("application.change", { applicationId: id, detail: settingsForAudit(body) }, by, deps);
  const application = await changeApplication(db, id, { ...toChanges(body), modifiedAt: now() }, entry);
  directory.forget(id);
  if (application === null) return fail(problem("not_found"));
  const health =
    body.webhook_url === undefined ? await webhooks.readHealth(id) : await changeHealth(id, afterSuccess, webhooks);
  return ok({ application, health });
}

/**
 * Deactivates an application immediately and starts to erase it with all of its data; returns the progress. If it dies
 * after the first transaction, the cron trigger continues.
 */
export async function deleteApplication(id: number, by: Administrator, deps: Deps): Promise<Result<Erasure, Problem>> {
  const { db, directory, erasure: ports, newId, now } = deps;
  if ((await applicationById(db, id)) === null) return fail(problem("not_found"));
  const wanted = newErasure({ scope: "application", applicationId: id }, newId(), now());
  const entry = auditEntry("application.delete", { applicationId: id }, by, deps);
  const erasure = await startApplicationErasure(db, wanted, entry);
  directory.forget(id);
  await beginErasure(erasure, ports);
  return ok((await erasureById(db, id, erasure.id)) ?? erasure);
}
