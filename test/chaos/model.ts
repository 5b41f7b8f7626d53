import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { diceFor, type Dice } from "./dice.ts";

/**
 * A model behind `LOCAL_VLM_URL` that takes its time and sometimes fails. The embedded models would keep both cores busy
 * for a second with each photo, so that nothing else happened meanwhile, and are done with a text at once.
 */
export interface Model {
  url: string;
  close(): Promise<void>;
}

const USUAL_MS = [50, 2500] as const;
const SLOW_MS = [5_000, 20_000] as const;
const SLOW_SHARE = 0.02;
const FAILING_SHARE = 0.02;

const SIGHTINGS = [
  {
    food_present: true,
    dish_name: "bowl of rice",
    description: "White rice in a bowl.",
    foods: [
      { name: "rice, white, cooked", measure: "1 cup", grams: 158, grams_low: 120, grams_high: 200, confidence: 0.9 },
      { name: "apple", measure: "1", grams: 182, grams_low: 150, grams_high: 220, confidence: 0.8 },
    ],
  },
  {
    food_present: true,
    dish_name: "banana",
    description: null,
    foods: [{ name: "banana", measure: "1", grams: 118, grams_low: 100, grams_high: 140, confidence: 0.7 }],
  },
  { food_present: false, dish_name: null, description: null, foods: [] },
].map((recognition) => JSON.stringify(recognition));

const LABEL = JSON.stringify({
  label_present: true,
  product_name: "cereal",
  rows: [
    ["Serving size", "40 g"],
    ["Calories", "151"],
    ["Total Fat", "3 g"],
    ["Total Carbohydrate", "27 g"],
    ["Protein", "4 g"],
  ],
});

interface ChatRequest {
  model: string;
  response_format?: { json_schema?: { name?: string } };
}

/** The local queue hands out a batch when the one before is done: one slow answer holds up the texts of a whole run. */
const EVEN_MS = [50, 1000] as const;

const pauseOf = (dice: Dice): number =>
  dice.chance(SLOW_SHARE) ? dice.between(...SLOW_MS) : dice.between(...USUAL_MS);

/** `isEven`: it neither fails nor takes long. */
export async function startModel(seed: number, isEven: boolean): Promise<Model> {
  const dice = diceFor(seed, "model");
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown): void =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/v1/models")
      return answer(200, { object: "list", data: [{ id: "stand-in", object: "model" }] });
    const asked = await json(request).catch(() => null);
    if (asked === null) return void response.destroy();
    const { model, response_format: format } = asked as ChatRequest;
    const content = format?.json_schema?.name === "label" ? LABEL : dice.pick(SIGHTINGS);
    await sleep(isEven ? dice.between(...EVEN_MS) : pauseOf(dice));
    if (!isEven && dice.chance(FAILING_SHARE)) return answer(503, { error: { message: "out of capacity" } });
    const message = { role: "assistant", content };
    answer(200, { id: "1", object: "chat.completion", model, choices: [{ index: 0, message }] });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
