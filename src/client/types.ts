// Made by `npm run client-types` from the OpenAPI document. Do not edit.
/* oxlint-disable max-lines -- one file, so that it can be taken along */

export interface Login {
  application_id: number;
  /** The application's own id for its user. */
  application_user_id: string;
  /** Lower-case hex HMAC-SHA256 with the application's HMAC key, of `application_user_id`, or of `"{timestamp}.{application_user_id}"` when a timestamp is sent. */
  signature: string;
  /** Unix seconds, within five minutes of this service's clock. */
  timestamp?: number;
}

export interface AccessToken {
  /** A JWT for `Authorization: Bearer`. */
  access_token: string;
  expires_at: string;
}

/** An error (RFC 9457). */
export interface Problem {
  /** A stable URI, with a page that explains the error. */
  type: string;
  /** A short summary of the kind of error. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** What is wrong with this particular request. */
  detail: string;
  /** Each invalid field. */
  errors: {
    /** The path to the field. */
    location: string;
    /** What the field should be. */
    message: string;
    /** The value that was sent, if it is short and not secret. */
    value?: string | number | boolean | null;
  }[];
  code: ProblemCode;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** The request's id in the logs; also in `x-request-id`. */
  request_id: string;
}

/** The kind of error, for programs to branch on. */
export type ProblemCode =
  | "malformed_request"
  | "malformed_authorization"
  | "invalid_token"
  | "expired_token"
  | "unknown_application"
  | "inactive_application"
  | "wrong_signature"
  | "timestamp_off"
  | "timestamp_required"
  | "not_an_administrator"
  | "foreign_request"
  | "not_found"
  | "photo_gone"
  | "method_not_allowed"
  | "already_final"
  | "already_under_way"
  | "id_taken"
  | "keys_changed"
  | "last_key"
  | "last_ingredient"
  | "hint_needed"
  | "nothing_to_analyse"
  | "endpoint_disabled"
  | "no_webhook_url"
  | "no_operations_url"
  | "not_its_turn"
  | "body_not_kept"
  | "recovery_running"
  | "reanalysis_running"
  | "idempotency_key_in_use"
  | "not_complete"
  | "rotation_under_way"
  | "version_mismatch"
  | "length_required"
  | "photo_too_large"
  | "unsupported_content_type"
  | "unsupported_format"
  | "invalid_request"
  | "idempotency_key_reused"
  | "invalid_dimensions"
  | "photo_not_fetched"
  | "damaged_photo"
  | "too_many_listeners"
  | "rate_limited"
  | "internal_error"
  | "temporarily_unavailable";

/** The name of a nutrient; its unit is the last part. */
export type NutrientField =
  | "energy_kcal"
  | "carbohydrate_g"
  | "protein_g"
  | "fat_total_g"
  | "fat_saturated_g"
  | "fat_polyunsaturated_g"
  | "fat_monounsaturated_g"
  | "fat_trans_g"
  | "sugars_total_g"
  | "fiber_total_dietary_g"
  | "cholesterol_mg"
  | "sodium_mg"
  | "potassium_mg"
  | "calcium_mg"
  | "iron_mg"
  | "magnesium_mg"
  | "phosphorus_mg"
  | "zinc_mg"
  | "vitamin_a_rae_mcg"
  | "vitamin_c_mg"
  | "vitamin_d_mcg"
  | "vitamin_e_mg"
  | "vitamin_k_mcg"
  | "thiamin_mg"
  | "riboflavin_mg"
  | "niacin_mg"
  | "vitamin_b6_mg"
  | "folate_mcg"
  | "vitamin_b12_mcg";

export interface ImageUpload {
  /** Whether the response waits for the finished record. */
  wait_on_process?: boolean;
  /** The time limit of that wait. When it is reached, the response is the record in its current state. */
  max_duration_seconds?: number;
  /** `precise` uses the better models, `fast` a small one. */
  analysis_mode?: "precise" | "fast";
  /** When the meal was eaten; the current time if omitted. */
  consumed_at?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
  /** The user's country, for regional foods. */
  country_code?: string;
  /** The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it. */
  language_code?: string;
  /** Whether the record includes a `dish_description`. */
  include_dish_description?: boolean;
  /** Whether the record includes its `ingredients`. */
  include_ingredients?: boolean;
  /** Whether the record includes a `nutri_score`. */
  include_nutri_score?: boolean;
  /** The nutrients to include; by default energy, protein, fat and carbohydrate. */
  include_nutrition_fields?: NutrientField[];
  /** Whether to analyze the photo again even if the same bytes were analyzed before. */
  ignore_cache?: boolean;
  /** Your own data, returned in the record and the webhook: at most 16 pairs of text, 4096 bytes as JSON. */
  metadata?: {
    [name: string]: string;
  };
  /** The photo as base64, with or without a `data:` prefix; at most 10 MB. */
  body?: string;
  /** An https URL to fetch the photo from, instead of `body`; at most 7.5 MB. */
  body_url?: string;
}

export interface ImageForm {
  /** Whether the response waits for the finished record. */
  wait_on_process?: boolean;
  /** The time limit of that wait. When it is reached, the response is the record in its current state. */
  max_duration_seconds?: number;
  /** `precise` uses the better models, `fast` a small one. */
  analysis_mode?: "precise" | "fast";
  /** When the meal was eaten; the current time if omitted. */
  consumed_at?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
  /** The user's country, for regional foods. */
  country_code?: string;
  /** The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it. */
  language_code?: string;
  /** Whether the record includes a `dish_description`. */
  include_dish_description?: boolean;
  /** Whether the record includes its `ingredients`. */
  include_ingredients?: boolean;
  /** Whether the record includes a `nutri_score`. */
  include_nutri_score?: boolean;
  /** The nutrients to include; by default energy, protein, fat and carbohydrate. */
  include_nutrition_fields?: NutrientField[];
  /** Whether to analyze the photo again even if the same bytes were analyzed before. */
  ignore_cache?: boolean;
  /** Your own data, returned in the record and the webhook: at most 16 pairs of text, 4096 bytes as JSON. */
  metadata?: {
    [name: string]: string;
  };
  /** The photo, at most 7.5 MB. */
  image: Blob;
}

