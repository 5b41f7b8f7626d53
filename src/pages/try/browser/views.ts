import { MorselProblem } from "../../../client/problem.ts";
import { copyOf, find } from "./find.ts";

/** Puts something in place of what the page shows, and takes keyboard and screen reader there. */
export function show(view: Node[], title: string): void {
  document.title = `${title} · Morsel`;
  const templates = [...document.querySelectorAll("main > template")];
  const fresh = view.filter((node) => !(node instanceof HTMLTemplateElement));
  find("main").replaceChildren(...fresh, ...templates);
  find("h1").focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

/** Shows the view of an analysis that begins now. */
export function showUnderWay(photo: Blob): HTMLElement {
  const view = copyOf("under-way");
  const image = find<HTMLImageElement>("img", view);
  image.src = URL.createObjectURL(photo);
  // Not every browser can show every format that the service reads.
  image.addEventListener("error", () => image.remove());
  show([view], "Analyzing your photo");
  return view;
}

const UNKNOWN = {
  title: "Something went wrong",
  detail: "Reload the page. If the problem persists, tell us how to reproduce it.",
};

/** Says what went wrong, in the words of the service where it has some. */
export function showTrouble(error: unknown, again: () => void): void {
  const view = copyOf("trouble");
  const told = error instanceof MorselProblem ? error : null;
  find("[data-title]", view).textContent = told?.title ?? UNKNOWN.title;
  find("[data-detail]", view).textContent = told?.detail ?? UNKNOWN.detail;
  const link = find<HTMLAnchorElement>("[data-code]", view);
  if (told !== null && told.status > 0) link.href = `/problems/${told.code}`;
  else link.hidden = true;
  const button = find<HTMLButtonElement>("[data-again]", view);
  button.hidden = told?.retryable === false;
  button.addEventListener("click", again);
  show([view], told?.title ?? UNKNOWN.title);
}
