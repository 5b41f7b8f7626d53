/** Every administrative action, as named in the audit log. */
export const ADMINISTRATIVE_ACTS = [
  "session.begin",
  "session.end",
  "login.refuse",
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
  "operations.test",
  "records.reanalyze",
] as const;
export type AdministrativeAct = (typeof ADMINISTRATIVE_ACTS)[number];

/** What was chosen, as far as anyone may read it: never a key, a token, a URL's path, or the name of an end user. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/** One administrative action. `at` in Unix milliseconds. */
export interface AuditEntry {
  id: string;
  at: number;
  /** Who did it: `admin token`, the identity from Cloudflare Access, or `nobody known` for a refused attempt. */
  actor: string;
  act: AdministrativeAct;
  applicationId: number | null;
  /** What it was done to, by its id; null when that is the application itself, or nothing that has one. */
  target: string | null;
  detail: AuditDetail;
}

/** The subject of an action. */
export type AuditSubject = Partial<Pick<AuditEntry, "applicationId" | "target" | "detail">>;

/**
 * The entry of an action. If the action is a change in the database, the entry goes into the same transaction, so that
 * neither exists without the other. Otherwise the entry is written first: the log may then contain an action that was
 * never carried out, but none is missing.
 */
export const auditEntry = (
  act: AdministrativeAct,
  { applicationId = null, target = null, detail = {} }: AuditSubject,
  by: { name: string },
  ports: { newId: () => string; now: () => number },
): AuditEntry => ({ id: ports.newId(), at: ports.now(), actor: by.name, act, applicationId, target, detail });
