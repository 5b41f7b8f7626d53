import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, it, onTestFinished } from "vitest";
import { readRecord, sendWebhooksTo, uploadOrange } from "../support/node/demo-user.ts";
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