/** A meal. `dish_name` and the fields after it are present once the record is completed. */
export interface NutritionRecord {
  dish_name?: string;
  /** With a `language_code` other than `en`; null if no name in that language is known, and for manual entries. */
  dish_name_translated?: string | null;
  /** With `include_dish_description`. */
  dish_description?: string | null;
  /** With `include_dish_description` and a `language_code` other than `en`; null where there is none. */
  dish_description_translated?: string | null;
  /** `A` to `E`, with `include_nutri_score`. */
  nutri_score?: string | null;
  /** The portion, in `unit`. */
  serving_size?: number;
  unit?: Unit;
  nutritional_fields?: Nutrients;
  /** With `include_ingredients`. */
  ingredients?: Ingredient[];
  /** Absent for manual entries. */
  analysis?: Analysis;
  /** The record's id. */
  record_id: string;
  status: Status;
  input_type: InputType;
  /** The application's user who owns the record. */
  application_user_id: string;
  /** A sentence for people, when the record failed. */
  failure_reason: string | null;
  failure_code: FailureCode | null;
  /** When the analysis is retried; present only while a retry is pending. */
  retry_at?: string;
  retry_reason?: RetryReason;
  /** Metadata supplied with the upload, returned verbatim. */
  metadata: {
    [name: string]: string;
  } | null;
  /** When the record was created. */
  uploaded_at: string;
  /** When it last changed. */
  modified_at: string;
  /** When the meal was eaten. */
  consumed_at: string;
}

/** The unit of amounts. */
export type Unit = "g" | "mg" | "mcg" | "ml" | "kcal";

/** Amounts for the whole `serving_size`; the unit is the last part of the name. Rounded to one decimal, kilocalories to whole numbers. A value that the food table lacks is absent, never 0. */
export interface Nutrients {
  energy_kcal?: number;
  carbohydrate_g?: number;
  protein_g?: number;
  fat_total_g?: number;
  fat_saturated_g?: number;
  fat_polyunsaturated_g?: number;
  fat_monounsaturated_g?: number;
  fat_trans_g?: number;
  sugars_total_g?: number;
  fiber_total_dietary_g?: number;
  cholesterol_mg?: number;
  sodium_mg?: number;
  potassium_mg?: number;
  calcium_mg?: number;
  iron_mg?: number;
  magnesium_mg?: number;
  phosphorus_mg?: number;
  zinc_mg?: number;
  vitamin_a_rae_mcg?: number;
  vitamin_c_mg?: number;
  vitamin_d_mcg?: number;
  vitamin_e_mg?: number;
  vitamin_k_mcg?: number;
  thiamin_mg?: number;
  riboflavin_mg?: number;
  niacin_mg?: number;
  vitamin_b6_mg?: number;
  folate_mcg?: number;
  vitamin_b12_mcg?: number;
}

/** One food of a dish. */
export interface Ingredient {
  name: string;
  /** With a `language_code` other than `en`; null if no name in that language is known. */
  name_translated?: string | null;
  /** The amount, in `unit`. */
  serving_size: number;
  unit: Unit;
  nutritional_fields: Nutrients;
}

/** How an analysis arrived at its numbers. */
export interface Analysis {
  mode: "precise" | "fast";
  /** The ids of the models that were called. */
  models: string[];
  /** The version of the prompt they were given. */
  prompt_version: string | null;
  /** The confidence of the analysis in the dish. */
  confidence: number;
  /** The 10th and the 90th percentile of the dish's energy, in kilocalories. */
  energy_kcal_range: number[] | null;
  /** What is uncertain or inconsistent, in sentences for people. */
  warnings: string[];
  /** Whether an earlier analysis of the same photo was reused. */
  cached: boolean;
  /** Where the food is, one box per piece, as fractions of the upright photo's width and height. Only with models that report boxes. */
  boxes?: {
    /** The food as the model named it. */
    name: string;
    /** The left edge. */
    x: number;
    /** The top edge. */
    y: number;
    /** The width. */
    width: number;
    /** The height. */
    height: number;
  }[];
  /** How long each step took, in milliseconds. */
  timings_ms: {
    [name: string]: number;
  };
  ingredients: {
    name: string;
    confidence: number | null;
    food_source: FoodSource | null;
    /** The next best matches in the food table. */
    alternatives: {
      /** The food table. */
      table: string;
      /** The food's id in that table. */
      id: string;
      /** How well the name matches the food in the table. */
      match: number;
      name: string;
    }[];
  }[];
}

/** Where an ingredient's nutrients come from. */
export interface FoodSource {
  /** The food table. */
  table: string;
  /** The food's id in that table. */
  id: string;
  /** How well the name matches the food in the table. */
  match: number;
}

/** `pending` stored and queued, `processing` being analyzed, `completed`, `failed`, `updated` completed and then changed by the user, `canceled`. The last four are final: none of them returns to `pending` or `processing`. A failed record can still become `completed` or `updated`, if it is re-analyzed or replaced manually. */
export type Status = "pending" | "processing" | "completed" | "failed" | "updated" | "canceled";

/** What a record was created from. */
export type InputType = "image" | "label" | "text" | "manual";

/** Why a record failed, for programs to branch on. */
export type FailureCode =
  | "no_food_found"
  | "image_unreadable"
  | "label_not_found"
  | "analysis_unavailable"
  | "timed_out"
  | "canceled";

