import { toHex } from "../../../client/hex.ts";
import { MorselProblem } from "../../../client/problem.ts";
import type { NutritionRecord, RecordStatus } from "../../../client/types.ts";
import { UPLOAD_OPTIONS } from "../upload-options.ts";
import { announce } from "./announce.ts";
import { untilReached } from "./connection.ts";
import { awaitWebhook } from "./webhook.ts";
import { showLost, showStatus, showUpload } from "./progress.ts";
import { recordPagePath, showRecord } from "./record-view.ts";
import { morsel } from "./session.ts";
import { showTrouble, showUnderWay } from "./views.ts";

const KEY_BYTES = 16;

async function showOutcome(id: string, onLost: () => void): Promise<void> {
  await untilReached(() => showRecord(id), onLost);
  announce(`Done: ${document.title.replace(/ · Morsel$/, "")}`);
  void awaitWebhook(id);
}

/** The record once its analysis is over, however long that takes. */
async function untilOver(id: string, onStatus: (status: RecordStatus) => void, signal: AbortSignal) {
  for (;;) {
    try {
      return await morsel.waitForRecord(id, { onStatus, signal });
    } catch (error) {
      if (!(error instanceof MorselProblem && error.code === "wait_timed_out")) throw error;
    }
  }
}

/**
 * Uploads a photo, shows how it goes, and then what came of it. The address becomes the record's as soon as it has one.
 * An upload that is interrupted is sent again under its key, and a record that was accepted is followed again.
 */
export async function followAnalysis(photo: Blob): Promise<void> {
  const view = showUnderWay(photo);
  const idempotencyKey = toHex(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
  const onLost = (): void => showLost(view);
  let id: string | null = null;
  const accept = (acceptedId: string): void => {
    if (id === null) history.pushState(null, "", recordPagePath(acceptedId));
    id = acceptedId;
  };
  const onStatus = (status: RecordStatus): void => {
    accept(status.record_id);
    showStatus(view, status);
  };
  const onProgress = (progress: Parameters<typeof showUpload>[1]) => showUpload(view, progress);
  async function uploadAndWait(signal: AbortSignal): Promise<NutritionRecord> {
    if (id !== null) return untilOver(id, onStatus, signal);
    try {
      return await morsel.analyze(photo, UPLOAD_OPTIONS, { idempotencyKey, onProgress, onStatus, signal });
    } catch (error) {
      // A record that was accepted continues without this page.
      if (!(error instanceof MorselProblem) || error.recordId === null) throw error;
      accept(error.recordId);
      if (error.code !== "wait_timed_out") throw error;
      return untilOver(error.recordId, onStatus, signal);
    }
  }
  try {
    const record = await untilReached(uploadAndWait, onLost);
    accept(record.record_id);
    await showOutcome(record.record_id, onLost);
  } catch (error) {
    const page = id === null ? null : recordPagePath(id);
    showTrouble(error, () => (page === null ? void followAnalysis(photo) : location.assign(page)));
  }
}

/** Follows an analysis that was in progress when the page was opened. */
export async function follow(view: HTMLElement, id: string): Promise<void> {
  const onLost = (): void => showLost(view);
  try {
    await untilReached((signal) => untilOver(id, (status) => showStatus(view, status), signal), onLost);
    await showOutcome(id, onLost);
  } catch (error) {
    showTrouble(error, () => location.reload());
  }
}
