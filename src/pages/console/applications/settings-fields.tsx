import { WEBHOOK_EVENTS } from "../../../applications/application.ts";
import { DEFAULTS_PER_MINUTE } from "../../../applications/rate-limits.ts";
import { Field, FieldMessage, type FieldErrors } from "../../field.tsx";
import { LIMIT_NAMES, type SettingsFields } from "./settings-form.ts";

const LIMIT_LABELS: Record<(typeof LIMIT_NAMES)[number], string> = {
  uploads_per_minute: "Uploads, all users",
  requests_per_minute: "Other requests, all users",
  user_uploads_per_minute: "Uploads, one user",
  user_requests_per_minute: "Other requests, one user",
};

interface Content {
  fields: SettingsFields;
  errors: FieldErrors;
}

const Events = ({ fields, errors }: Content) => (
  <fieldset aria-describedby="webhook_events-hint">
    <legend>Events</legend>
    <div class="checks">
      {WEBHOOK_EVENTS.map((event) => (
        <label class="check">
          <input type="checkbox" name="webhook_events" value={event} checked={fields.webhook_events.includes(event)} />
          <code>{event}</code>
        </label>
      ))}
    </div>
    <FieldMessage id="webhook_events" error={errors["webhook_events"]} />
    <p class="hint" id="webhook_events-hint">
      The record changes that are sent to the webhook URL.
    </p>
  </fieldset>
);

const Limits = ({ fields, errors }: Content) => (
  <fieldset aria-describedby="limits-hint">
    <legend>Limits, in requests per minute</legend>
    <p class="hint" id="limits-hint">
      Leave a field empty to use the default shown in it.
    </p>
    <div class="in-row">
      {LIMIT_NAMES.map((name) => (
        <Field
          name={name}
          label={LIMIT_LABELS[name]}
          value={fields.limits[name]}
          errors={errors}
          input={{ inputmode: "numeric", placeholder: DEFAULTS_PER_MINUTE[name].toLocaleString("en") }}
        />
      ))}
    </div>
  </fieldset>
);

/** The settings of an application, to be filled in. */
export const SettingsInputs = ({ fields, errors }: Content) => (
  <>
    <Field name="name" label="Name" value={fields.name} errors={errors} input={{ required: true, maxlength: 200 }} />
    <Field
      name="webhook_url"
      label="Webhook URL"
      type="url"
      value={fields.webhook_url}
      errors={errors}
      hint="Called over https when a record changes. Leave empty for no webhooks."
      input={{ placeholder: "https://example.com/hooks/morsel", maxlength: 2000, spellcheck: "false" }}
    />
    <Events fields={fields} errors={errors} />
    <Field
      name="image_retention_days"
      label="Photo retention, in days"
      value={fields.image_retention_days}
      errors={errors}
      hint="Records are kept when their photos are deleted."
      input={{ inputmode: "numeric", required: true, class: "short" }}
    />
    <label class="check">
      <input
        type="checkbox"
        name="require_timestamp"
        checked={fields.require_timestamp}
        aria-describedby="require_timestamp-hint"
      />
      <span>
        Require a signed timestamp for logins
        <span class="hint" id="require_timestamp-hint">
          {" "}
          so that an intercepted signature is useless after five minutes.
        </span>
      </span>
    </label>
    <Limits fields={fields} errors={errors} />
  </>
);