/** What it waits for: `models_unavailable`, models that are busy or unreachable; `quota_exhausted`, the quota to reset; `model_misconfigured`, the operator to fix the settings; `service_unavailable`, storage that does not respond. */
export type RetryReason = "models_unavailable" | "quota_exhausted" | "model_misconfigured" | "service_unavailable";

/** An accepted record, which is guaranteed to become `completed` or `failed`. */
export interface AcceptedUpload {
  /** The record's id. */
  record_id: string;
  status: "pending";
  /** When it was accepted. */
  uploaded_at: string;
}

export interface TextUpload {
  /** Whether the response waits for the finished record. */
  wait_on_process?: boolean;
  /** The time limit of that wait. When it is reached, the response is the record in its current state. */
  max_duration_seconds?: number;
  /** `precise` uses the better models, `fast` a small one. */
  analysis_mode?: "precise" | "fast";
  /** When the meal was eaten; the current time if omitted. */
  consumed_at?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
  /** The user's country, for regional foods. */
  country_code?: string;
  /** The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it. */
  language_code?: string;
  /** Whether the record includes a `dish_description`. */
  include_dish_description?: boolean;
  /** Whether the record includes its `ingredients`. */
  include_ingredients?: boolean;
  /** Whether the record includes a `nutri_score`. */
  include_nutri_score?: boolean;
  /** The nutrients to include; by default energy, protein, fat and carbohydrate. */
  include_nutrition_fields?: NutrientField[];
  /** Whether to analyze the photo again even if the same bytes were analyzed before. */
  ignore_cache?: boolean;
  /** Your own data, returned in the record and the webhook: at most 16 pairs of text, 4096 bytes as JSON. */
  metadata?: {
    [name: string]: string;
  };
  /** What was eaten, in English, with amounts where known. */
  text: string;
}

export interface LabelUpload {
  /** `false`: the response is immediate, and the label is followed like any other record. */
  wait_on_process?: boolean;
  /** The time limit of that wait. When it is reached, the response is the record in its current state. */
  max_duration_seconds?: number;
  /** `precise` uses the better models, `fast` a small one. */
  analysis_mode?: "precise" | "fast";
  /** When the meal was eaten; the current time if omitted. */
  consumed_at?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
  /** The user's country, for regional foods. */
  country_code?: string;
  /** The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it. */
  language_code?: string;
  /** Whether the record includes a `dish_description`. */
  include_dish_description?: boolean;
  /** Whether the record includes its `ingredients`. */
  include_ingredients?: boolean;
  /** Whether the record includes a `nutri_score`. */
  include_nutri_score?: boolean;
  /** The nutrients to include, of those that the label states; all of them if omitted. */
  include_nutrition_fields?: NutrientField[];
  /** Whether to analyze the photo again even if the same bytes were analyzed before. */
  ignore_cache?: boolean;
  /** Your own data, returned in the record and the webhook: at most 16 pairs of text, 4096 bytes as JSON. */
  metadata?: {
    [name: string]: string;
  };
  /** The photo as base64, with or without a `data:` prefix; at most 10 MB. */
  body?: string;
  /** An https URL to fetch the photo from, instead of `body`; at most 7.5 MB. */
  body_url?: string;
}

export interface LabelForm {
  /** `false`: the response is immediate, and the label is followed like any other record. */
  wait_on_process?: boolean;
  /** The time limit of that wait. When it is reached, the response is the record in its current state. */
  max_duration_seconds?: number;
  /** `precise` uses the better models, `fast` a small one. */
  analysis_mode?: "precise" | "fast";
  /** When the meal was eaten; the current time if omitted. */
  consumed_at?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
  /** The user's country, for regional foods. */
  country_code?: string;
  /** The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it. */
  language_code?: string;
  /** Whether the record includes a `dish_description`. */
  include_dish_description?: boolean;
  /** Whether the record includes its `ingredients`. */
  include_ingredients?: boolean;
  /** Whether the record includes a `nutri_score`. */
  include_nutri_score?: boolean;
  /** The nutrients to include, of those that the label states; all of them if omitted. */
  include_nutrition_fields?: NutrientField[];
  /** Whether to analyze the photo again even if the same bytes were analyzed before. */
  ignore_cache?: boolean;
  /** Your own data, returned in the record and the webhook: at most 16 pairs of text, 4096 bytes as JSON. */
  metadata?: {
    [name: string]: string;
  };
  /** The photo, at most 7.5 MB. */
  image: Blob;
}

/** What a nutrition label states for `serving_size`, or why it could not be read. Carbohydrate includes fiber, as in the food table; kilojoules are converted to kilocalories and salt to sodium; a value given only as a bound (`<1 g`) counts as half the bound. */
export interface LabelAnswer {
  /** The record's id. */
  record_id: string;
  /** The product, if its name is printed next to the label. */
  name: string | null;
  /** The printed serving, in `unit`; 100 if the label states none. */
  serving_size: number | null;
  unit: Unit | null;
  nutritional_fields: Nutrients;
  status: Status;
  /** Why there are no values: no label, an illegible one, or one whose energy is inconsistent. */
  failure_reason: string | null;
  failure_code: FailureCode | null;
  /** What was repaired, assumed or omitted, for people. */
  warnings: string[];
}

/** A meal as entered manually. Nutrients are for the whole `serving_size`. */
export interface TypedMeal {
  dish_name: string;
  serving_size: number;
  unit: "g" | "mg" | "mcg" | "ml" | "kcal";
  nutritional_fields?: TypedNutrients;
  ingredients?: TypedIngredient[];
  /** When the meal was eaten. */
  consumed_at?: string;
  /** Your own data, returned in the record and the webhook. */
  metadata?: {
    [name: string]: string;
  };
}

