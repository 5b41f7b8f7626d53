import { lostConnection } from "./connection.ts";
import { find } from "./find.ts";
import { show } from "./views.ts";

export const recordPagePath = (id: string): string => `/try/records/${id}`;

/**
 * The service's own page of a record: what it shows is made in one place. A service that is there, but has no page at
 * the moment, is one that is not reached yet.
 */
export async function loadRecordPage(id: string): Promise<Document> {
  const response = await fetch(recordPagePath(id), { headers: { accept: "text/html" } }).catch((error: unknown) => {
    throw lostConnection(error);
  });
  if (response.status === 429 || response.status >= 500) throw lostConnection();
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

const titleOf = (page: Document): string => page.title.replace(/ · Morsel$/, "");

/** Shows a record as it is now. The photo that is on the screen already stays there. */
export async function showRecord(id: string): Promise<void> {
  const page = await loadRecordPage(id);
  const shown = document.querySelector<HTMLImageElement>(".plate img");
  const fresh = page.querySelector<HTMLImageElement>(".plate img");
  if (shown !== null && fresh !== null) {
    shown.alt = fresh.alt;
    fresh.replaceWith(document.adoptNode(shown));
  }
  show([...find("main", page).childNodes], titleOf(page));
}

/** What was open, typed and not sent, and where one was, to be found again after the record was drawn again. */
export function keepPlace(): () => void {
  const open = [...document.querySelectorAll<HTMLDetailsElement>("details[open][id]")].map(({ id }) => id);
  const { id: focused, dataset } = document.activeElement as HTMLElement;
  const place = scrollY;
  const typed = [...document.querySelectorAll<HTMLInputElement>("[data-result] input[id]")]
    .filter(({ value, defaultValue }) => value !== defaultValue)
    .map(({ id, value }) => ({ id, value }));
  const step = dataset["step"];
  const form = document.activeElement?.closest<HTMLElement>("[data-correction]")?.dataset["correction"];
  return () => {
    for (const { id, value } of typed) {
      const input = document.getElementById(id);
      if (input instanceof HTMLInputElement) input.value = value;
    }
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const selector =
      step === undefined ? `#${CSS.escape(focused)}` : `[data-correction="${form}"] [data-step="${step}"]`;
    const target = focused === "" && step === undefined ? null : document.querySelector<HTMLElement>(selector);
    (target ?? find("h1")).focus({ preventScroll: true });
    scrollTo({ top: place });
  };
}
