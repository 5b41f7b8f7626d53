import type { Child } from "hono/jsx";
import type { AppEnv } from "../http/app-env.ts";

/** The field by which a form shows that a page of the same session made it. */
export const FORM_TOKEN = "form_token";

/** The signed-in administrator, as set by `requireConsole`. */
export type ConsoleSession = AppEnv["Variables"]["session"];

interface FormContent {
  session: ConsoleSession;
  action: string;
  class?: string;
  /** The id of the part that the response replaces without a new page, where there is script. */
  replaces?: string;
  children: Child;
}

/** A form that changes something. Every one must be made with this, or `requireConsole` refuses it. */
export const Form = ({ session, action, class: className, replaces, children }: FormContent) => (
  <form
    method="post"
    action={action}
    {...(className !== undefined && { class: className })}
    {...(replaces !== undefined && { "data-replaces": replaces })}
  >
    <input type="hidden" name={FORM_TOKEN} value={session.formToken} />
    {children}
  </form>
);