/** What is left out is unknown. Salt becomes `sodium_mg`. */
export interface TypedNutrients {
  energy_kcal?: number;
  carbohydrate_g?: number;
  protein_g?: number;
  fat_total_g?: number;
  fat_saturated_g?: number;
  fat_polyunsaturated_g?: number;
  fat_monounsaturated_g?: number;
  fat_trans_g?: number;
  sugars_total_g?: number;
  fiber_total_dietary_g?: number;
  cholesterol_mg?: number;
  sodium_mg?: number;
  potassium_mg?: number;
  calcium_mg?: number;
  iron_mg?: number;
  magnesium_mg?: number;
  phosphorus_mg?: number;
  zinc_mg?: number;
  vitamin_a_rae_mcg?: number;
  vitamin_c_mg?: number;
  vitamin_d_mcg?: number;
  vitamin_e_mg?: number;
  vitamin_k_mcg?: number;
  thiamin_mg?: number;
  riboflavin_mg?: number;
  niacin_mg?: number;
  vitamin_b6_mg?: number;
  folate_mcg?: number;
  vitamin_b12_mcg?: number;
  sodium_g?: number;
  salt_g?: number;
  salt_mg?: number;
}

export interface TypedIngredient {
  name: string;
  serving_size: number;
  unit: "g" | "mg" | "mcg" | "ml" | "kcal";
  nutritional_fields?: TypedNutrients;
}

/** A small response for polling. */
export interface RecordStatus {
  /** The record's id. */
  record_id: string;
  status: Status;
  progress: {
    stage: "queued" | "reading" | "recognising" | "computing" | "done";
    percent: number;
  };
  /** When the record last changed. */
  modified_at: string;
  /** When it failed. */
  failure_reason?: string;
  failure_code?: FailureCode;
  /** When the analysis is retried; present only while a retry is pending. */
  retry_at?: string;
  retry_reason?: RetryReason;
}

/** A day's totals. */
export interface DaySummary {
  day: string;
  user_time_offset_minutes: number;
  /** The start of the day. */
  from: string;
  /** The end of the day. */
  to: string;
  /** How many records are counted: those that are completed or updated. */
  records: number;
  /** How many of the day's records have each status. */
  statuses: {
    pending: number;
    processing: number;
    completed: number;
    failed: number;
    updated: number;
    canceled: number;
  };
  nutritional_fields: Nutrients;
  /** Fields that are unknown for some of the records; their sum is a lower bound. */
  incomplete_fields: (
    | "energy_kcal"
    | "carbohydrate_g"
    | "protein_g"
    | "fat_total_g"
    | "fat_saturated_g"
    | "fat_polyunsaturated_g"
    | "fat_monounsaturated_g"
    | "fat_trans_g"
    | "sugars_total_g"
    | "fiber_total_dietary_g"
    | "cholesterol_mg"
    | "sodium_mg"
    | "potassium_mg"
    | "calcium_mg"
    | "iron_mg"
    | "magnesium_mg"
    | "phosphorus_mg"
    | "zinc_mg"
    | "vitamin_a_rae_mcg"
    | "vitamin_c_mg"
    | "vitamin_d_mcg"
    | "vitamin_e_mg"
    | "vitamin_k_mcg"
    | "thiamin_mg"
    | "riboflavin_mg"
    | "niacin_mg"
    | "vitamin_b6_mg"
    | "folate_mcg"
    | "vitamin_b12_mcg"
  )[];
  /** Whether there are more records than were added up. */
  truncated: boolean;
}

/** At least one of the two. */
export interface RecordChange {
  /** The portion, in the record's unit. Everything is rescaled from the original values. */
  serving_size?: number;
  /** When the meal was eaten. */
  consumed_at?: string;
}

/** Either `remove`, or at least one of the others. */
export interface IngredientChange {
  /** The amount, in the ingredient's unit. */
  serving_size?: number;
  /** The correct food, looked up in the food table. */
  name?: string;
  /** One of the ingredient's `alternatives`, with or without a new name. */
  food_source?: {
    table: string;
    id: string;
  };
  /** Set to `true`, with no other field, to remove the ingredient. */
  remove?: boolean;
}

export interface Reanalysis {
  /** What the user knows about the meal, in plain language. */
  hint?: string;
}

export interface CanceledRecord {
  /** The record's id. */
  record_id: string;
  status: Status;
}

/** A tenant. Its keys are shown only once, at creation. */
export interface Application {
  id: number;
  name: string;
  webhook_url: string | null;
  webhook_events: string[];
  image_retention_days: number;
  require_timestamp: boolean;
  rate_limits: {
    uploads_per_minute?: number;
    requests_per_minute?: number;
    user_uploads_per_minute?: number;
    user_requests_per_minute?: number;
  };
  active: boolean;
  webhook_health: EndpointHealth;
  keys: {
    /** The active keys, newest first. */
    hmac: Key[];
    /** The active keys, newest first. */
    webhook: Key[];
  };
  created_at: string;
  modified_at: string;
}

/** The health of an application's webhook endpoint. */
export interface EndpointHealth {
  /** `failing`: the last attempt failed; `open`: ten attempts failed, so the circuit breaker holds events while one probe at a time checks whether the endpoint is back; `disabled`: every attempt has failed for five days, and nothing is sent. */
  state: "healthy" | "failing" | "open" | "disabled";
  /** Consecutive failed attempts. */
  failures: number;
  failing_since: string | null;
  /** When the next probe is sent while it is `open`. */
  next_probe_at: string | null;
  disabled_at: string | null;
  /** Why it is disabled, or why the last attempt failed. */
  reason: string | null;
  /** Only when reading a single application, not in lists. */
  last_success_at?: string | null;
}

/** An active key, without the key itself. */
export interface Key {
  /** Null for keys created before keys had ids. */
  id: string | null;
  created_at: string;
  /** Null for the newest key. */
  expires_at: string | null;
}

