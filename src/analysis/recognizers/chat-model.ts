import { z } from "zod";
import { RECOGNITION_JSON_SCHEMA, PROMPT_VERSION } from "../prompts.ts";
import { askAgain, MAX_TOKENS, photoMessages, textMessages } from "./messages.ts";
import type { Recognizer } from "./recognizer.ts";
import { unreadable } from "./json-output.ts";
import { readRecognition } from "./recognition-output.ts";

const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** The text of an OpenAI-style chat completion; null when it is none. */
export const completionText = (answer: unknown): string | null =>
  completionSchema.safeParse(answer).data?.choices[0]?.message.content ?? null;

/** Output settings of such a model: strict JSON, deterministic, with enough tokens. */
const ANSWER_SETTINGS = {
  response_format: { type: "json_schema", json_schema: { name: "sighting", schema: RECOGNITION_JSON_SCHEMA } },
  max_tokens: MAX_TOKENS,
  temperature: 0,
} as const;

/** Workers AI's OpenAI-style models (gemma-4, qwen3.8): chat completions, a photo as an `image_url` part. */
export const chatModel: Recognizer = {
  promptVersion: PROMPT_VERSION,
  buildInput: (photo, hints) => ({ messages: photoMessages(photo, hints), ...ANSWER_SETTINGS }),
  buildTextInput: (words) => ({ messages: textMessages(words), ...ANSWER_SETTINGS }),
  buildRepair: (input, answer, detail) => askAgain(input, completionText(answer) ?? "", detail),
  readOutput(answer) {
    const text = completionText(answer);
    return text === null ? unreadable("not a chat completion") : readRecognition(text);
  },
};
