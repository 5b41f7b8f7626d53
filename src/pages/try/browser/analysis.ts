import { MorselProblem } from "../../../client/problem.ts";
import type { RecordStatus } from "../../../client/types.ts";
import { UPLOAD_OPTIONS } from "../upload-options.ts";
import { announce } from "./announce.ts";
import { awaitWebhook } from "./webhook.ts";
import { showStatus, showUpload } from "./progress.ts";
import { recordPagePath, showRecord } from "./record-view.ts";
import { morsel } from "./session.ts";
import { showTrouble, showUnderWay } from "./views.ts";

async function showOutcome(id: string): Promise<void> {
  await showRecord(id);
  announce(`Done: ${document.title.replace(/ · Morsel$/, "")}`);
  void awaitWebhook(id);
}

/** Uploads a photo, shows how it goes, and then what came of it. The address becomes the record's as soon as it has one. */
export async function followAnalysis(photo: Blob): Promise<void> {
  const view = showUnderWay(photo);
  let isAccepted = false;
  const onStatus = (status: RecordStatus): void => {
    if (!isAccepted) history.pushState(null, "", recordPagePath(status.record_id));
    isAccepted = true;
    showStatus(view, status);
  };
  try {
    const onProgress = (progress: Parameters<typeof showUpload>[1]) => showUpload(view, progress);
    const record = await morsel.analyze(photo, UPLOAD_OPTIONS, { onProgress, onStatus });
    if (!isAccepted) history.pushState(null, "", recordPagePath(record.record_id));
    await showOutcome(record.record_id);
  } catch (error) {
    // A record that was accepted continues without this page: its own page knows the outcome of it.
    const id = error instanceof MorselProblem ? error.recordId : null;
    showTrouble(error, () => (id === null ? void followAnalysis(photo) : location.assign(recordPagePath(id))));
  }
}

/** Follows an analysis that was in progress when the page was opened. */
export async function follow(view: HTMLElement, id: string): Promise<void> {
  try {
    await morsel.waitForRecord(id, { onStatus: (status) => showStatus(view, status) });
    await showOutcome(id);
  } catch (error) {
    showTrouble(error, () => location.reload());
  }
}
