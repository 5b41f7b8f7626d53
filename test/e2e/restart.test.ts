import { expect, it, onTestFinished } from "vitest";
import { readRecord, sendWebhooksTo, uploadOrange } from "../support/node/demo-user.ts";
import { cutPower, pressCtrlC, type RunningMorsel, startMorsel } from "../support/node/running-morsel.ts";
import { startWebhookReceiver } from "../support/node/webhook-receiver.ts";

/** The sweep looks again after a minute, or when the lease of a consumer that is no more has run out. */
const SWEEP_PATIENCE_MS = 240_000;

it("keeps the promise of a 202 when everything is killed before the photo is analyzed", async () => {
  const receiver = await startWebhookReceiver();
  onTestFinished(receiver.close);
  let morsel = await startMorsel();
  await sendWebhooksTo(morsel, receiver.url);

  let id: string;
  do {
    id = await uploadOrange(morsel);
    morsel = await restartAfterPowerCut(morsel);
    // Once more if the analysis was quicker than the power cut.
  } while ((await readRecord(morsel, id)).status === "completed");

  await receiver.webhookAbout(id, SWEEP_PATIENCE_MS);
  expect(await readRecord(morsel, id)).toMatchObject({ status: "completed" });
}, 400_000);

it("finds the records of an earlier start", async () => {
  const first = await startMorsel();
  const id = await uploadOrange(first);
  await pressCtrlC(first);

  const second = await startMorsel(first);

  expect(await readRecord(second, id)).toMatchObject({ record_id: id });
}, 180_000);

async function restartAfterPowerCut(morsel: RunningMorsel): Promise<RunningMorsel> {
  await cutPower(morsel);
  return startMorsel(morsel);
}
