import type {
  LabelReading,
  RecordResponse,
  StatusBody,
  SummaryResponse,
  UploadResponse,
} from "../records/responses.ts";

/** The values of the documentation's examples: one user, one meal. The signatures are right for `npm start`. */

export const SAMPLE_RECORD_ID = "01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a20";

/** A whole 512×512 PNG of one color, as base64: the smallest photo that intake accepts. */
export const SAMPLE_PHOTO =
  "iVBORw0KGgoAAAANSUhEUgAAAgAAAAIACAMAAADDpiTIAAAAA1BMVEX0ozy/8nV7AAABFUlEQVR42u3BMQEAAADCoPVP7WkJoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA4AYCPAAByZWgVQAAAABJRU5ErkJggg==";

/** That of the local application of `npm start`: known to everyone. */
export const SAMPLE_HMAC_KEY = "local-hmac-key-0123456789";

export const SAMPLE_LOGIN = {
  application_id: 1,
  application_user_id: "ada",
  signature: "72e1cc6f6028bf3a14616e2e2f839591e514612a355dc2604e7dd156c6e77bd3",
};

export const SAMPLE_TIMED_LOGIN = {
  application_id: 1,
  application_user_id: "ada",
  timestamp: 1_795_429_800,
  signature: "3207fe517643f30b29a40821e498ed49445980a791956e9ffd8fb449bbaf02c0",
};

export const SAMPLE_ACCEPTED: UploadResponse = {
  record_id: SAMPLE_RECORD_ID,
  status: "pending",
  uploaded_at: "2026-11-23T10:30:04.521Z",
};

export const SAMPLE_STATUS: StatusBody = {
  record_id: SAMPLE_RECORD_ID,
  status: "processing",
  progress: { stage: "recognising", percent: 30 },
  modified_at: "2026-11-23T10:30:05.102Z",
};

export const SAMPLE_EVENTS = `event: status\nid: 2\ndata: ${JSON.stringify(SAMPLE_STATUS)}\n\n`;

export const SAMPLE_RECORD: RecordResponse = {
  record_id: SAMPLE_RECORD_ID,
  status: "completed",
  input_type: "image",
  application_user_id: "ada",
  dish_name: "banana",
  serving_size: 118,
  unit: "g",
  nutritional_fields: { energy_kcal: 105, protein_g: 1.3, fat_total_g: 0.4, carbohydrate_g: 27 },
  ingredients: [
    {
      name: "banana, raw",
      serving_size: 118,
      unit: "g",
      nutritional_fields: { energy_kcal: 105, protein_g: 1.3, fat_total_g: 0.4, carbohydrate_g: 27 },
    },
  ],
  analysis: {
    mode: "precise",
    models: ["@cf/meta/llama-3.2-11b-vision-instruct"],
    prompt_version: "1",
    confidence: 0.92,
    energy_kcal_range: [90, 121],
    warnings: [],
    cached: false,
    boxes: [{ name: "banana", x: 0.213, y: 0.341, width: 0.478, height: 0.302 }],
    timings_ms: { recognize: 2140, resolve: 12 },
    ingredients: [
      {
        name: "banana, raw",
        confidence: 0.92,
        food_source: { table: "usda_sr_legacy", id: "09040", match: 0.97 },
        alternatives: [],
      },
    ],
  },
  failure_reason: null,
  failure_code: null,
  metadata: { meal: "breakfast" },
  uploaded_at: "2026-11-23T10:30:04.521Z",
  modified_at: "2026-11-23T10:30:07.002Z",
  consumed_at: "2026-11-23T10:30:04.521Z",
};

export const SAMPLE_LABEL: LabelReading = {
  record_id: SAMPLE_RECORD_ID,
  name: "Harvest Loops",
  serving_size: 55,
  unit: "g",
  nutritional_fields: {
    energy_kcal: 230,
    carbohydrate_g: 37,
    protein_g: 3,
    fat_total_g: 8,
    fat_saturated_g: 1,
    fat_trans_g: 0,
    sugars_total_g: 12,
    fiber_total_dietary_g: 4,
    cholesterol_mg: 0,
    sodium_mg: 160,
    potassium_mg: 240,
    calcium_mg: 260,
    iron_mg: 8,
    vitamin_d_mcg: 2,
  },
  status: "completed",
  failure_reason: null,
  failure_code: null,
  warnings: [],
};

export const SAMPLE_REFUSED_LABEL: LabelReading = {
  record_id: SAMPLE_RECORD_ID,
  name: null,
  serving_size: null,
  unit: null,
  nutritional_fields: {},
  status: "failed",
  failure_reason:
    "What was read from the label is inconsistent: its energy is 372 kcal, but its fat, carbohydrate and protein add up to 728 kcal. Photograph the label flat and sharp, filling the frame, or enter the values manually.",
  failure_code: "label_not_found",
  warnings: [],
};

export const SAMPLE_MANUAL = {
  dish_name: "lentil soup",
  serving_size: 350,
  unit: "g",
  nutritional_fields: { energy_kcal: 310, protein_g: 18, fat_total_g: 7, carbohydrate_g: 41, salt_g: 1.5 },
  consumed_at: "2026-11-23T12:30:00Z",
  metadata: { meal: "lunch" },
};

