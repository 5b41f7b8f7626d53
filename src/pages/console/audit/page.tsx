import type { AdministrativeAct, AuditDetail, AuditEntry } from "../../../audit/audit.ts";
import type { AuditPage } from "../../../administration/audit-page.ts";
import { ConsolePage } from "../console-page.tsx";
import type { ConsoleSession } from "../../form.tsx";
import { Time } from "../../time.tsx";

/** The acts in words. */
const ACTS: Record<AdministrativeAct, string> = {
  "session.begin": "Signed in",
  "login.refuse": "Wrong secrets refused",
  "session.end": "Signed out",
  "application.create": "Created an application",
  "application.change": "Changed settings",
  "application.delete": "Deleted an application",
  "user.erase": "Erased an end user",
  "key.rotate": "Rotated a key",
  "key.revoke": "Revoked the old key",
  "key.end": "Revoked a key",
  "keys.reseal": "Resealed keys under the newest master key",
  "webhook.test": "Sent a test event",
  "delivery.resend": "Resent a webhook",
  "deliveries.recover": "Recovered undelivered webhooks",
  "operations.test": "Sent a test operational event",
  "records.reanalyze": "Re-analyzed failed records",
};

const valueText = (value: AuditDetail[string]): string => {
  if (value === null) return "none";
  if (typeof value === "number") return value.toLocaleString("en");
  return typeof value === "object" ? value.join(", ") || "none" : String(value);
};

/** What was chosen, as `name: value`. */
const Chosen = ({ detail }: { detail: AuditDetail }) => (
  <>
    {Object.entries(detail).map(([name, value], index) => (
      <>
        {index > 0 && " · "}
        {name.replaceAll("_", " ")}: {valueText(value)}
      </>
    ))}
  </>
);

const Row = ({ entry }: { entry: AuditEntry }) => (
  <tr>
    <td>
      <Time at={entry.at} />
    </td>
    <td>
      <strong>{ACTS[entry.act]}</strong>
      <p class="small">
        {entry.target !== null && <code>{entry.target}</code>} <Chosen detail={entry.detail} />
      </p>
    </td>
    <td data-name="Application">
      {entry.applicationId !== null && (
        <a href={`/console/applications/${entry.applicationId}`} aria-label={`Application ${entry.applicationId}`}>
          {entry.applicationId}
        </a>
      )}
    </td>
    <td data-name="By" class="actor">
      {entry.actor}
    </td>
  </tr>
);

const Entries = ({ entries }: { entries: readonly AuditEntry[] }) => (
  <div class="table stacks" tabindex={0} role="region" aria-labelledby="title">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Action</th>
          <th scope="col">Application</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row entry={entry} />
        ))}
      </tbody>
    </table>
  </div>
);

const Nothing = ({ isFiltered }: { isFiltered: boolean }) => (
  <div class="empty">
    <h2>{isFiltered ? "No actions on this application" : "No actions yet"}</h2>
    <p>
      Actions of administrators, in the console and through the API, are recorded here.{" "}
      {isFiltered && <a href="/console/audit">Show all</a>}
    </p>
  </div>
);

interface AuditLogContent {
  session: ConsoleSession;
  page: AuditPage;
  /** The application whose acts are shown; null = all. */
  applicationId: number | null;
  /** Whether this is the newest page. */
  isFirst: boolean;
}

const pathOf = (applicationId: number | null, cursor: string | null): string => {
  const query = new URLSearchParams({
    ...(applicationId !== null && { application_id: String(applicationId) }),
    ...(cursor !== null && { cursor }),
  });
  return query.size === 0 ? "/console/audit" : `/console/audit?${query.toString()}`;
};

/** What administrators have done, newest first. */
export const AuditLogPage = ({ session, page: { entries, next }, applicationId, isFirst }: AuditLogContent) => (
  <ConsolePage title="Audit log" session={session} place="/console/audit">
    <div class="title">
      <h1 id="title">Audit log</h1>
    </div>
    <form class="filters" method="get" action="/console/audit">
      <div class="field">
        <label for="application_id">Application id</label>
        <input id="application_id" name="application_id" type="number" min="1" value={applicationId ?? ""} />
      </div>
      <button>Show</button>
    </form>
    {entries.length === 0 ? <Nothing isFiltered={applicationId !== null} /> : <Entries entries={entries} />}
    <nav class="pages" aria-label="Pages of the log">
      {isFirst ? <span /> : <a href={pathOf(applicationId, null)}>Newest</a>}
      {next !== null && (
        <a href={pathOf(applicationId, next)} rel="next">
          Older
        </a>
      )}
    </nav>
  </ConsolePage>
);