export interface ApplicationCreation {
  name: string;
  /** Null = no webhooks. */
  webhook_url?: string | null;
  /** The events to be told of. */
  webhook_events?: ("processing" | "completed" | "failed" | "updated" | "canceled")[];
  /** How long photos are kept. */
  image_retention_days?: number;
  /** Whether logins must sign a timestamp. */
  require_timestamp?: boolean;
  /** Requests a minute; a name that is left out has its default. */
  rate_limits?: {
    uploads_per_minute?: number;
    requests_per_minute?: number;
    user_uploads_per_minute?: number;
    user_requests_per_minute?: number;
  };
  /** Whether its users may call. */
  active?: boolean;
  /** The id it had elsewhere; the next free one, if left out. */
  id?: number;
  /** Signs the ids of users; generated if omitted. */
  hmac_key?: string;
  /** Signs webhooks; generated if omitted. */
  webhook_signature_key?: string;
}

/** A tenant with its two keys, which are shown only this once. */
export interface NewApplication {
  id: number;
  name: string;
  webhook_url: string | null;
  webhook_events: string[];
  image_retention_days: number;
  require_timestamp: boolean;
  rate_limits: {
    uploads_per_minute?: number;
    requests_per_minute?: number;
    user_uploads_per_minute?: number;
    user_requests_per_minute?: number;
  };
  active: boolean;
  webhook_health: EndpointHealth;
  keys: {
    /** The active keys, newest first. */
    hmac: Key[];
    /** The active keys, newest first. */
    webhook: Key[];
  };
  created_at: string;
  modified_at: string;
  hmac_key: string;
  webhook_signature_key: string;
}

/** What is left out stays as it is. */
export interface ApplicationChange {
  name?: string;
  /** Null = no webhooks. */
  webhook_url?: string | null;
  /** The events to be told of. */
  webhook_events?: ("processing" | "completed" | "failed" | "updated" | "canceled")[];
  /** How long photos are kept. */
  image_retention_days?: number;
  /** Whether logins must sign a timestamp. */
  require_timestamp?: boolean;
  /** Requests a minute; a name that is left out has its default. */
  rate_limits?: {
    uploads_per_minute?: number;
    requests_per_minute?: number;
    user_uploads_per_minute?: number;
    user_requests_per_minute?: number;
  };
  /** Whether its users may call. */
  active?: boolean;
}

export interface KeyRotation {
  /** How long the old key lives on; 0 ends every older key now. */
  overlap_hours: number;
  /** A key to take over from elsewhere; generated if omitted. */
  key?: string;
}

/** A new key, shown only this once. */
export interface NewKey {
  /** The active keys, newest first. */
  keys: Key[];
  key: string;
}

export interface Keys {
  /** The active keys, newest first. */
  keys: Key[];
}

export interface Reseal {
  /** The `next_after` of the previous call. */
  after?: number;
}

export interface ResealReport {
  /** Applications whose keys were resealed. */
  resealed: number;
  /** Applications that were changed concurrently; repeat the call. */
  changed_meanwhile: number[];
  /** Applications with a key that cannot be decrypted. */
  unreadable: number[];
  /** Where to continue; null after the last application. */
  next_after: number | null;
  /** Keys still to be resealed, across the whole service. */
  remaining_keys: number;
  master_keys: {
    id: string;
    configured: boolean;
    /** How many keys are sealed under it. At 0 it can be removed. */
    keys: number;
  }[];
}

/** A webhook and the attempts to deliver it. */
export interface Delivery {
  /** The `webhook-id` of every attempt. */
  delivery_id: string;
  record_id: string;
  event: string;
  /** `held`: the endpoint's circuit breaker is open; `exhausted`: every attempt has failed; `undelivered`: the endpoint was disabled or gone when the attempt was due. */
  status: "waiting" | "held" | "delivered" | "exhausted" | "undelivered";
  created_at: string;
  next_attempt_at: string | null;
  attempts: {
    /** 1, 2, …: `x-webhook-attempt`. */
    attempt: number;
    trigger: "schedule" | "resend" | "test";
    started_at: string;
    latency_ms: number | null;
    /** Null if there was no response. */
    http_status: number | null;
    error: string | null;
    /** The first 1 KB of the response. */
    response_excerpt: string | null;
  }[];
}

/** A webhook with its body and the requests of its attempts. */
export interface DeliveryDetail {
  /** The `webhook-id` of every attempt. */
  delivery_id: string;
  record_id: string;
  event: string;
  /** `held`: the endpoint's circuit breaker is open; `exhausted`: every attempt has failed; `undelivered`: the endpoint was disabled or gone when the attempt was due. */
  status: "waiting" | "held" | "delivered" | "exhausted" | "undelivered";
  created_at: string;
  next_attempt_at: string | null;
  attempts: {
    /** 1, 2, …: `x-webhook-attempt`. */
    attempt: number;
    trigger: "schedule" | "resend" | "test";
    started_at: string;
    latency_ms: number | null;
    /** Null if there was no response. */
    http_status: number | null;
    error: string | null;
    /** The first 1 KB of the response. */
    response_excerpt: string | null;
    request: {
      method: "POST";
      url: string;
      headers: {
        [name: string]: string;
      };
    };
  }[];
  /** The body of every attempt, byte for byte. Null if it was not stored. */
  body: string | null;
}

/** A queued redelivery of an event. */
export interface Resend {
  delivery_id: string;
  status: "queued";
}

export interface RecoveryRequest {
  /** The time of the oldest event to redeliver. */
  since: string;
}

