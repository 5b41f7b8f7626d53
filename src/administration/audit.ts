import type { Administrator } from "../auth/administrator.ts";

/** Everything that an administrator can do, as the audit log names it. */
export const ADMINISTRATIVE_ACTS = [
  "session.begin",
  "session.end",
  "application.create",
  "application.change",
  "application.delete",
  "user.erase",
  "key.rotate",
  "key.revoke",
  "key.end",
  "keys.reseal",
  "webhook.test",
  "delivery.resend",
  "deliveries.recover",
] as const;
export type AdministrativeAct = (typeof ADMINISTRATIVE_ACTS)[number];

/** What was chosen, as far as anybody may read it: never a key, a token, a URL's path, or the name of an end user. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/** One administrative act. `at` in Unix milliseconds. */
export interface AuditEntry {
  id: string;
  at: number;
  actor: string;
  act: AdministrativeAct;
  applicationId: number | null;
  /** What it was done to, by its id; null when that is the application itself. */
  target: string | null;
  detail: AuditDetail;
}

/** What an act is about. */
export type AuditSubject = Partial<Pick<AuditEntry, "applicationId" | "target" | "detail">>;

/** The entry of an act that is being done. */
export const auditEntry = (
  id: string,
  at: number,
  administrator: Administrator,
  act: AdministrativeAct,
  { applicationId = null, target = null, detail = {} }: AuditSubject = {},
): AuditEntry => ({ id, at, actor: administrator.name, act, applicationId, target, detail });
