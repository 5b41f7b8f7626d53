import { expect, it, onTestFinished } from "vitest";
import { startChatServer } from "../support/node/chat-server.ts";
import { readRecord, readSample, sendWebhooksTo, uploadPhoto } from "../support/node/demo-user.ts";
import { startMorsel } from "../support/node/running-morsel.ts";
import { startWebhookReceiver } from "../support/node/webhook-receiver.ts";

const SEEN = {
  food_present: true,
  dish_name: "bowl of rice",
  description: "White rice in a bowl.",
  foods: [
    { name: "rice, white, cooked", measure: "1 cup", grams: 158, grams_low: 120, grams_high: 200, confidence: 0.9 },
  ],
};

it("asks the vision model of LOCAL_VLM_URL instead of the embedded one", async () => {
  const [receiver, chatServer] = await Promise.all([startWebhookReceiver(), startChatServer(JSON.stringify(SEEN))]);
  onTestFinished(receiver.close);
  onTestFinished(chatServer.close);
  const morsel = await startMorsel({ environment: { LOCAL_VLM_URL: chatServer.url } });
  await sendWebhooksTo(morsel, receiver.url);

  const id = await uploadPhoto(morsel, await readSample("rice.jpg"));
  await receiver.webhookAbout(id, 60_000);

  expect(await readRecord(morsel, id)).toMatchObject({
    status: "completed",
    dish_name: "bowl of rice",
    analysis: { models: ["@local/vlm"] },
  });
  const [request] = chatServer.requests;
  expect(request?.body).toMatchObject({ model: "stand-in-vision", response_format: { type: "json_schema" } });
  expect(JSON.stringify(request?.body.messages)).toContain("data:image/jpeg;base64,");
}, 180_000);