/** A job that redelivers undelivered events. */
export interface Recovery {
  recovery_id: string;
  status: "running" | "finished";
  since: string;
  /** When it was requested; later events are not part of it. */
  until: string;
  /** How many events there were at the start. */
  total: number;
  /** How many have not been processed yet. */
  remaining: number;
  /** How many were requeued so far; their deliveries show the outcome. */
  requeued: number;
  finished_at: string | null;
}

/** What was sent as a test, and the endpoint's response. */
export interface TestResult {
  /** 1, 2, …: `x-webhook-attempt`. */
  attempt: number;
  trigger: "schedule" | "resend" | "test";
  started_at: string;
  latency_ms: number | null;
  /** Null if there was no response. */
  http_status: number | null;
  error: string | null;
  /** The first 1 KB of the response. */
  response_excerpt: string | null;
  request: {
    method: "POST";
    url: string;
    headers: {
      [name: string]: string;
    };
  };
  delivered: boolean;
  event_id: string;
  body: string;
}

/** The only trace an erasure leaves. It does not say who was erased. */
export interface ErasureReceipt {
  receipt_id: string;
  application_id: number;
  scope: "user" | "application";
  /** `running` for at least five minutes, so that anything still being stored by earlier requests is erased too. */
  status: "running" | "done";
  /** How many records have been erased so far. */
  records: number;
  photos: number;
  deliveries: number;
  started_at: string;
  finished_at: string | null;
}

/** A record of any application, as listed for the administrator. */
export interface FoundRecord {
  record_id: string;
  application_id: number;
  application_user_id: string;
  status: Status;
  input_type: InputType;
  dish_name: string | null;
  failure_code:
    | "no_food_found"
    | "image_unreadable"
    | "label_not_found"
    | "analysis_unavailable"
    | "timed_out"
    | "canceled"
    | null;
  /** When its analysis is retried, if a retry is pending. */
  retry_at: string | null;
  /** What it waits for. */
  retry_reason: "models_unavailable" | "quota_exhausted" | "model_misconfigured" | "service_unavailable" | null;
  uploaded_at: string;
  modified_at: string;
}

/** A record and what happened to it, oldest first. */
export interface Timeline {
  application_id: number;
  version: number;
  /** The input as stored; it may have been deleted since. */
  photo: {
    format: string;
    bytes: number;
    width: number;
    height: number;
  } | null;
  record: NutritionRecord;
  /** The latest 50 transitions and stages, the latest 30 model calls by finished analyses, and every webhook with its attempts. */
  entries: unknown[];
}

export interface ReanalysisRequest {
  /** The time of the oldest upload to re-analyze. */
  since: string;
  /** After any other failure the same analysis would fail again. */
  failure_codes?: "analysis_unavailable"[];
  /** The maximum number of records, oldest first. */
  limit?: number;
  /** Returns what would be done and what it would cost, without changing anything. */
  dry_run?: boolean;
}

/** What re-analyzing failed records would do and cost. */
export interface ReanalysisPreview {
  /** The number of matching records, up to `limit`. */
  records: number;
  /** How many of them have photos past their retention period; these are skipped. */
  photos_expired: number;
  /** The number of model calls, if each succeeds the first time. */
  model_calls: number;
  /** The estimated cost of these calls. Null if a model's price is unknown. */
  cost_usd: number | null;
}

/** A job that re-analyzes failed records. */
export interface ReanalysisJob {
  reanalysis_id: string;
  status: "running" | "finished";
  since: string;
  /** How many records there were when the job was requested. */
  total: number;
  /** How many were requeued so far. */
  requeued: number;
  /** How many were skipped because their photos are no longer stored. The rest no longer needed re-analysis. */
  skipped: number;
  finished_at: string | null;
}

/** Usage of the service. */
export interface Usage {
  from: string;
  to: string;
  /** Later than `from` if there were more records or webhooks than are counted; the newest ones are counted. */
  counted_from: string;
  truncated: boolean;
  bucket: "hour" | "day";
  records: {
    total: number;
    photo_bytes: number;
    statuses: {
      pending: number;
      processing: number;
      completed: number;
      failed: number;
      updated: number;
      canceled: number;
    };
    input_types: {
      image: number;
      label: number;
      text: number;
      manual: number;
    };
    failure_codes: {
      no_food_found: number;
      image_unreadable: number;
      label_not_found: number;
      analysis_unavailable: number;
      timed_out: number;
      canceled: number;
    };
  };
  /** From the upload to the end of the analysis. */
  analysis: Latency | null;
  webhooks: {
    deliveries: {
      waiting: number;
      held: number;
      delivered: number;
      exhausted: number;
      undelivered: number;
    };
    attempts: number;
    failed_attempts: number;
    attempt: Latency | null;
  };
  models: ModelUsage[];
  buckets: UsageBucket[];
  backlog: Backlog;
  error_budget: ErrorBudget;
  /** Estimated operations for the records and webhooks; polls and lists are not tracked. */
  operations: {
    operation:
      | "worker_requests"
      | "object_requests"
      | "object_gb_seconds"
      | "r2_writes"
      | "r2_reads"
      | "queue_operations"
      | "d1_rows_written";
    count: number;
    estimated_usd: number;
  }[];
  /** Operations and models at list price, beyond the plan's included usage; CPU time is not included. */
  estimated_usd: number;
}

/** Median and 95th percentile (nearest rank) of `measured` values. */
export interface Latency {
  measured: number;
  p50_ms: number;
  p95_ms: number;
}

/** The usage of one model. */
export interface ModelUsage {
  model: string;
  calls: number;
  /** Calls that failed or timed out. */
  failed: number;
  mean_ms: number;
  /** As reported by the models; 0 if they do not report it. */
  input_tokens: number;
  output_tokens: number;
  /** Null if the model's price is unknown. */
  estimated_usd: number | null;
}

