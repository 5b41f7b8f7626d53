import { MorselProblem } from "../../../client/problem.ts";
import { correctionOf, type Correction } from "../correction.ts";
import { announce } from "./announce.ts";
import { untilReached } from "./connection.ts";
import { find } from "./find.ts";
import { keepPlace, showRecord } from "./record-view.ts";
import { morsel } from "./session.ts";

/** Three quick clicks on a button are one change. */
const PAUSE_MS = 400;

const NOT_SENT = "Connection lost. The change is sent when it is back.";
const NOT_SHOWN = "The change was saved. It is shown here when the connection is back.";
const UNCERTAIN = "The connection was lost while the change was sent. This is the record as it is now.";
const BROKEN = "Something went wrong on this page. Reload it to see the record as it is.";

/** Corrections are made one after the other: each goes by the version that the one before has made. */
let last: Promise<void> = Promise.resolve();
let pause: ReturnType<typeof setTimeout> | undefined;

const shownRecord = (): HTMLElement => find("[data-result]");

function tell(text: string): void {
  // Said again, it would be read out again.
  if (document.querySelector(".complaint")?.textContent === text) return;
  const note = document.createElement("p");
  note.className = "complaint";
  note.setAttribute("role", "alert");
  note.textContent = text;
  document.querySelector(".complaint")?.remove();
  (document.querySelector("#ingredients") ?? find("h1")).after(note);
}

/** The number in a version's name, which grows by one with every change. */
const numberOf = (version: string): number => Number(/\.(\d+)"$/.exec(version)?.[1]);

/** What became of a correction; `uncertain` when the answer was lost and the record has changed since. */
type Outcome = "made" | "uncertain" | { refused: string };

/** Sends a correction until it is answered. By its version it is made once, also if the first answer was lost. */
async function makeCorrection(record: string, version: string, n: number, correction: Correction): Promise<Outcome> {
  let wasLost = false;
  const onLost = (): void => {
    wasLost = true;
    tell(NOT_SENT);
  };
  try {
    await untilReached(
      (signal) => morsel.correctIngredient(record, n, correction, { ifMatch: version, signal }),
      onLost,
    );
    return "made";
  } catch (error) {
    if (!(error instanceof MorselProblem)) throw error;
    if (wasLost && error.code === "version_mismatch") return "uncertain";
    return { refused: error.errors[0]?.message ?? error.detail };
  }
}

function sayOutcome(outcome: Outcome, before: string): void {
  const isOurs = numberOf(shownRecord().dataset["version"] ?? "") === numberOf(before) + 1;
  if (typeof outcome === "object") tell(outcome.refused);
  else if (outcome === "uncertain" && !isOurs) tell(UNCERTAIN);
  else {
    const energy = document.querySelector("[data-energy]")?.textContent;
    announce(energy === undefined ? "Changed. The energy is unknown." : `Changed. Now ${energy} kilocalories.`);
  }
}

async function send(n: number, correction: Correction): Promise<void> {
  const { record = "", version = "" } = shownRecord().dataset;
  shownRecord().setAttribute("aria-busy", "true");
  const outcome = await makeCorrection(record, version, n, correction);
  const findPlace = keepPlace();
  await untilReached(
    () => showRecord(record),
    () => outcome === "made" && tell(NOT_SHOWN),
  );
  // Somebody may have deleted it meanwhile; then the page says so.
  if (document.querySelector("[data-result]") === null) return;
  findPlace();
  sayOutcome(outcome, version);
}

/** Makes what a form of an ingredient says; `button` is the one that was pressed. */
function correct(form: HTMLFormElement, button: HTMLElement | null): void {
  clearTimeout(pause);
  if (!form.reportValidity()) return;
  const correction = correctionOf(new FormData(form, button));
  const n = Number(form.dataset["correction"]);
  last = last.then(() => send(n, correction)).catch(() => tell(BROKEN));
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
  const { record = "" } = shownRecord().dataset;
  try {
    await untilReached(
      (signal) => morsel.deleteRecord(record, { signal }),
      () => tell("Connection lost. The record is deleted when it is back."),
    );
    location.assign("/");
  } catch (error) {
    tell(error instanceof MorselProblem ? error.detail : BROKEN);
  }
}

/** Lets the record that is shown be corrected, whichever it is. */
export function listenForCorrections(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const amount = form.querySelector<HTMLInputElement>("[name=serving_size]");
    if (amount !== null) sendAmount(amount);
    else if ("correction" in form.dataset) correct(form, event.submitter);
    else if ("delete" in form.dataset) void remove();
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
