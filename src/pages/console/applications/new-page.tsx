import type { CreatedApplication } from "../../../administration/applications.ts";
import { DEFAULT_WEBHOOK_EVENTS } from "../../../applications/application.ts";
import { ConsolePage } from "../console-page.tsx";
import { Field, FormProblem, type FieldErrors } from "../../field.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";
import { SettingsInputs } from "./settings-fields.tsx";
import { NEXT_ID, type SettingsFields } from "./settings-form.ts";
import { KeyShownOnce, ShownOnceNotice } from "./shown-once.tsx";
import { DEFAULT_PHOTO_RETENTION_DAYS } from "../../../bounds.ts";

/** The form of a new application, before anything is typed in. */
export const NEW_SETTINGS: SettingsFields = {
  name: "",
  webhook_url: "",
  webhook_events: DEFAULT_WEBHOOK_EVENTS,
  image_retention_days: String(DEFAULT_PHOTO_RETENTION_DAYS),
  require_timestamp: false,
  limits: {
    uploads_per_minute: "",
    requests_per_minute: "",
    user_uploads_per_minute: "",
    user_requests_per_minute: "",
  },
};

export interface NewContent {
  session: ConsoleSession;
  /** The id of the application unless one is typed in: sent twice, the form creates one application. */
  nextId: number;
  fields: SettingsFields;
  /** The id that was typed in. Keys are never sent back. */
  id: string;
  errors: FieldErrors;
  message?: string | undefined;
}

const MovingOver = ({ id, errors }: Pick<NewContent, "id" | "errors">) => (
  <details open={["id", "hmac_key", "webhook_signature_key"].some((name) => errors[name] !== undefined)}>
    <summary>Migrating from another service?</summary>
    <div class="fields-form">
      <p class="hint">Enter its id and keys, and its clients only have to change their base URL.</p>
      <Field
        name="id"
        label="Id"
        value={id}
        errors={errors}
        hint="Leave empty for the next free id."
        input={{ inputmode: "numeric", class: "short" }}
      />
      <Field
        name="hmac_key"
        label="HMAC key"
        type="password"
        value=""
        errors={errors}
        hint="Leave empty to generate one."
        input={{ autocomplete: "off" }}
      />
      <Field
        name="webhook_signature_key"
        label="Webhook signature key"
        type="password"
        value=""
        errors={errors}
        hint="Leave empty to generate one."
        input={{ autocomplete: "off" }}
      />
    </div>
  </details>
);

/** Where an application is made. */
export const NewApplicationPage = ({ session, nextId, fields, id, errors, message }: NewContent) => (
  <ConsolePage title="New application" session={session} place="/console">
    <p class="crumbs">
      <a href="/console">Applications</a>
    </p>
    <h1>New application</h1>
    <FormProblem message={message} />
    <Form session={session} action="/console/applications" class="card reading fields-form">
      <input type="hidden" name={NEXT_ID} value={String(nextId)} />
      <SettingsInputs fields={fields} errors={errors} />
      <MovingOver id={id} errors={errors} />
      <div class="actions">
        <button class="primary">Create application</button>
        <a href="/console">Cancel</a>
      </div>
    </Form>
  </ConsolePage>
);

/** The only response that contains the keys of a new application. */
export const CreatedPage = ({ session, created }: { session: ConsoleSession; created: CreatedApplication }) => {
  const { application, hmacKey, webhookKey } = created;
  return (
    <ConsolePage title={`Keys of ${application.name}`} session={session} place="/console">
      <p class="crumbs">
        <a href="/console">Applications</a>
      </p>
      <h1>{application.name} created</h1>
      <ShownOnceNotice what="both keys" />
      <div class="card reading fields-form">
        <p>
          Its id is <code>{application.id}</code>.
        </p>
        <KeyShownOnce
          id="shown-hmac-key"
          label="HMAC key: the application’s server signs its users in with this"
          value={hmacKey}
        />
        <KeyShownOnce
          id="shown-webhook-key"
          label="Webhook signature key: the application’s server verifies webhooks with this"
          value={webhookKey}
        />
        <div class="actions">
          <a class="button primary" href={`/console/applications/${application.id}`}>
            Continue to its settings
          </a>
          <a href="/docs">How to call the service</a>
        </div>
      </div>
    </ConsolePage>
  );
};
