import type { Child } from "hono/jsx";

interface AskContent {
  /** The act, such as "Rotate". */
  act: string;
  /** The act and what it is done to, where the act alone is ambiguous. */
  label?: string;
  /** Whether the act ends something. */
  isDangerous?: boolean;
  /** What it does, and the form that does it. */
  children: Child;
}

/** An act that asks first: a press unfolds what it does and the button that does it. Works without a script. */
export const Ask = ({ act, label, isDangerous = false, children }: AskContent) => (
  <details class="ask">
    <summary {...(isDangerous && { class: "danger" })} {...(label !== undefined && { "aria-label": `${label} …` })}>
      {act} …
    </summary>
    <div class="asked">{children}</div>
  </details>
);
