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
      The changes of a record that the webhook URL is told of.
    </p>
  </fieldset>
);

const Limits = ({ fields, errors }: Content) => (
  <fieldset aria-describedby="limits-hint">
    <legend>Limits, in requests a minute</legend>
    <p class="hint" id="limits-hint">
      Empty means the default, which the field shows.
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
      hint="Called by https when a record changes. Empty for no webhooks."
      input={{ placeholder: "https://example.com/hooks/morsel", maxlength: 2000, spellcheck: "false" }}
    />
    <Events fields={fields} errors={errors} />
    <Field
      name="image_retention_days"
      label="Days that photos are kept"
      value={fields.image_retention_days}
      errors={errors}
      hint="Records stay when their photos go."
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
        Logins must sign a timestamp
        <span class="hint" id="require_timestamp-hint">
          {" "}
          so that a signature that was overheard is of no use after five minutes.
        </span>
      </span>
    </label>
    <Limits fields={fields} errors={errors} />
  </>
);