export const SAMPLE_MANUAL_RECORD: RecordResponse = {
  record_id: SAMPLE_RECORD_ID,
  status: "completed",
  input_type: "manual",
  application_user_id: "ada",
  dish_name: "lentil soup",
  nutri_score: null,
  serving_size: 350,
  unit: "g",
  nutritional_fields: { energy_kcal: 310, carbohydrate_g: 41, protein_g: 18, fat_total_g: 7, sodium_mg: 600 },
  ingredients: [],
  failure_reason: null,
  failure_code: null,
  metadata: { meal: "lunch" },
  uploaded_at: "2026-11-23T12:41:10.020Z",
  modified_at: "2026-11-23T12:41:10.020Z",
  consumed_at: "2026-11-23T12:30:00.000Z",
};

export const SAMPLE_SUMMARY: SummaryResponse = {
  day: "2026-11-23",
  user_time_offset_minutes: 60,
  from: "2026-11-22T23:00:00.000Z",
  to: "2026-11-23T23:00:00.000Z",
  records: 3,
  statuses: { pending: 0, processing: 1, completed: 2, failed: 0, updated: 1, canceled: 0 },
  nutritional_fields: { energy_kcal: 1240, carbohydrate_g: 143.5, protein_g: 61.2, fat_total_g: 42.8, sodium_mg: 1180 },
  incomplete_fields: ["sodium_mg"],
  truncated: false,
};

export const SAMPLE_KEYS = [
  { id: "key_Vq3aXb8LkT0c", created_at: "2026-11-23T09:00:00.000Z", expires_at: null },
  { id: "key_0pWm5ZrQe7Yh", created_at: "2026-05-02T11:20:00.000Z", expires_at: "2026-11-24T09:00:00.000Z" },
];

export const SAMPLE_FAILED_RECORD: RecordResponse = {
  record_id: SAMPLE_RECORD_ID,
  status: "failed",
  input_type: "image",
  application_user_id: "ada",
  failure_reason: "No food was found in the photo.",
  failure_code: "no_food_found",
  metadata: null,
  uploaded_at: "2026-11-23T10:30:04.521Z",
  modified_at: "2026-11-23T10:30:07.002Z",
  consumed_at: "2026-11-23T10:30:04.521Z",
};

/**
 * Not the local application, which the examples of the administrator would change, lock out and delete: the one that
 * the example of a migrated application creates.
 */
export const SAMPLE_APPLICATION = {
  id: 4711,
  name: "my app",
  webhook_url: "https://example.com/hooks/morsel",
  webhook_events: ["completed", "failed"],
  image_retention_days: 90,
  require_timestamp: false,
  rate_limits: {},
  storage_limits: {},
  active: true,
  webhook_health: {
    state: "healthy",
    failures: 0,
    failing_since: null,
    next_probe_at: null,
    disabled_at: null,
    reason: null,
  },
  keys: { hmac: SAMPLE_KEYS.slice(0, 1), webhook: SAMPLE_KEYS },
  created_at: "2026-11-23T09:00:00.000Z",
  modified_at: "2026-11-23T09:00:00.000Z",
};

export const SAMPLE_EVENT_ID = `evt_${SAMPLE_RECORD_ID}_3`;

export const SAMPLE_DELIVERY = {
  delivery_id: SAMPLE_EVENT_ID,
  record_id: SAMPLE_RECORD_ID,
  event: "completed",
  status: "delivered",
  created_at: "2026-11-23T10:30:07.002Z",
  next_attempt_at: null,
  attempts: [
    {
      attempt: 1,
      trigger: "schedule",
      started_at: "2026-11-23T10:30:07.010Z",
      latency_ms: 84,
      http_status: 200,
      error: null,
      response_excerpt: "ok",
    },
  ],
};

/** What an attempt sends, apart from the body. */
const SAMPLE_REQUEST = {
  method: "POST",
  url: "https://example.com/hooks/morsel",
  headers: {
    "content-type": "application/json",
    "user-agent": "Morsel/0.1",
    "x-webhook-attempt": "1",
    "x-body-signature": "c1be0a5b9dbef4a9ffa7bbd2a3c8b0a4b1ad0d7c5e0a7c9d9f5d9e6c0f6e3b2a",
    "webhook-id": SAMPLE_DELIVERY.delivery_id,
    "webhook-timestamp": "1795516207",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
};

export const SAMPLE_DELIVERY_DETAIL = {
  ...SAMPLE_DELIVERY,
  body: JSON.stringify(SAMPLE_RECORD),
  attempts: SAMPLE_DELIVERY.attempts.map((attempt) => ({ ...attempt, request: SAMPLE_REQUEST })),
};

export const SAMPLE_TEST_RESULT = {
  delivered: true,
  event_id: "evt_test_01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a21",
  body: JSON.stringify({ ...SAMPLE_RECORD, test: true }),
  attempt: 1,
  trigger: "test",
  started_at: "2026-11-23T10:30:07.010Z",
  latency_ms: 84,
  http_status: 200,
  error: null,
  response_excerpt: "ok",
  request: SAMPLE_REQUEST,
};

export const SAMPLE_RECOVERY = {
  recovery_id: "01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a22",
  status: "running",
  since: "2026-11-22T00:00:00.000Z",
  until: "2026-11-23T10:30:07.010Z",
  total: 1200,
  remaining: 1110,
  requeued: 90,
  finished_at: null,
};
