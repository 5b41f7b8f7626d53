import {
  changeSchema,
  createSchema,
  type ApplicationChange,
  type ApplicationCreation,
} from "../../../applications/application-settings.ts";
import type { Application } from "../../../applications/application.ts";
import type { RateLimits } from "../../../applications/rate-limits.ts";
import type { Problem } from "../../../problems/problem.ts";
import { fail, ok, type Result } from "../../../result.ts";
import { MAX_PHOTO_RETENTION_DAYS } from "../../../bounds.ts";
import type { FieldErrors } from "../../field.tsx";
import { formatCount } from "../../format.ts";
import { numberOf, textOf } from "../../form-values.ts";

export const LIMIT_NAMES = [
  "uploads_per_minute",
  "requests_per_minute",
  "user_uploads_per_minute",
  "user_requests_per_minute",
] as const satisfies readonly (keyof RateLimits)[];
type LimitName = (typeof LIMIT_NAMES)[number];

/** A submitted settings form: text, not validated yet. */
export interface SettingsFields {
  name: string;
  webhook_url: string;
  webhook_events: readonly string[];
  image_retention_days: string;
  require_timestamp: boolean;
  limits: Readonly<Record<LimitName, string>>;
}

/** What each field has to be, as a sentence beside it. */
const RULES: FieldErrors = {
  name: "A name of 1 to 200 characters.",
  webhook_url: "An https URL of at most 2,000 characters, or empty.",
  webhook_events: "Choose among the events above.",
  image_retention_days: `A whole number of days, from 0 to ${formatCount(MAX_PHOTO_RETENTION_DAYS)}.`,
  id: "A whole number above 0, or empty.",
  hmac_key: "A key has 16 to 256 characters. Leave empty to generate one.",
  webhook_signature_key: "A key has 16 to 256 characters. Leave empty to generate one.",
  ...Object.fromEntries(LIMIT_NAMES.map((name) => [name, "A whole number from 1 to 1,000,000, or empty."])),
};

const byLimit = (valueOf: (name: LimitName) => string): Record<LimitName, string> =>
  Object.fromEntries(LIMIT_NAMES.map((name) => [name, valueOf(name)] as const)) as Record<LimitName, string>;

/** What was typed in. */
export const readSettings = (form: FormData): SettingsFields => ({
  name: textOf(form, "name"),
  webhook_url: textOf(form, "webhook_url"),
  webhook_events: form.getAll("webhook_events").filter((event) => typeof event === "string"),
  image_retention_days: textOf(form, "image_retention_days"),
  require_timestamp: form.has("require_timestamp"),
  limits: byLimit((name) => textOf(form, name)),
});

/** The settings of an application as its form shows them. */
export const settingsOf = (application: Application): SettingsFields => ({
  name: application.name,
  webhook_url: application.webhookUrl ?? "",
  webhook_events: application.webhookEvents,
  image_retention_days: String(application.imageRetentionDays),
  require_timestamp: application.requireTimestamp,
  limits: byLimit((name) => String(application.rateLimits[name] ?? "")),
});

/** The same as the body of an API call, before it is checked. */
const toBody = (fields: SettingsFields) => ({
  name: fields.name,
  webhook_url: fields.webhook_url === "" ? null : fields.webhook_url,
  webhook_events: fields.webhook_events,
  image_retention_days: numberOf(fields.image_retention_days),
  require_timestamp: fields.require_timestamp,
  rate_limits: Object.fromEntries(
    LIMIT_NAMES.filter((name) => fields.limits[name] !== "").map((name) => [name, numberOf(fields.limits[name])]),
  ),
});

const errorsOf = (issues: readonly { path: PropertyKey[] }[]): FieldErrors =>
  Object.fromEntries(
    issues.map(({ path }) => {
      const [first, second] = path.map(String);
      const name = (first === "rate_limits" ? second : first) ?? "name";
      return [name, RULES[name] ?? "This value is invalid."];
    }),
  );

/** Checks the form of an application's settings by the API's own schema. */
export function parseChange(fields: SettingsFields): Result<ApplicationChange, FieldErrors> {
  const parsed = changeSchema.safeParse(toBody(fields));
  return parsed.success ? ok(parsed.data) : fail(errorsOf(parsed.error.issues));
}

/** The field with the id that a new application has unless one is typed in. */
export const NEXT_ID = "next_id";

/** Checks the form of a new application. Its id and keys are given by those who migrate. */
export function parseCreation(form: FormData): Result<ApplicationCreation, FieldErrors> {
  const id = textOf(form, "id") || textOf(form, NEXT_ID);
  const [hmacKey, webhookKey] = ["hmac_key", "webhook_signature_key"].map((name) => textOf(form, name));
  const parsed = createSchema.safeParse({
    ...toBody(readSettings(form)),
    ...(id !== "" && { id: numberOf(id) }),
    ...(hmacKey !== "" && { hmac_key: hmacKey }),
    ...(webhookKey !== "" && { webhook_signature_key: webhookKey }),
  });
  return parsed.success ? ok(parsed.data) : fail(errorsOf(parsed.error.issues));
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What of a form is not as it was: only that is an act. Setting the webhook URL to what it is has a disabled endpoint
 * retried, which no one means who changes a name.
 */
export function changedOnly(change: ApplicationChange, application: Application): ApplicationChange {
  const before = toBody(settingsOf(application));
  const changed = Object.entries(change).filter(([name, value]) => !isSame(value, before[name as keyof typeof before]));
  return Object.fromEntries(changed);
}

/** The errors of a problem by the names of a form's fields. */
export const problemFields = ({ errors = [] }: Problem): FieldErrors =>
  Object.fromEntries(
    errors.map(({ location, message }) => [
      location.replace(/^body\./, ""),
      location === "body.webhook_url" ? `This URL ${message}.` : `${message}.`,
    ]),
  );
