/** Stands behind the service's `AI` binding: a model that sees one apple in every photo, and takes no time to see it. */
import { WorkerEntrypoint } from "cloudflare:workers";

const SIGHTING = {
  food_present: true,
  dish_name: "apple",
  description: "A red apple on a table.",
  foods: [{ name: "apple", measure: "1 medium", grams: 182, grams_low: 150, grams_high: 220, confidence: 0.9 }],
};

export class LocalAI extends WorkerEntrypoint {
  run() {
    return { choices: [{ message: { content: JSON.stringify(SIGHTING) } }] };
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
