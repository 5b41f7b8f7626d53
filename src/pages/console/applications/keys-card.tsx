import {
  KEY_LISTS,
  liveKeys,
  type Application,
  type KeyPurpose,
  type SealedKey,
} from "../../../applications/application.ts";
import { keyListTag } from "../../../applications/keys/key-rotation.ts";
import { Ask } from "../../ask.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";
import { Since } from "../../time.tsx";

/** What each kind of key is called, and for. */
export const KEY_NAMES: Record<KeyPurpose, { name: string; use: string; revoked: string }> = {
  hmac: {
    name: "HMAC key",
    use: "The application’s server signs its users’ ids with it.",
    revoked: "Logins signed with this key are refused from that moment on.",
  },
  webhook: {
    name: "Webhook signature key",
    use: "The application’s server verifies webhooks with it.",
    revoked: "Webhooks are no longer signed with this key.",
  },
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

/** The field that says which keys an administrator saw: a form that is sent twice has been overtaken by itself. */
export const SEEN_KEYS = "seen_keys";

interface Content {
  session: ConsoleSession;
  application: Application;
  /** Unix milliseconds. */
  now: number;
}

/** Where a key's acts are sent. */
const actionOf = (id: number, purpose: KeyPurpose, act: string): string =>
  `/console/applications/${id}/keys/${purpose}/${act}`;

interface RowContent extends Content {
  purpose: KeyPurpose;
  sealed: SealedKey;
  /** The other live key; undefined for the last one, which cannot be revoked. */
  other: SealedKey | undefined;
}

/** What is left when a key is revoked. */
const Remaining = ({ other, now }: { other: SealedKey; now: number }) =>
  other.expiresAt === null ? (
    <p>The newest key stays.</p>
  ) : (
    <p>
      The previous key stays valid, but only until its own end, <Since at={other.expiresAt} now={now} />: rotate again
      before then, or the application has no key.
    </p>
  );

const RevokeKey = ({
  session,
  application,
  purpose,
  keyId,
  other,
  now,
}: Omit<RowContent, "sealed" | "other"> & {
  keyId: string;
  other: SealedKey;
}) => (
  <Ask act="Revoke" label={`Revoke ${keyId}`} isDangerous>
    <p>{KEY_NAMES[purpose].revoked} This cannot be undone.</p>
    <Remaining other={other} now={now} />
    <Form session={session} action={actionOf(application.id, purpose, "end")}>
      <input type="hidden" name="key_id" value={keyId} />
      <button class="danger" aria-label={`Revoke now: ${keyId}`}>
        Revoke now
      </button>
    </Form>
  </Ask>
);

const KeyRow = (content: RowContent) => {
  const { sealed, other, now } = content;
  return (
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
      {other !== undefined && sealed.id !== undefined && <RevokeKey {...content} keyId={sealed.id} other={other} />}
    </li>
  );
};

const Rotation = ({ session, application, purpose, now }: Content & { purpose: KeyPurpose }) => {
  const { name } = KEY_NAMES[purpose];
  return (
    <Ask act="Rotate" label={`Rotate the ${name}`}>
      <p>
        A new key is generated and shown once. The old one stays valid for the overlap, unless it expires sooner;
        without an overlap, every older key is revoked immediately.
      </p>
      <Form session={session} action={actionOf(application.id, purpose, "rotate")} class="filters">
        <input type="hidden" name={SEEN_KEYS} value={keyListTag(application[KEY_LISTS[purpose]], now)} />
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
        <button>Rotate the {name}</button>
      </Form>
    </Ask>
  );
};

/** What to say of a list whose keys all expire, because the newest one was revoked. */
const NoLastingKey = ({ keys, now }: { keys: readonly SealedKey[]; now: number }) => {
  if (keys.some(({ expiresAt }) => expiresAt === null)) return <></>;
  const [last] = keys;
  return (
    <p class="notice warn">
      {last?.expiresAt == null ? (
        <>There is no active key. Rotate to create one.</>
      ) : (
        <>
          The only active key expires <Since at={last.expiresAt} now={now} />. Rotate before then.
        </>
      )}
    </p>
  );
};

const KeyList = ({ session, application, purpose, now }: Content & { purpose: KeyPurpose }) => {
  const keys = liveKeys(application[KEY_LISTS[purpose]], now);
  const { name, use } = KEY_NAMES[purpose];
  return (
    <section aria-labelledby={`keys-${purpose}`}>
      <h3 id={`keys-${purpose}`}>{name}</h3>
      <p class="hint">{use}</p>
      <NoLastingKey keys={keys} now={now} />
      <ul class="rows">
        {keys.map((sealed) => (
          <KeyRow
            session={session}
            application={application}
            purpose={purpose}
            sealed={sealed}
            other={keys.find((key) => key !== sealed)}
            now={now}
          />
        ))}
      </ul>
      <Rotation session={session} application={application} purpose={purpose} now={now} />
    </section>
  );
};

/** The live keys of an application, by their ids, and their rotation. */
export const KeysCard = (content: Content) => (
  <section class="card" aria-labelledby="keys">
    <h2 id="keys">Keys</h2>
    <p>At most two keys of each kind are active at a time: the newest one and, during an overlap, the one before it.</p>
    <KeyList {...content} purpose="hmac" />
    <KeyList {...content} purpose="webhook" />
  </section>
);
