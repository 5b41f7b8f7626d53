import { liveKeys, type Application, type SealedKey } from "../../../applications/application.ts";
import type { EndpointHealth } from "../../../webhooks/endpoint-health.ts";
import { ConsolePage } from "../console-page.tsx";
import type { ConsoleSession } from "../../form.tsx";
import { spanText } from "../../time.tsx";
import { ActiveBadge, EndpointBadge } from "./badges.tsx";

interface Listed {
  application: Application;
  health: EndpointHealth;
}

/** How old the newest key is, and whether an older one lives beside it. */
function keyText(name: string, keys: readonly SealedKey[], now: number): string {
  const [newest, ...older] = liveKeys(keys, now);
  if (newest === undefined) return `${name}: none`;
  const age = `${name} ${spanText(now - newest.createdAt)} old`;
  if (newest.expiresAt !== null) return `${age}, expires in ${spanText(newest.expiresAt - now)} without a successor`;
  return `${age}${older.length > 0 ? ", rotation in progress" : ""}`;
}

const Row = ({ listed: { application, health }, now }: { listed: Listed; now: number }) => (
  <li>
    <div class="head">
      <a href={`/console/applications/${application.id}`}>{application.name}</a>
      <ActiveBadge active={application.active} />
      <EndpointBadge webhookUrl={application.webhookUrl} health={health} />
    </div>
    <ul class="facts">
      <li>Id {application.id}</li>
      {application.webhookUrl !== null && <li>{URL.parse(application.webhookUrl)?.host ?? application.webhookUrl}</li>}
      <li>{keyText("HMAC key", application.hmacKeys, now)}</li>
      <li>{keyText("webhook key", application.webhookKeys, now)}</li>
    </ul>
  </li>
);

const Nothing = () => (
  <div class="empty">
    <h2>No applications yet</h2>
    <p>An application is a tenant: its server signs its users in with a key and receives their records by webhook.</p>
    <p class="actions">
      <a class="button primary" href="/console/applications/new">
        Create the first one
      </a>
    </p>
  </div>
);

interface ListContent {
  session: ConsoleSession;
  applications: readonly Listed[];
  /** Unix milliseconds. */
  now: number;
}

/** All applications, and how each is doing. */
export const ApplicationListPage = ({ session, applications, now }: ListContent) => (
  <ConsolePage title="Applications" session={session} place="/console">
    <div class="title">
      <h1>Applications</h1>
      {applications.length > 0 && (
        <a class="button primary push" href="/console/applications/new">
          New application
        </a>
      )}
    </div>
    {applications.length === 0 ? (
      <Nothing />
    ) : (
      <ul class="rows">
        {applications.map((listed) => (
          <Row listed={listed} now={now} />
        ))}
      </ul>
    )}
  </ConsolePage>
);
