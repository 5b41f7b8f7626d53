import { MorselProblem } from "../../../client/problem.ts";
import { correctionOf, type Correction } from "../correction.ts";
import { announce } from "./announce.ts";
import { find } from "./find.ts";
import { keepPlace, showRecord } from "./record-view.ts";
import { morsel } from "./session.ts";

/** Three quick clicks on a button are one change. */
const PAUSE_MS = 400;

/** Corrections are made one after the other: each goes by the version that the one before has made. */
let last: Promise<void> = Promise.resolve();
let pause: ReturnType<typeof setTimeout> | undefined;

const shownRecord = (): HTMLElement => find("[data-result]");

function complain(error: unknown): void {
  const text =
    error instanceof MorselProblem ? (error.errors[0]?.message ?? error.detail) : "The change was not saved.";
  const note = document.createElement("p");
  note.className = "complaint";
  note.setAttribute("role", "alert");
  note.textContent = text;
  document.querySelector(".complaint")?.remove();
  find("#ingredients").after(note);
}

async function send(n: number, correction: Correction): Promise<void> {
  const { record = "", version = "" } = shownRecord().dataset;
  shownRecord().setAttribute("aria-busy", "true");
  let refused: unknown = null;
  try {
    await morsel.correctIngredient(record, n, correction, { ifMatch: version });
  } catch (error) {
    refused = error;
  }
  const findPlace = keepPlace();
  await showRecord(record);
  findPlace();
  if (refused === null) announce(`Changed. Now ${find("[data-energy]").textContent} kilocalories.`);
  else complain(refused);
}

/** Makes what a form of an ingredient says; `button` is the one that was pressed. */
function correct(form: HTMLFormElement, button: HTMLElement | null): void {
  clearTimeout(pause);
  if (!form.reportValidity()) return;
  const correction = correctionOf(new FormData(form, button));
  const n = Number(form.dataset["correction"]);
  last = last.then(() => send(n, correction)).catch(complain);
}

/** Sends an amount, unless it is the one that was sent last: Enter both changes a field and submits its form. */
function sendAmount(input: HTMLInputElement): void {
  if (input.form === null || input.value === input.defaultValue || !input.reportValidity()) return;
  correct(input.form, null);
  input.defaultValue = input.value;
}

/** Adds to an amount, and sends it when nothing more is added at once. */
function step(button: HTMLElement): void {
  const input = button.parentElement?.querySelector<HTMLInputElement>("[name=serving_size]");
  if (input == null) return;
  const size = Number(input.value) + Number(button.dataset["step"]);
  input.value = String(Math.max(Number(input.min), Math.round(size * 10) / 10));
  clearTimeout(pause);
  // By then the record may have been drawn again.
  pause = setTimeout(() => sendAmount(find<HTMLInputElement>(`#${input.id}`)), PAUSE_MS);
}

async function remove(): Promise<void> {
  await morsel.deleteRecord(shownRecord().dataset["record"] ?? "");
  location.assign("/");
}

/** Lets the record that is shown be corrected, whichever it is. */
export function listenForCorrections(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const amount = form.querySelector<HTMLInputElement>("[name=serving_size]");
    if (amount !== null) sendAmount(amount);
    else if ("correction" in form.dataset) correct(form, event.submitter);
    else if ("delete" in form.dataset) remove().catch(complain);
    else return;
    event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    if (input.name === "serving_size") sendAmount(input);
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-step]");
    if (button !== null) step(button);
  });
}