/** The figures of one hour or day (UTC). */
export interface UsageBucket {
  at: string;
  records: number;
  statuses: {
    pending: number;
    processing: number;
    completed: number;
    failed: number;
    updated: number;
    canceled: number;
  };
  analysis: Latency | null;
  webhook_attempt: Latency | null;
  webhook_attempts: number;
  failed_webhook_attempts: number;
}

/** What is waiting right now, regardless of the range. */
export interface Backlog {
  pending: number;
  processing: number;
  oldest_uploaded_at: string | null;
  oldest_age_ms: number | null;
  /** Final records whose webhook or re-analysis is in progress. */
  final_with_work_left: number;
}

export interface ErrorBudget {
  /** The share of analyses that must not fail because of the service. */
  objective: number;
  /** Analyses that finished, and those still open an hour after their upload. */
  finished: number;
  /** `analysis_unavailable`, `timed_out`, and those still open after an hour. */
  failed: number;
  /** How many are allowed to fail. */
  allowed: number;
  /** The share of the budget that is left; negative if overspent. */
  remaining: number | null;
}

/** One administrative action, through the API or the console. */
export interface AuditEntry {
  id: string;
  at: string;
  /** `admin token`, or the identity from Cloudflare Access. */
  actor: string;
  act:
    | "session.begin"
    | "session.end"
    | "application.create"
    | "application.change"
    | "application.delete"
    | "user.erase"
    | "key.rotate"
    | "key.revoke"
    | "key.end"
    | "keys.reseal"
    | "webhook.test"
    | "delivery.resend"
    | "deliveries.recover"
    | "operations.test"
    | "records.reanalyze";
  application_id: number | null;
  /** The id of the target; for an erasure, its receipt. */
  target: string | null;
  /** The parameters of the action. Never a key, a token or the name of a user. */
  detail: {
    [name: string]: string | number | boolean | string[] | null;
  };
}

/** An operational event and whether it was delivered. */
export interface OperationsDelivery {
  event: OperationsEvent;
  /** `exhausted`: every attempt has failed; `unsent`: `OPERATIONS_WEBHOOK_URL` was not set when it happened. */
  status: "waiting" | "delivered" | "exhausted" | "unsent";
  /** Attempts that were started. */
  attempts: number;
  next_attempt_at: string | null;
  last_attempt: {
    started_at: string;
    /** Null while in progress, and if it was interrupted. */
    latency_ms: number | null;
    /** Null if there was no response. */
    http_status: number | null;
    error: string | null;
  } | null;
}

/** Something that the operators of this service should know about. */
export type OperationsEvent =
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "endpoint.failing";
      created_at: string;
      data: {
        /** The application that owns the endpoint. */
        application_id: number;
        /** How much of the time until the endpoint is disabled has elapsed. */
        percent: 50 | 70 | 90;
        failing_since: string;
        /** From this time on, a failure disables the endpoint, once there have been ten in all. */
        disables_at: string;
        /** Consecutive failed attempts. */
        failures: number;
        /** Why the last attempt failed, as a sentence. */
        reason: string | null;
      };
    }
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "endpoint.disabled";
      created_at: string;
      data: {
        /** The application that owns the endpoint. */
        application_id: number;
        percent: 100;
        failing_since: string;
        /** Consecutive failed attempts. */
        failures: number;
        /** Why the last attempt failed, as a sentence. */
        reason: string | null;
      };
    }
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "endpoint.recovered";
      created_at: string;
      data: {
        /** The application that owns the endpoint. */
        application_id: number;
        failing_since: string;
        was_disabled: boolean;
      };
    }
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "analysis.unavailable";
      created_at: string;
      data: {
        /** Records that failed in this period because no model responded. */
        records: number;
        /** How many applications they belong to. */
        applications: number;
        since: string;
        until: string;
      };
    }
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "model.misconfigured";
      created_at: string;
      data: {
        model: string;
        /** What is wrong, as described by this service. */
        reason: string;
      };
    }
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "error_budget.spent";
      created_at: string;
      data: {
        /** The share of analyses that should not fail because of the service. */
        objective: number;
        finished: number;
        failed: number;
        /** How many of them are allowed to fail. */
        allowed: number;
        /** Records uploaded from this time on are counted. */
        from: string;
        to: string;
      };
    }
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "records.healed";
      created_at: string;
      data: {
        records: number;
        /** How many of them had which problem. */
        kinds: {
          [name: string]: number;
        };
      };
    }
  | {
      /** The `webhook-id` of every attempt. Deduplicate by it. */
      id: string;
      type: "operations.test";
      created_at: string;
      data: {
        message: string;
      };
    };

export interface Health {
  /** `degraded`: photos are accepted and stored, but their analyses wait until the problems in `models` are resolved. */
  status: "ok" | "degraded";
  version: string;
  compatibility_date: string;
  /** The id of the deployed version, if there is one. */
  deployment: string | null;
  /** At most seconds ago: dependencies are not checked on every request. */
  checked_at: string;
  dependencies: {
    database: {
      status: "ok";
      latency_ms: number;
    };
    photos: {
      status: "ok";
      latency_ms: number;
    };
    queue: {
      status: "ok";
      latency_ms: number;
    };
  };
  migrations: {
    applied: number;
    needed: number;
  };
  /** The models in trouble, as seen by recent analyses. */
  models: {
    /** A model's id, or `images`, which scales photos down for the models. */
    model: string;
    /** `busy`: calls fail and are retried. `quota`: the account's quota is exhausted until it resets. `misconfigured`: a setting, a plan or a key has to be changed. `request_refused`: a newer version of the program is needed. */
    state: "busy" | "quota" | "misconfigured" | "request_refused";
    since: string;
    /** When a call last hit the problem; it counts as resolved after 15 minutes without one. */
    last_at: string;
    /** What the problem is and how to fix it. */
    detail: string;
  }[];
}

