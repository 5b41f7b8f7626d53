import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, it, onTestFinished } from "vitest";
import { readRecord, readSample, sendWebhooksTo, uploadOrange, uploadPhoto } from "../support/node/demo-user.ts";
import { readPicture } from "../support/node/photo-files.ts";
import { startMorsel } from "../support/node/running-morsel.ts";
import { startWebhookReceiver } from "../support/node/webhook-receiver.ts";

const SIGNATURE_KEY = "local-webhook-key-0123456789";
const PATIENCE_MS = 60_000;

it("turns a photo of an orange into a record and a webhook that two independent checks find genuine", async () => {
  const receiver = await startWebhookReceiver();
  onTestFinished(receiver.close);
  const morsel = await startMorsel();
  await sendWebhooksTo(morsel, receiver.url);

  const id = await uploadOrange(morsel);
  const { body, headers } = await receiver.webhookAbout(id, PATIENCE_MS);

  const record = await readRecord(morsel, id);
  expect(record).toMatchObject({ record_id: id, status: "completed", dish_name: "orange" });
  expect(record.analysis.confidence).toBeGreaterThanOrEqual(0.45);
  expect(record.nutritional_fields["energy_kcal"]).toBeGreaterThan(0);

  expect(headers["x-body-signature"]).toBe(createHmac("sha256", SIGNATURE_KEY).update(body).digest("hex"));
  const secret = `whsec_${Buffer.from(SIGNATURE_KEY).toString("base64")}`;
  const verified = new Webhook(secret).verify(body.toString(), headers as Record<string, string>);
  expect(verified).toMatchObject({ record_id: id, status: "completed", application_user_id: "demo" });
}, 180_000);

it("recognizes photos that are too large for a model, or lie on their side, after the Images binding", async () => {
  const receiver = await startWebhookReceiver();
  onTestFinished(receiver.close);
  const morsel = await startMorsel();
  await sendWebhooksTo(morsel, receiver.url);

  const sideways = await (await readPicture(await readSample("donut.jpg"))).asSidewaysJpeg();
  for (const [name, photo] of [
    ["orange", await readSample("orange-large.jpg")],
    ["donut", sideways],
  ] as const) {
    const id = await uploadPhoto(morsel, photo);
    await receiver.webhookAbout(id, PATIENCE_MS);
    expect(await readRecord(morsel, id)).toMatchObject({ status: "completed", dish_name: name });
  }
}, 180_000);
