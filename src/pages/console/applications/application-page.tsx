import type { Application } from "../../../applications/application.ts";
import type { EndpointHealth } from "../../../webhooks/endpoint-health.ts";
import type { TestResult } from "../../../administration/test-event.ts";
import { ConsolePage } from "../console-page.tsx";
import { FormProblem, type FieldErrors } from "../../field.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";
import { ActiveBadge } from "./badges.tsx";
import { DangerCard } from "./danger-card.tsx";
import { KEY_NAMES, KeysCard } from "./keys-card.tsx";
import { SettingsInputs } from "./settings-fields.tsx";
import { settingsOf, type SettingsFields } from "./settings-form.ts";
import { KeyShownOnce, ShownOnceNotice } from "./shown-once.tsx";
import { WebhookCard } from "./webhook-card.tsx";

/** What is known of an application when its page is made. Times in Unix milliseconds. */
export interface ApplicationView {
  application: Application;
  health: EndpointHealth;
  lastSuccessAt: number | null;
  now: number;
}

/** What the last form has led to, on the page that answers it. */
export interface FormOutcome {
  /** What was typed in, when it could not be taken. */
  fields?: SettingsFields;
  errors?: FieldErrors;
  message?: string;
  /** What was done, after a form that leads back here. */
  done?: string | undefined;
  test?: TestResult;
}

interface Content {
  session: ConsoleSession;
  view: ApplicationView;
  outcome: FormOutcome;
}

const ALL_IS_WELL: FieldErrors = {};

/** One application: how it is doing, its settings, its keys, and its end. */
export const ApplicationPage = ({ session, view, outcome }: Content) => {
  const { application, health, lastSuccessAt, now } = view;
  const { fields = settingsOf(application), errors = ALL_IS_WELL, message, done, test = null } = outcome;
  return (
    <ConsolePage title={application.name} session={session} place="/console">
      <p class="crumbs">
        <a href="/console">Applications</a>
      </p>
      <div class="title">
        <h1>{application.name}</h1>
        <ActiveBadge active={application.active} />
        <span class="quiet small">Id {application.id}</span>
      </div>
      {done !== undefined && (
        <p class="notice good" role="status">
          {done}
        </p>
      )}
      <FormProblem message={message} />
      <div class="columns">
        <div>
          <WebhookCard
            session={session}
            application={application}
            health={health}
            lastSuccessAt={lastSuccessAt}
            now={now}
            test={test}
          />
          <KeysCard session={session} application={application} now={now} />
        </div>
        <div>
          <section class="card" aria-labelledby="settings">
            <h2 id="settings">Settings</h2>
            <Form session={session} action={`/console/applications/${application.id}/settings`} class="fields-form">
              <SettingsInputs fields={fields} errors={errors} />
              <button class="primary">Save</button>
            </Form>
          </section>
          <DangerCard session={session} application={application} errors={errors} />
        </div>
      </div>
      <p class="small">
        <a href={`/console/audit?application_id=${application.id}`}>Audit log of this application</a>
      </p>
    </ConsolePage>
  );
};

interface RotatedContent {
  session: ConsoleSession;
  application: Pick<Application, "id" | "name">;
  purpose: keyof typeof KEY_NAMES;
  newKey: string;
}

/** The only response that contains a new key. */
export const RotatedPage = ({ session, application: { id, name }, purpose, newKey }: RotatedContent) => (
  <ConsolePage title={`New key for ${name}`} session={session} place="/console">
    <p class="crumbs">
      <a href="/console">Applications</a> / <a href={`/console/applications/${id}`}>{name}</a>
    </p>
    <h1>New {KEY_NAMES[purpose].name}</h1>
    <ShownOnceNotice what="the key" />
    <div class="card reading fields-form">
      <KeyShownOnce id="shown-key" label={KEY_NAMES[purpose].name} value={newKey} />
      <div class="actions">
        <a class="button primary" href={`/console/applications/${id}`}>
          Back to {name}
        </a>
      </div>
    </div>
  </ConsolePage>
);
