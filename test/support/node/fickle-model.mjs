/** Stands behind the service's `AI` binding: a model that takes no time, and finds no food in every seventh photo. */
import { WorkerEntrypoint } from "cloudflare:workers";

const APPLE = {
  food_present: true,
  dish_name: "apple",
  description: "A red apple on a table.",
  foods: [{ name: "apple", measure: "1 medium", grams: 182, grams_low: 150, grams_high: 220, confidence: 0.9 }],
};
const NOTHING = { food_present: false, dish_name: "", description: "A table.", foods: [] };

let asked = 0;

export class LocalAI extends WorkerEntrypoint {
  run() {
    asked += 1;
    return { choices: [{ message: { content: JSON.stringify(asked % 7 === 0 ? NOTHING : APPLE) } }] };
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
