import { z } from "zod";
import { PROMPT_VERSION } from "../prompts.ts";
import { askAgain, MAX_TOKENS, photoMessages, textMessages } from "./messages.ts";
import type { Recognizer } from "./recognizer.ts";
import { unreadable } from "./json-output.ts";
import { readRecognition } from "./recognition-output.ts";

/** Some of these models parse their JSON themselves. */
const answerSchema = z.object({ response: z.union([z.string(), z.record(z.string(), z.unknown())]) });

/** What such a model answered, as text or as JSON; null when it is neither. */
export const responseOf = (answer: unknown): string | Record<string, unknown> | null =>
  answerSchema.safeParse(answer).data?.response ?? null;

const settings = { max_tokens: MAX_TOKENS, temperature: 0 } as const;

/** Workers AI's Llama models (3.2 Vision, 4 Scout): messages as in a chat, the output under `response`. */
export const llamaVision: Recognizer = {
  promptVersion: PROMPT_VERSION,
  buildInput: (photo, hints) => ({ messages: photoMessages(photo, hints), ...settings }),
  buildTextInput: (words) => ({ messages: textMessages(words), ...settings }),
  buildRepair(input, answer, detail) {
    const response = responseOf(answer) ?? "";
    return askAgain(input, typeof response === "string" ? response : JSON.stringify(response), detail);
  },
  readOutput(answer) {
    const response = responseOf(answer);
    return response === null ? unreadable("no response") : readRecognition(response);
  },
};
