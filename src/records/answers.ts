import { z } from "zod";
import { NUTRIENT_FIELDS, type NutrientField } from "../nutrition/nutrient-table.ts";
import { FAILURE_CODES, INPUT_TYPES, RETRY_REASONS, STAGES, STATUSES, UNITS, type Status } from "./record.ts";

/** What clients are shown of records. These schemas type the presenting functions and make the documentation. */

const time = (description: string) => z.iso.datetime().meta({ description, examples: ["2026-11-23T10:30:04.521Z"] });
const share = (description: string) => z.number().min(0).max(1).meta({ description });

const recordIdSchema = z.uuidv7().meta({
  description: "The record's id.",
  examples: ["01932c2e-7d1b-7c3a-9a51-0d6b1f4e8a20"],
});

/** The parameter of every path that names a record. */
export const recordPathSchema = z.object({ id: recordIdSchema });

export const statusSchema = z.enum(STATUSES).meta({
  id: "Status",
  description:
    "`pending` stored and queued, `processing` being analyzed, `completed`, `failed`, `updated` completed and then changed by the user, `canceled`. The last four are final: none of them returns to `pending` or `processing`. A failed record may still become `completed` or `updated`, when it is analyzed again or replaced by hand.",
});

export const inputTypeSchema = z.enum(INPUT_TYPES).meta({ id: "InputType", description: "What a record was made of." });

const unitSchema = z.enum(UNITS).meta({ id: "Unit", description: "What amounts are in." });

const failureCodeSchema = z.enum(FAILURE_CODES).meta({
  id: "FailureCode",
  description: "Why a record failed, for programs.",
});

/** Of an analysis that could not be done yet. */
const retryFields = {
  retry_at: time("When the analysis is tried again; only while it waits for that.").exactOptional(),
  retry_reason: z.enum(RETRY_REASONS).exactOptional().meta({
    id: "RetryReason",
    description:
      "What it waits for: `models_unavailable` busy or out of reach, `quota_exhausted` until the quota resets, `model_misconfigured` until the operator mends the settings, `service_unavailable` a storage that does not answer.",
  }),
};

const amounts = NUTRIENT_FIELDS.map((field) => [field, z.number().exactOptional()]);

const nutrientsSchema = z
  .object(Object.fromEntries(amounts) as Record<NutrientField, z.ZodExactOptional<z.ZodNumber>>)
  .meta({
    id: "Nutrients",
    description:
      "Amounts for the whole `serving_size`; the unit is the last part of the name. Rounded to one decimal, kilocalories to whole numbers. A value that the food table lacks is absent, never 0.",
  });

const foodSourceSchema = z
  .object({
    table: z.string().meta({ description: "The food table.", examples: ["usda_sr_legacy"] }),
    id: z.string().meta({ description: "The food's id in that table.", examples: ["05064"] }),
    match: share("How well the name fits the table's food."),
  })
  .meta({ id: "FoodSource", description: "Where an ingredient's nutrients come from." });

export const ingredientSchema = z
  .object({
    name: z.string(),
    name_translated: z
      .string()
      .nullable()
      .exactOptional()
      .meta({ description: "With a `language_code` other than `en`; null where no name in that language is known." }),
    serving_size: z.number().meta({ description: "How much of it there is, in `unit`." }),
    unit: unitSchema,
    nutritional_fields: nutrientsSchema,
  })
  .meta({ id: "Ingredient", description: "One food of a dish." });

export const analysisSchema = z
  .object({
    mode: z.enum(["precise", "fast"]),
    models: z.array(z.string()).meta({ description: "The models that were asked, by their ids." }),
    prompt_version: z.string().nullable().meta({ description: "Which version of the prompt they answered." }),
    confidence: share("How sure the analysis is of the dish."),
    energy_kcal_range: z
      .array(z.number())
      .length(2)
      .nullable()
      .meta({ description: "The 10th and the 90th percentile of the dish's energy, in kilocalories." }),
    warnings: z.array(z.string()).meta({ description: "What does not add up, in sentences for people." }),
    cached: z.boolean().meta({ description: "Whether an earlier analysis of the same photo was taken." }),
    boxes: z
      .array(
        z.object({
          name: z.string().meta({ description: "The food as the model named it." }),
          x: share("Its left edge."),
          y: share("Its upper edge."),
          width: share("How wide it is."),
          height: share("How high it is."),
        }),
      )
      .exactOptional()
      .meta({
        description:
          "Where the food is, a box a piece, as shares of the upright photo's width and height. Only with models that tell.",
      }),
    timings_ms: z.record(z.string(), z.number()).meta({ description: "How long each step took, in milliseconds." }),
    ingredients: z.array(
      z.object({
        name: z.string(),
        confidence: share("How sure the analysis is of this ingredient.").nullable(),
        food_source: foodSourceSchema.nullable(),
        alternatives: z
          .array(foodSourceSchema.extend({ name: z.string() }))
          .meta({ description: "The next best foods of the table." }),
      }),
    ),
  })
  .meta({ id: "Analysis", description: "How an analysis came to its numbers." });

