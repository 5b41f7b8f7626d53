import { expect, it, onTestFinished } from "vitest";
import { readRecord, readSample, sendLabel, sendWebhooksTo } from "../support/node/demo-user.ts";
import { readPicture } from "../support/node/photo-files.ts";
import { startMorsel } from "../support/node/running-morsel.ts";
import { startWebhookReceiver } from "../support/node/webhook-receiver.ts";

const PATIENCE_MS = 60_000;

it("reads the photo of a label at once, upright or on its side, and refuses one that contradicts itself", async () => {
  const morsel = await startMorsel();

  const cereal = await sendLabel(morsel, await readSample("labels/us-cereal--arimo--phone.jpg"));
  expect(cereal).toMatchObject({
    httpStatus: 200,
    status: "completed",
    name: "Harvest Loops",
    serving_size: 55,
    unit: "g",
    nutritional_fields: { energy_kcal: 230, fat_total_g: 8, carbohydrate_g: 37, protein_g: 3, sodium_mg: 160 },
    failure_reason: null,
  });

  const upright = await readPicture(await readSample("labels/de-muesli--tinos--turn-3.jpg"));
  expect(await sendLabel(morsel, await upright.asSidewaysJpeg())).toMatchObject({
    httpStatus: 200,
    status: "completed",
    serving_size: 100,
    nutritional_fields: { energy_kcal: 372, fat_total_g: 7.4, carbohydrate_g: 68.3, sodium_mg: 88 },
  });

  expect(await sendLabel(morsel, await readSample("labels/eu-misprint--roboto--phone.jpg"))).toMatchObject({
    httpStatus: 200,
    status: "failed",
    nutritional_fields: {},
    failure_code: "label_not_found",
    failure_reason: expect.stringContaining("its energy is 250 kcal"),
  });
}, 180_000);

it("makes a record with a webhook of a label that nobody waits for", async () => {
  const receiver = await startWebhookReceiver();
  onTestFinished(receiver.close);
  const morsel = await startMorsel();
  await sendWebhooksTo(morsel, receiver.url);

  const photo = await readSample("labels/us-yogurt--arimo--turn-3.jpg");
  const { httpStatus, record_id: id } = await sendLabel(morsel, photo, "?wait_on_process=false");
  expect(httpStatus).toBe(202);
  const { body } = await receiver.webhookAbout(id, PATIENCE_MS);

  const record = await readRecord(morsel, id);
  expect(record).toMatchObject({ status: "completed", input_type: "label", serving_size: 170 });
  expect(record.nutritional_fields["energy_kcal"]).toBe(140);
  expect(JSON.parse(body.toString())).toEqual(record);
}, 180_000);
