import {
  KEY_LISTS,
  liveKeys,
  type Application,
  type KeyPurpose,
  type SealedKey,
} from "../../../applications/application.ts";
import { Form, type ConsoleSession } from "../../form.tsx";
import { Since } from "../../time.tsx";

/** What each kind of key is called, and for. */
export const KEY_NAMES: Record<KeyPurpose, { name: string; use: string }> = {
  hmac: { name: "HMAC key", use: "The application’s server signs its users’ ids with it." },
  webhook: { name: "Webhook signature key", use: "The application’s server verifies webhooks with it." },
};

/** How long an old key may live beside a new one, in hours. */
const OVERLAPS: readonly [hours: number, text: string][] = [
  [0, "none: revoke the old key now"],
  [1, "1 hour"],
  [24, "1 day"],
  [72, "3 days"],
  [168, "7 days"],
];
const USUAL_OVERLAP_HOURS = 24;

interface Content {
  session: ConsoleSession;
  application: Application;
  /** Unix milliseconds. */
  now: number;
}

/** Where a key's acts are sent. */
const actionOf = (id: number, purpose: KeyPurpose, act: string): string =>
  `/console/applications/${id}/keys/${purpose}/${act}`;

const EndKey = ({ session, action, keyId }: { session: ConsoleSession; action: string; keyId: string }) => (
  <Form session={session} action={action}>
    <input type="hidden" name="key_id" value={keyId} />
    <button class="plain danger" aria-label={`Revoke: ${keyId}`}>
      {" "}
      Revoke{" "}
    </button>
  </Form>
);

interface RowContent extends Content {
  purpose: KeyPurpose;
  sealed: SealedKey;
  /** The last key cannot be ended. */
  isLast: boolean;
}

const KeyRow = ({ session, application, purpose, sealed, isLast, now }: RowContent) => (
  <li class="key">
    <div class="head">
      <code>{sealed.id ?? "created before keys had ids"}</code>
      {sealed.expiresAt === null ? (
        <span class="badge good">newest</span>
      ) : (
        <span class="badge warn">
          {" "}
          expires <Since at={sealed.expiresAt} now={now} />
        </span>
      )}
      <span class="quiet small">
        {" "}
        created <Since at={sealed.createdAt} now={now} />
      </span>
    </div>
    {!isLast && sealed.id !== undefined && (
      <EndKey session={session} action={actionOf(application.id, purpose, "end")} keyId={sealed.id} />
    )}
  </li>
);

const Rotation = ({ session, application, purpose }: Omit<RowContent, "sealed" | "isLast" | "now">) => (
  <Form session={session} action={actionOf(application.id, purpose, "rotate")} class="filters">
    <div class="field">
      <label for={`overlap-${purpose}`}>Overlap of both keys</label>
      <select id={`overlap-${purpose}`} name="overlap_hours">
        {OVERLAPS.map(([hours, text]) => (
          <option value={hours} selected={hours === USUAL_OVERLAP_HOURS}>
            {text}
          </option>
        ))}
      </select>
    </div>
    <button aria-label={`Rotate the ${KEY_NAMES[purpose].name}`}>Rotate</button>
  </Form>
);

const KeyList = ({ session, application, purpose, now }: Content & { purpose: KeyPurpose }) => {
  const keys = liveKeys(application[KEY_LISTS[purpose]], now);
  const { name, use } = KEY_NAMES[purpose];
  return (
    <section aria-labelledby={`keys-${purpose}`}>
      <h3 id={`keys-${purpose}`}>{name}</h3>
      <p class="hint">{use}</p>
      <ul class="rows">
        {keys.map((sealed) => (
          <KeyRow
            session={session}
            application={application}
            purpose={purpose}
            sealed={sealed}
            isLast={keys.length === 1}
            now={now}
          />
        ))}
      </ul>
      <Rotation session={session} application={application} purpose={purpose} />
    </section>
  );
};

/** The live keys of an application, by their ids, and their rotation. */
export const KeysCard = (content: Content) => (
  <section class="card" aria-labelledby="keys">
    <h2 id="keys">Keys</h2>
    <p>
      Rotation shows a new key once. The old key remains valid until the overlap ends; at most two keys are active at a
      time.
    </p>
    <KeyList {...content} purpose="hmac" />
    <KeyList {...content} purpose="webhook" />
  </section>
);
