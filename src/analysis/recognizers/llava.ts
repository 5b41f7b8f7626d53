import { z } from "zod";
import { PROMPT_VERSION, recognitionPrompt } from "../prompts.ts";
import type { Recognizer } from "./recognizer.ts";
import { unreadable } from "./json-output.ts";
import { readRecognition } from "./recognition-output.ts";

/** Its context is 4,096 tokens, including the photo. */
const MAX_TOKENS = 1024;

const answerSchema = z.object({ description: z.string() });

/** LLaVA 1.5 on Workers AI: the photo as a list of bytes, one prompt, the output under `description`. */
export const llava: Recognizer = {
  promptVersion: PROMPT_VERSION,
  buildInput(photo, hints) {
    const { system, user } = recognitionPrompt(hints, photo.orientation);
    return { image: [...photo.bytes], prompt: `${system}\n\n${user}`, max_tokens: MAX_TOKENS, temperature: 0 };
  },
  readOutput(output) {
    const parsed = answerSchema.safeParse(output);
    return parsed.success ? readRecognition(parsed.data.description) : unreadable("no description");
  },
};
