import { find } from "./find.ts";
import { loadRecordPage } from "./record-view.ts";

/** It is sent right after the analysis; an endpoint that does not respond is not waited for here. */
const LOOK_AGAIN_MS = [500, 1_500, 4_000, 12_000];

const sleep = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

/** Shows the webhook as soon as it was sent. */
export async function awaitWebhook(id: string): Promise<void> {
  for (const ms of LOOK_AGAIN_MS) {
    if (document.querySelector("#webhook[data-awaited]") === null) return;
    await sleep(ms);
    const page = await loadRecordPage(id).catch(() => null);
    // Without a connection there is nothing to show; the next look may find one.
    if (page === null) continue;
    const shown = document.querySelector<HTMLDetailsElement>("#webhook");
    const fresh = page.querySelector<HTMLDetailsElement>("#webhook");
    if (shown === null || fresh === null) return;
    if ("awaited" in fresh.dataset) continue;
    delete shown.dataset["awaited"];
    const summary = find("summary", shown);
    find("summary", fresh).remove();
    shown.replaceChildren(summary, ...fresh.childNodes);
  }
}
