import { z } from "zod";
import { timeSchema } from "./time-schema.ts";
import { NUTRIENT_FIELDS } from "../nutrition/nutrient-table.ts";
import { MAX_METADATA_BYTES, MAX_METADATA_PAIRS, MAX_WAIT_SECONDS } from "../bounds.ts";

/** No clock is more than 14 hours off UTC. */
export const MAX_OFFSET_MINUTES = 840;
/** How long a synchronous upload waits when it does not say. */
const DEFAULT_DURATION_SECONDS = 30;

const twoLetters = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z]{2}$/, 'two letters, for example "de"');

/** Pairs that an integrator keeps with a record. */
export const metadataSchema = z
  .record(z.string(), z.string())
  .refine((pairs) => Object.keys(pairs).length <= MAX_METADATA_PAIRS, `at most ${MAX_METADATA_PAIRS} pairs`)
  .refine(
    (pairs) => new TextEncoder().encode(JSON.stringify(pairs)).length <= MAX_METADATA_BYTES,
    `at most ${MAX_METADATA_BYTES} bytes`,
  );

const nutrientFieldSchema = z.enum(NUTRIENT_FIELDS).meta({
  id: "NutrientField",
  description: "The name of a nutrient; its unit is the last part.",
});

const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

const flag = (description: string) => z.boolean().default(false).meta({ description });

/** Whether a meal is planned: without a time until it is eaten. */
export const plannedSchema = flag(
  "Whether the meal is planned: it has no `consumed_at`, and counts in no day, until a change sets one. A `consumed_at` that is sent beside it wins.",
);

/** The options of an upload, as JSON carries them. Unknown fields are ignored. */
export const uploadRequestSchema = z.object({
  wait_on_process: flag("Whether the response waits for the finished record."),
  max_duration_seconds: z.int().min(1).max(MAX_WAIT_SECONDS).default(DEFAULT_DURATION_SECONDS).meta({
    description: "The time limit of that wait. When it is reached, the response is the record in its current state.",
  }),
  analysis_mode: z
    .enum(["precise", "fast"])
    .default("precise")
    .meta({ description: "`precise` uses the better models, `fast` a small one." }),
  consumed_at: timeSchema.optional().meta({ description: "When the meal was eaten; the current time if omitted." }),
  planned: plannedSchema,
  user_time_offset_minutes: z
    .int()
    .min(-MAX_OFFSET_MINUTES)
    .max(MAX_OFFSET_MINUTES)
    .optional()
    .meta({ description: "The offset of the user's clock from UTC, in minutes." }),
  country_code: twoLetters.optional().meta({ description: "The user's country, for regional foods." }),
  language_code: twoLetters.optional().meta({
    description:
      "The language of translated names (ISO 639-1). German, French, Spanish, Italian, Portuguese, Japanese and Chinese are built in for common foods and dishes; other names and languages depend on the service's translation model. A name that is unknown in that language is null, and `analysis.warnings` lists it.",
  }),
  include_dish_description: flag("Whether the record includes a `dish_description`."),
  include_ingredients: flag("Whether the record includes its `ingredients`."),
  include_nutri_score: flag("Whether the record includes a `nutri_score`."),
  include_nutrition_fields: z
    .array(nutrientFieldSchema)
    .transform(distinct)
    .default([])
    .meta({ description: "The nutrients to include; by default energy, protein, fat and carbohydrate." }),
  ignore_cache: flag("Whether to analyze the photo again even if the same bytes were analyzed before."),
  metadata: metadataSchema.optional().meta({
    description: `Your own data, returned in the record and the webhook: at most ${MAX_METADATA_PAIRS} pairs of text, ${MAX_METADATA_BYTES} bytes as JSON.`,
  }),
});

export type UploadRequest = z.infer<typeof uploadRequestSchema>;

/** The options of a label's photo: a label should be read completely. */
export const labelRequestSchema = uploadRequestSchema.extend({
  create_record: flag("Whether the label also becomes a record, of one serving; without it, nothing is stored."),
  wait_on_process: z.boolean().default(true).meta({
    description:
      "`false`: the label becomes a record, the response is immediate, and it is followed like any other record.",
  }),
  include_nutrition_fields: z
    .array(nutrientFieldSchema)
    .transform(distinct)
    .default([...NUTRIENT_FIELDS])
    .meta({ description: "The nutrients to include, of those that the label states; all of them if omitted." }),
});

/** The options that stay with the record: they decide the analysis and how the record is shown. */
export type UploadOptions = Omit<
  UploadRequest,
  "consumed_at" | "planned" | "metadata" | "wait_on_process" | "max_duration_seconds"
>;
