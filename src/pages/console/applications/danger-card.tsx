import type { Application } from "../../../applications/application.ts";
import { Ask } from "../../ask.tsx";
import { Field, type FieldErrors } from "../../field.tsx";
import { Form, type ConsoleSession } from "../../form.tsx";

interface Content {
  session: ConsoleSession;
  application: Application;
  errors: FieldErrors;
}

const Activation = ({ session, id, active }: { session: ConsoleSession; id: number; active: boolean }) => (
  <Form session={session} action={`/console/applications/${id}/active`} class="actions">
    <input type="hidden" name="active" value={String(active)} />
    {active ? <button>Activate</button> : <button class="danger">Deactivate now</button>}
  </Form>
);

/** Shutting an application out, which can be undone, and deleting it, which cannot. */
export const DangerCard = ({ session, application: { id, name, active }, errors }: Content) => (
  <section class="card danger-zone" aria-labelledby="ending">
    <h2 id="ending">{active ? "Deactivate or delete" : "Activate or delete"}</h2>
    {active ? (
      <Ask act="Deactivate" isDangerous>
        <p>All of its users lose access within 30 seconds. Records are kept, and the application can be reactivated.</p>
        <Activation session={session} id={id} active={false} />
      </Ask>
    ) : (
      <>
        <p class="hint">Its users regain access within 30 seconds.</p>
        <Activation session={session} id={id} active />
      </>
    )}
    <h3>Delete</h3>
    <Form session={session} action={`/console/applications/${id}/delete`} class="fields-form">
      <Field
        name="confirmation"
        label={`To delete it with all of its users’ records and photos, type “${name}”`}
        value=""
        errors={errors}
        hint="This cannot be undone. The application loses access immediately and is erased within minutes."
        input={{ autocomplete: "off", required: true, spellcheck: "false" }}
      />
      <button class="danger">Delete permanently</button>
    </Form>
  </section>
);
