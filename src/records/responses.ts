import { z } from "zod";
import { NUTRIENT_FIELDS, type NutrientField } from "../nutrition/nutrient-table.ts";
import { FAILURE_CODES, INPUT_TYPES, RETRY_REASONS, STAGES, STATUSES, UNITS, type Status } from "./record.ts";

/** Records as returned to clients. These schemas type the presenting functions and generate the documentation. */

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
    "`pending` stored and queued, `processing` being analyzed, `completed`, `failed`, `updated` completed and then changed by the user, `canceled`. The last four are final: none of them returns to `pending` or `processing`. A failed record can still become `completed` or `updated`, if it is re-analyzed or replaced manually.",
});

export const inputTypeSchema = z
  .enum(INPUT_TYPES)
  .meta({ id: "InputType", description: "What a record was created from." });

const unitSchema = z.enum(UNITS).meta({ id: "Unit", description: "The unit of amounts." });

const failureCodeSchema = z.enum(FAILURE_CODES).meta({
  id: "FailureCode",
  description: "Why a record failed, for programs to branch on.",
});

/** Of an analysis that could not be done yet. */
const retryFields = {
  retry_at: time("When the analysis is retried; present only while a retry is pending.").exactOptional(),
  retry_reason: z.enum(RETRY_REASONS).exactOptional().meta({
    id: "RetryReason",
    description:
      "What it waits for: `models_unavailable`, models that are busy or unreachable; `quota_exhausted`, the quota to reset; `model_misconfigured`, the operator to fix the settings; `service_unavailable`, storage that does not respond.",
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
    match: share("How well the name matches the food in the table."),
  })
  .meta({ id: "FoodSource", description: "Where an ingredient's nutrients come from." });

export const ingredientSchema = z
  .object({
    name: z.string(),
    name_translated: z
      .string()
      .nullable()
      .exactOptional()
      .meta({ description: "With a `language_code` other than `en`; null if no name in that language is known." }),
    serving_size: z.number().meta({ description: "The amount, in `unit`." }),
    unit: unitSchema,
    nutritional_fields: nutrientsSchema,
  })
  .meta({ id: "Ingredient", description: "One food of a dish." });

export const analysisSchema = z
  .object({
    mode: z.enum(["precise", "fast"]),
    models: z.array(z.string()).meta({ description: "The ids of the models that were called." }),
    prompt_version: z.string().nullable().meta({ description: "The version of the prompt they were given." }),
    confidence: share("The confidence of the analysis in the dish."),
    energy_kcal_range: z
      .array(z.number())
      .length(2)
      .nullable()
      .meta({ description: "The 10th and the 90th percentile of the dish's energy, in kilocalories." }),
    warnings: z.array(z.string()).meta({ description: "What is uncertain or inconsistent, in sentences for people." }),
    cached: z.boolean().meta({ description: "Whether an earlier analysis of the same photo was reused." }),
    boxes: z
      .array(
        z.object({
          name: z.string().meta({ description: "The food as the model named it." }),
          x: share("The left edge."),
          y: share("The top edge."),
          width: share("The width."),
          height: share("The height."),
        }),
      )
      .exactOptional()
      .meta({
        description:
          "Where the food is, one box per piece, as fractions of the upright photo's width and height. Only with models that report boxes.",
      }),
    timings_ms: z.record(z.string(), z.number()).meta({ description: "How long each step took, in milliseconds." }),
    ingredients: z.array(
      z.object({
        name: z.string(),
        confidence: share("The confidence of the analysis in this ingredient.").nullable(),
        food_source: foodSourceSchema.nullable(),
        alternatives: z
          .array(foodSourceSchema.extend({ name: z.string() }))
          .meta({ description: "The next best matches in the food table." }),
      }),
    ),
  })
  .meta({ id: "Analysis", description: "How an analysis arrived at its numbers." });

/** What is known of a dish, once it is analyzed or typed in. */
export const contentSchema = z.object({
  dish_name: z.string(),
  dish_name_translated: z.string().nullable().exactOptional().meta({
    description:
      "With a `language_code` other than `en`; null if no name in that language is known. In a manual entry, if it was entered.",
  }),
  dish_description: z.string().nullable().exactOptional().meta({
    description: "With `include_dish_description`; in a manual entry, if it was entered.",
  }),
  dish_description_translated: z.string().nullable().exactOptional().meta({
    description: "With `include_dish_description` and a `language_code` other than `en`; null where there is none.",
  }),
  nutri_score: z.string().nullable().exactOptional().meta({ description: "`A` to `E`, with `include_nutri_score`." }),
  serving_size: z.number().meta({ description: "The portion, in `unit`." }),
  unit: unitSchema,
  nutritional_fields: nutrientsSchema,
  ingredients: z.array(ingredientSchema).exactOptional().meta({ description: "With `include_ingredients`." }),
  analysis: analysisSchema.exactOptional().meta({ description: "Absent for manual entries." }),
});

export const recordSchema = contentSchema
  .partial()
  .extend({
    record_id: recordIdSchema,
    status: statusSchema,
    input_type: inputTypeSchema,
    application_user_id: z.string().meta({ description: "The application's user who owns the record." }),
    failure_reason: z.string().nullable().meta({ description: "A sentence for people, when the record failed." }),
    failure_code: failureCodeSchema.nullable(),
    ...retryFields,
    metadata: z
      .record(z.string(), z.string())
      .nullable()
      .meta({ description: "Metadata supplied with the upload, returned verbatim." }),
    uploaded_at: time("When the record was created."),
    modified_at: time("When it last changed."),
    consumed_at: time("When the meal was eaten; null while it is planned.").nullable(),
    user_time_offset_minutes: z
      .int()
      .exactOptional()
      .meta({ description: "The offset of the user's clock from UTC, if the upload named it." }),
  })
  .meta({
    id: "NutritionRecord",
    description: "A meal. `dish_name` and the fields after it are present once the record is completed.",
  });

export const recordsSchema = z.array(recordSchema);

export const statusResponseSchema = z
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
  .meta({ id: "RecordStatus", description: "A small response for polling." });

export const uploadResponseSchema = z
  .object({ record_id: recordIdSchema, status: z.literal("pending"), uploaded_at: time("When it was accepted.") })
  .meta({
    id: "AcceptedUpload",
    description: "An accepted record, which is guaranteed to become `completed` or `failed`.",
  });

export const labelReadingSchema = z
  .object({
    record_id: recordIdSchema.exactOptional().meta({ description: "With `create_record`." }),
    name: z.string().nullable().meta({ description: "The product, if its name is printed next to the label." }),
    serving_size: z.number().nullable().meta({
      description: "The printed serving, in `unit`; 100 if the label states none.",
    }),
    unit: unitSchema.nullable(),
    nutritional_fields: nutrientsSchema,
    status: statusSchema,
    failure_reason: z.string().nullable().meta({
      description: "Why there are no values: no label, an illegible one, or one whose energy is inconsistent.",
    }),
    failure_code: failureCodeSchema.nullable(),
    warnings: z.array(z.string()).meta({ description: "What was repaired, assumed or omitted, for people." }),
  })
  .meta({
    id: "LabelReading",
    description:
      "What a nutrition label states for `serving_size`, or why it could not be read. Carbohydrate includes fiber, as in the food table; kilojoules are converted to kilocalories and salt to sodium; a value given only as a bound (`<1 g`) counts as half the bound.",
  });

export const cancelResponseSchema = z
  .object({ record_id: recordIdSchema, status: statusSchema })
  .meta({ id: "CanceledRecord" });

export const summarySchema = z
  .object({
    day: z.iso.date(),
    user_time_offset_minutes: z.int(),
    from: time("The start of the day."),
    to: time("The end of the day."),
    records: z.int().meta({ description: "How many records are counted: those that are completed or updated." }),
    statuses: z
      .object(Object.fromEntries(STATUSES.map((status) => [status, z.int()])) as Record<Status, z.ZodInt>)
      .meta({ description: "How many of the day's records have each status." }),
    nutritional_fields: nutrientsSchema,
    incomplete_fields: z
      .array(z.enum(NUTRIENT_FIELDS))
      .meta({ description: "Fields that are unknown for some of the records; their sum is a lower bound." }),
    truncated: z.boolean().meta({ description: "Whether there are more records than were added up." }),
  })
  .meta({ id: "DaySummary", description: "A day's totals." });

export type SummaryResponse = z.output<typeof summarySchema>;
export type RecordResponse = z.output<typeof recordSchema>;
export type ContentResponse = z.output<typeof contentSchema>;
export type IngredientResponse = z.output<typeof ingredientSchema>;
export type AnalysisResponse = z.output<typeof analysisSchema>;
export type StatusBody = z.output<typeof statusResponseSchema>;
export type UploadResponse = z.output<typeof uploadResponseSchema>;
export type LabelReading = z.output<typeof labelReadingSchema>;
