import { z } from "zod";
import { NUTRIENT_FIELDS } from "../nutrition/nutrients.ts";

const MAX_OFFSET_MINUTES = 840;
const MAX_METADATA_PAIRS = 16;
const MAX_METADATA_BYTES = 4096;

const twoLetters = z.string().regex(/^[a-z]{2}$/, 'two lower-case letters, for example "de"');

const metadata = z
  .record(z.string(), z.string())
  .refine((pairs) => Object.keys(pairs).length <= MAX_METADATA_PAIRS, `at most ${MAX_METADATA_PAIRS} pairs`)
  .refine(
    (pairs) => new TextEncoder().encode(JSON.stringify(pairs)).length <= MAX_METADATA_BYTES,
    `at most ${MAX_METADATA_BYTES} bytes`,
  );

/** The options of an upload, as JSON carries them. Unknown fields are ignored. */
export const uploadRequestSchema = z.object({
  analysis_mode: z.enum(["precise", "fast"]).default("precise"),
  consumed_at: z.iso.datetime({ offset: true }).optional(),
  user_time_offset_minutes: z.int().min(-MAX_OFFSET_MINUTES).max(MAX_OFFSET_MINUTES).optional(),
  country_code: twoLetters.optional(),
  language_code: twoLetters.optional(),
  include_dish_description: z.boolean().default(false),
  include_ingredients: z.boolean().default(false),
  include_nutri_score: z.boolean().default(false),
  include_nutrition_fields: z.array(z.enum(NUTRIENT_FIELDS)).default([]),
  metadata: metadata.optional(),
});

export type UploadRequest = z.infer<typeof uploadRequestSchema>;

/** The options that stay with the record: they decide the analysis and how the record is shown. */
export type UploadOptions = Omit<UploadRequest, "consumed_at" | "metadata">;

const BOOLEANS: Record<string, boolean | undefined> = { true: true, false: false };

const asNumber = (text: string): unknown => (/^-?\d+$/.test(text) ? Number(text) : text);
const asBoolean = (text: string): unknown => BOOLEANS[text] ?? text;
const asList = (text: string): unknown => text.split(",").filter((item) => item !== "");

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const FROM_TEXT: Partial<Record<keyof UploadRequest, (text: string) => unknown>> = {
  user_time_offset_minutes: asNumber,
  include_dish_description: asBoolean,
  include_ingredients: asBoolean,
  include_nutri_score: asBoolean,
  include_nutrition_fields: asList,
  metadata: asJson,
};

/**
 * Turns the texts of query parameters and form fields into what JSON would have carried, so that one schema judges
 * all three. A text that does not fit stays as it is and fails there.
 */
export function fromTextFields(fields: Iterable<readonly [string, string]>): Record<string, unknown> {
  const converters: Record<string, ((text: string) => unknown) | undefined> = FROM_TEXT;
  return Object.fromEntries([...fields].map(([name, text]) => [name, converters[name]?.(text) ?? text]));
}