export interface OpenApiDocument {
  openapi: string;
  [name: string]: unknown;
}

/** The query of `uploadImage`. */
export interface UploadImageQuery {
  /** Whether the response waits for the finished record. */
  wait_on_process?: boolean;
  /** The time limit of that wait. When it is reached, the response is the record in its current state. */
  max_duration_seconds?: number;
  /** `precise` uses the better models, `fast` a small one. */
  analysis_mode?: "precise" | "fast";
  /** When the meal was eaten; the current time if omitted. */
  consumed_at?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
  /** The user's country, for regional foods. */
  country_code?: string;
  /** The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it. */
  language_code?: string;
  /** Whether the record includes a `dish_description`. */
  include_dish_description?: boolean;
  /** Whether the record includes its `ingredients`. */
  include_ingredients?: boolean;
  /** Whether the record includes a `nutri_score`. */
  include_nutri_score?: boolean;
  /** The nutrients to include; by default energy, protein, fat and carbohydrate. */
  include_nutrition_fields?: NutrientField[];
  /** Whether to analyze the photo again even if the same bytes were analyzed before. */
  ignore_cache?: boolean;
  /** Your own data, returned in the record and the webhook: at most 16 pairs of text, 4096 bytes as JSON. */
  metadata?: {
    [name: string]: string;
  };
}

/** The query of `listRecords`. */
export interface ListRecordsQuery {
  /** The earliest time, inclusive. */
  from?: string;
  /** The latest time, exclusive. */
  to?: string;
  /** `true`: times are those of the meals; `false`: those of the uploads. */
  consumed?: "true" | "false";
  /** Only records with this status. */
  status?: Status;
  /** Only records created from this kind of input. */
  input_type?: InputType;
  /** Only records that changed at this time or later. */
  updated_since?: string;
  /** The number of records per page. */
  limit?: number;
  /** A position in the list, from the `Link` header of an earlier page. */
  cursor?: string;
}

/** The query of `uploadLabel`. */
export interface UploadLabelQuery {
  /** `false`: the response is immediate, and the label is followed like any other record. */
  wait_on_process?: boolean;
  /** The time limit of that wait. When it is reached, the response is the record in its current state. */
  max_duration_seconds?: number;
  /** `precise` uses the better models, `fast` a small one. */
  analysis_mode?: "precise" | "fast";
  /** When the meal was eaten; the current time if omitted. */
  consumed_at?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
  /** The user's country, for regional foods. */
  country_code?: string;
  /** The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it. */
  language_code?: string;
  /** Whether the record includes a `dish_description`. */
  include_dish_description?: boolean;
  /** Whether the record includes its `ingredients`. */
  include_ingredients?: boolean;
  /** Whether the record includes a `nutri_score`. */
  include_nutri_score?: boolean;
  /** The nutrients to include, of those that the label states; all of them if omitted. */
  include_nutrition_fields?: NutrientField[];
  /** Whether to analyze the photo again even if the same bytes were analyzed before. */
  ignore_cache?: boolean;
  /** Your own data, returned in the record and the webhook: at most 16 pairs of text, 4096 bytes as JSON. */
  metadata?: {
    [name: string]: string;
  };
}

/** The query of `readEvents`. */
export interface ReadEventsQuery {
  /** The same as the header `Last-Event-ID`, for programs that cannot send it. */
  last_event_id?: string;
}

/** The query of `summariseDay`. */
export interface SummariseDayQuery {
  /** The day by the user's clock; today if omitted. */
  day?: string;
  /** The offset of the user's clock from UTC, in minutes. */
  user_time_offset_minutes?: number;
}

/** The query of `listDeliveries`. */
export interface ListDeliveriesQuery {
  /** Filter by delivery status. */
  status?: "waiting" | "held" | "delivered" | "exhausted" | "undelivered";
  /** Only deliveries of this event. */
  event?: "processing" | "completed" | "failed" | "updated" | "canceled";
  /** Only of this record. */
  record_id?: string;
  /** Only of events from this time on, inclusive. */
  since?: string;
  /** Only of events before this time, exclusive. */
  until?: string;
  /** The number of deliveries per page. */
  limit?: number;
  /** A position in the list, from the `Link` header of an earlier page. */
  cursor?: string;
}

/** The query of `findRecords`. */
export interface FindRecordsQuery {
  /** Only records with this status. */
  status?: Status;
  /** Only records of this application. */
  application_id?: number;
  /** A record's id or at least its first eight digits, or a user's complete id. */
  q?: string;
  /** The maximum number of records per page. */
  limit?: number;
  /** A position in the list, from the `Link` header of an earlier page. */
  cursor?: string;
}

/** The query of `readUsage`. */
export interface ReadUsageQuery {
  /** The earliest upload, inclusive; a week before `to` if omitted. */
  from?: string;
  /** The latest upload, exclusive; the current time if omitted. */
  to?: string;
}

/** The query of `readAuditLog`. */
export interface ReadAuditLogQuery {
  /** Only actions that concern this application. */
  application_id?: number;
  /** The maximum number of actions per page. */
  limit?: number;
  /** A position in the log, from the `Link` header of an earlier page. */
  cursor?: string;
}

/** The query of `listOperationsEvents`. */
export interface ListOperationsEventsQuery {
  /** Only events of this type. */
  type?:
    | "endpoint.failing"
    | "endpoint.disabled"
    | "endpoint.recovered"
    | "analysis.unavailable"
    | "model.misconfigured"
    | "error_budget.spent"
    | "records.healed";
  /** Filter by event status. */
  status?: "waiting" | "delivered" | "exhausted" | "unsent";
  /** The maximum number of events per page. */
  limit?: number;
  /** A position in the list, from the `Link` header of an earlier page. */
  cursor?: string;
}
