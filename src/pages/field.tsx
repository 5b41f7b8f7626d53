import type { Child } from "hono/jsx";

/** What is wrong with each field of a form, by the field's name. */
export type FieldErrors = Readonly<Record<string, string>>;

interface FieldContent {
  name: string;
  label: string;
  value: string;
  type?: "text" | "url" | "number" | "password";
  hint?: Child;
  errors: FieldErrors;
  /** Further attributes of the input. */
  input?: Record<string, string | number | boolean>;
}

/** The ids of what explains a field, for `aria-describedby`. */
const describedBy = (id: string, error: string | undefined, hint: Child): string =>
  [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`].filter((part) => part !== false).join(" ");

/** What is wrong with a field, beside it. */
export const FieldMessage = ({ id, error }: { id: string; error: string | undefined }) =>
  error === undefined ? (
    <></>
  ) : (
    <p class="error" id={`${id}-error`}>
      {error}
    </p>
  );

/** One line of input with its label, what it is for, and what is wrong with it. Names are unique on a page. */
export const Field = ({ name, label, value, type = "text", hint, errors, input = {} }: FieldContent) => {
  const error = errors[name];
  const description = describedBy(name, error, hint);
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        {...(description !== "" && { "aria-describedby": description })}
        {...(error !== undefined && { "aria-invalid": "true" })}
        {...input}
      />
      <FieldMessage id={name} error={error} />
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
};

/** What went wrong with a whole form, before it. The script moves the focus there. */
export const FormProblem = ({ message }: { message: string | undefined }) =>
  message === undefined ? (
    <></>
  ) : (
    <div class="notice bad" role="alert" tabindex={-1} data-focus>
      <p>{message}</p>
    </div>
  );
