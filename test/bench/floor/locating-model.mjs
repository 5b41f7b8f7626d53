/** Stands behind the service's `AI` binding: a model that sees six foods in every photo, and says where each of them is. */
import { WorkerEntrypoint } from "cloudflare:workers";

const FOODS = ["apple", "banana", "orange", "carrot", "broccoli", "pizza"];
const SIGHTING = {
  food_present: true,
  dish_name: "a plate",
  description: null,
  foods: FOODS.map((name) => ({ name, grams: 100, confidence: 0.9 })),
};

/** Requests lie in memory for as long as a model thinks. */
const THINKING_MS = 300;

export class LocalAI extends WorkerEntrypoint {
  /**
   * @param {string} _model
   * @param {{ task: string }} input
   */
  async run(_model, { task }) {
    await new Promise((answer) => setTimeout(answer, THINKING_MS));
    if (task === "detect") return { objects: [{ x_min: 0.1, y_min: 0.1, x_max: 0.5, y_max: 0.5 }] };
    return { answer: JSON.stringify(SIGHTING) };
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
