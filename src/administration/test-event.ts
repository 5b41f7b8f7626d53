import { presentRecord } from "../records/present.ts";
import type { NutritionRecord } from "../records/record.ts";
import { prepareAttempt, sendAttempt, type DeliveryPorts } from "../webhooks/deliver.ts";
import { afterSuccess } from "../webhooks/endpoint-health.ts";
import { changeHealth, type HealthPorts } from "../webhooks/health-store.ts";
import { isSuccess, newAttempt, withOutcome, type Attempt } from "../webhooks/outbox.ts";
import type { Endpoint } from "../webhooks/send-events.ts";

/** No record has this id: time and random bits are zero. */
const NO_RECORD = "00000000-0000-7000-8000-000000000000";

/** A record as a webhook might tell of it. */
const sampleRecord = (applicationId: number, now: number): NutritionRecord => ({
  id: NO_RECORD,
  applicationId,
  userId: "test-user",
  status: "completed",
  version: 3,
  inputType: "image",
  options: {
    analysis_mode: "precise",
    include_dish_description: false,
    include_ingredients: false,
    include_nutri_score: false,
    include_nutrition_fields: [],
    ignore_cache: false,
  },
  metadata: null,
  photo: null,
  inputText: null,
  content: {
    dishName: "apple",
    dishDescription: null,
    nutriScore: null,
    servingSize: 182,
    unit: "g",
    nutrients: { energy_kcal: 95, protein_g: 0.5, fat_total_g: 0.3, carbohydrate_g: 25.1 },
    ingredients: [],
    analysis: {
      mode: "precise",
      models: [],
      promptVersion: null,
      confidence: 0.9,
      energyKcalRange: [78, 114],
      warnings: [],
      cached: false,
      timingsMs: {},
    },
  },
  servingSize: null,
  failure: null,
  retry: null,
  uploadedAt: now,
  modifiedAt: now,
  consumedAt: now,
  history: [],
  modelCalls: [],
});

export interface TestPorts extends DeliveryPorts, HealthPorts {
  newId: () => string;
}

/** How a test event went. `body` is what was sent. */
export interface TestResult {
  delivered: boolean;
  eventId: string;
  body: string;
  attempt: Attempt;
}

/**
 * Sends one signed sample event, `"test": true` in its body, and waits for the endpoint's response. It is not stored
 * and not repeated. Its success opens the endpoint again; its failure does not count against it.
 */
export async function sendTestEvent(applicationId: number, endpoint: Endpoint, ports: TestPorts): Promise<TestResult> {
  const eventId = `evt_test_${ports.newId()}`;
  const body = JSON.stringify({ ...presentRecord(sampleRecord(applicationId, ports.now())), test: true });
  const { url, keys } = endpoint;
  const prepared = await prepareAttempt({ url, keys, eventId, body, number: 1 }, ports);
  const { request, startedAt } = prepared;
  const outcome = await sendAttempt(prepared, ports);
  const delivered = isSuccess(outcome.httpStatus);
  if (delivered) await changeHealth(applicationId, afterSuccess, ports);
  const attempt = withOutcome(newAttempt(1, "test", request, startedAt), outcome);
  return { delivered, eventId, body, attempt };
}