/** What is known of a dish, once it is analysed or typed in. */
export const contentSchema = z.object({
  dish_name: z.string(),
  dish_name_translated: z.string().nullable().exactOptional().meta({
    description:
      "With a `language_code` other than `en`; null where no name in that language is known, and for what a user typed.",
  }),
  dish_description: z.string().nullable().exactOptional().meta({ description: "With `include_dish_description`." }),
  dish_description_translated: z.string().nullable().exactOptional().meta({
    description: "With `include_dish_description` and a `language_code` other than `en`; null where there is none.",
  }),
  nutri_score: z.string().nullable().exactOptional().meta({ description: "`A` to `E`, with `include_nutri_score`." }),
  serving_size: z.number().meta({ description: "The portion, in `unit`." }),
  unit: unitSchema,
  nutritional_fields: nutrientsSchema,
  ingredients: z.array(ingredientSchema).exactOptional().meta({ description: "With `include_ingredients`." }),
  analysis: analysisSchema.exactOptional().meta({ description: "Absent for what a user typed." }),
});

export const recordSchema = contentSchema
  .partial()
  .extend({
    record_id: recordIdSchema,
    status: statusSchema,
    input_type: inputTypeSchema,
    application_user_id: z.string().meta({ description: "The application's own user, to whom the record belongs." }),
    failure_reason: z.string().nullable().meta({ description: "A sentence for people, when the record failed." }),
    failure_code: failureCodeSchema.nullable(),
    ...retryFields,
    metadata: z
      .record(z.string(), z.string())
      .nullable()
      .meta({ description: "What the upload gave along, unchanged." }),
    uploaded_at: time("When the record was made."),
    modified_at: time("When it last changed."),
    consumed_at: time("When the meal was eaten."),
  })
  .meta({
    id: "NutritionRecord",
    description: "A meal. `dish_name` and what follows it are there once the record is completed.",
  });

export const recordsSchema = z.array(recordSchema);

export const statusAnswerSchema = z
  .object({
    record_id: recordIdSchema,
    status: statusSchema,
    progress: z.object({
      stage: z.enum(STAGES),
      percent: z.int().min(0).max(100),
    }),
    modified_at: time("When the record last changed."),
    failure_reason: z.string().exactOptional().meta({ description: "When it failed." }),
    failure_code: failureCodeSchema.exactOptional(),
    ...retryFields,
  })
  .meta({ id: "RecordStatus", description: "The small answer made for polling." });

export const uploadAnswerSchema = z
  .object({ record_id: recordIdSchema, status: z.literal("pending"), uploaded_at: time("When it was accepted.") })
  .meta({ id: "AcceptedUpload", description: "The promise of a record: it will be `completed` or `failed`." });

export const labelAnswerSchema = z
  .object({
    record_id: recordIdSchema,
    name: z.string().nullable().meta({ description: "The product, where its name is printed beside the label." }),
    serving_size: z.number().nullable().meta({
      description: "The printed serving, in `unit`; 100 where the label states none.",
    }),
    unit: unitSchema.nullable(),
    nutritional_fields: nutrientsSchema,
    status: statusSchema,
    failure_reason: z
      .string()
      .nullable()
      .meta({ description: "Why there is nothing to show: no label, not legible, or it contradicts its energy." }),
    failure_code: failureCodeSchema.nullable(),
    warnings: z.array(z.string()).meta({ description: "What was repaired, assumed or left out, for people." }),
  })
  .meta({
    id: "LabelAnswer",
    description:
      "What a nutrition label says of `serving_size`, or why that cannot be told. Carbohydrate is with its fibre, as in the food table; kilojoules are turned into kilocalories and salt into sodium; what is only bounded (`<1 g`) counts half of the bound.",
  });

export const cancelAnswerSchema = z
  .object({ record_id: recordIdSchema, status: statusSchema })
  .meta({ id: "CanceledRecord" });

export const summarySchema = z
  .object({
    day: z.iso.date(),
    user_time_offset_minutes: z.int(),
    from: time("When the day began."),
    to: time("When it ended."),
    records: z.int().meta({ description: "How many records count: those that are completed or updated." }),
    statuses: z
      .object(Object.fromEntries(STATUSES.map((status) => [status, z.int()])) as Record<Status, z.ZodInt>)
      .meta({ description: "How many records of the day have each status." }),
    nutritional_fields: nutrientsSchema,
    incomplete_fields: z
      .array(z.enum(NUTRIENT_FIELDS))
      .meta({ description: "Fields that some of the records do not know: their sum is a lower bound." }),
    truncated: z.boolean().meta({ description: "Whether there are more records than are added up." }),
  })
  .meta({ id: "DaySummary", description: "A day's totals." });

export type SummaryAnswer = z.output<typeof summarySchema>;
export type RecordAnswer = z.output<typeof recordSchema>;
export type ContentAnswer = z.output<typeof contentSchema>;
export type IngredientAnswer = z.output<typeof ingredientSchema>;
export type AnalysisAnswer = z.output<typeof analysisSchema>;
export type StatusBody = z.output<typeof statusAnswerSchema>;
export type UploadAnswer = z.output<typeof uploadAnswerSchema>;
export type LabelAnswer = z.output<typeof labelAnswerSchema>;
