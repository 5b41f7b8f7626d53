import { z } from "zod";
import { fail, ok, type Result } from "../../result.ts";
import { MAX_FOODS, PROMPT_VERSION, recognitionPrompt, SIGHTING_JSON_SCHEMA, textPrompt } from "../prompts.ts";
import type { ModelPhoto, RecognitionHints, Recogniser, SeenFood, Sighting, UnreadableAnswer } from "./recogniser.ts";

/** The answer is a short list; some models stop after 256 tokens when no limit is named. */
const MAX_TOKENS = 2048;
/** Nobody photographs a portion above this; a larger number is a slip of the model. */
const MAX_GRAMS = 5000;
const MAX_NAME_LENGTH = 120;
const MAX_DESCRIPTION_LENGTH = 1000;

const grams = z.number().positive().max(MAX_GRAMS);

const sightingSchema = z.object({
  food_present: z.boolean(),
  dish_name: z.string().max(MAX_NAME_LENGTH).nullish(),
  description: z.string().max(MAX_DESCRIPTION_LENGTH).nullish(),
  foods: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
        grams,
        grams_low: grams.optional(),
        grams_high: grams.optional(),
        confidence: z.number().min(0).max(1),
      }),
    )
    .max(MAX_FOODS),
});

const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** The photo as a data URI, which every vision model of Workers AI's chat API takes. */
const dataUri = (photo: ModelPhoto): string => `data:image/${photo.format};base64,${photo.bytes.toBase64()}`;

/** The outermost JSON object of a text; models like to put prose or a code fence around it. */
function parseObject(text: string): unknown {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
}

/** Without a range from the model: what a general model is off by on one photo, about 40 % (Fridolfsson 2025: 36 %). */
const TYPICAL_ERROR = 0.4;

function toSeenFood(food: z.infer<typeof sightingSchema>["foods"][number]): SeenFood {
  const low = food.grams_low ?? food.grams * (1 - TYPICAL_ERROR);
  const high = food.grams_high ?? food.grams * (1 + TYPICAL_ERROR);
  return {
    name: food.name,
    grams: food.grams,
    gramsRange: [Math.min(low, food.grams), Math.max(high, food.grams)],
    confidence: food.confidence,
    boxes: [],
  };
}

const unreadable = (detail: string): Result<never, UnreadableAnswer> => fail({ reason: "bad_answer", detail });

function readAnswer(answer: unknown): Result<Sighting, UnreadableAnswer> {
  const completion = completionSchema.safeParse(answer);
  if (!completion.success) return unreadable("not a chat completion");
  const content = completion.data.choices[0]?.message.content ?? "";
  const sighting = sightingSchema.safeParse(parseObject(content));
  if (!sighting.success) return unreadable(z.prettifyError(sighting.error));
  const { food_present, dish_name, description, foods } = sighting.data;
  return ok({
    dishName: dish_name ?? null,
    description: description ?? null,
    foods: food_present ? foods.map(toSeenFood) : [],
    foodPresent: food_present,
    warnings: [],
  });
}

/** What decides how such a model answers: strict JSON, as likely as possible, with room for all of it. */
const ANSWER_SETTINGS = {
  response_format: { type: "json_schema", json_schema: { name: "sighting", schema: SIGHTING_JSON_SCHEMA } },
  max_tokens: MAX_TOKENS,
  temperature: 0,
} as const;

/** Asks the same models about words. Their answer has the same shape; `chatModel.readAnswer` reads it. */
export function buildTextInput(words: readonly string[]): Record<string, unknown> {
  const prompt = textPrompt(words);
  const messages = [
    { role: "system", content: prompt.system },
    { role: "user", content: prompt.user },
  ];
  return { messages, ...ANSWER_SETTINGS };
}

/** Workers AI's OpenAI-style vision models (gemma-4, qwen3.8): chat completions with an `image_url` part. */
export const chatModel: Recogniser = {
  promptVersion: PROMPT_VERSION,
  buildInput(photo: ModelPhoto, hints: RecognitionHints) {
    const prompt = recognitionPrompt(hints.countryCode);
    return {
      messages: [
        { role: "system", content: prompt.system },
        {
          role: "user",
          content: [
            { type: "text", text: prompt.user },
            { type: "image_url", image_url: { url: dataUri(photo) } },
          ],
        },
      ],
      ...ANSWER_SETTINGS,
    };
  },
  readAnswer,
};
