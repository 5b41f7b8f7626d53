import type { RecordStatus } from "../../../client/types.ts";
import type { UploadProgress } from "../../../client/upload.ts";
import { STEPS } from "../steps.ts";
import { LOST } from "./connection.ts";
import { find } from "./find.ts";

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;

/** Moves the view of an analysis on to a step. Steps are only ever seen in their order. */
function showStep(view: HTMLElement, current: string): string {
  const at = STEPS.findIndex(([step]) => step === current);
  for (const [index, item] of [...view.querySelectorAll("[data-step]")].entries()) {
    item.classList.toggle("done", index < at);
    if (index === at) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  return STEPS[at]?.[2] ?? "";
}

const setNow = (view: HTMLElement, text: string): void => {
  const now = find("[data-now]", view);
  // Repeated announcements are ignored by listeners.
  if (now.textContent !== text) now.textContent = text;
};

/** Shows how much of the photo is sent. */
export function showUpload(view: HTMLElement, { sentBytes, totalBytes }: UploadProgress): void {
  const bar = find<HTMLProgressElement>("[data-progress]", view);
  bar.max = totalBytes;
  bar.value = sentBytes;
  setNow(view, showStep(view, "uploading"));
  find("[data-step=uploading]", view).dataset["note"] = `${kilobytes(sentBytes)} of ${kilobytes(totalBytes)}`;
}

/** Shows where the analysis is. */
export function showStatus(view: HTMLElement, { progress: { stage, percent } }: RecordStatus): void {
  const bar = find<HTMLProgressElement>("[data-progress]", view);
  bar.max = 100;
  bar.value = percent;
  if (stage !== "done") setNow(view, showStep(view, stage));
}

/** Says that the analysis cannot be followed for the moment. */
export const showLost = (view: HTMLElement): void => setNow(view, LOST);
