import { z } from "zod";
import { PROMPT_VERSION, recognitionPrompt } from "../prompts.ts";
import type { Recogniser } from "./recogniser.ts";
import { unreadable } from "./json-answer.ts";
import { readSighting } from "./sighting-answer.ts";

/** Its context is 4,096 tokens, including the photo. */
const MAX_TOKENS = 1024;

const answerSchema = z.object({ description: z.string() });

/** LLaVA 1.5 on Workers AI: the photo as a list of bytes, one prompt, the output under `description`. */
export const llava: Recogniser = {
  promptVersion: PROMPT_VERSION,
  buildInput(photo, hints) {
    const { system, user } = recognitionPrompt(hints, photo.orientation);
    return { image: [...photo.bytes], prompt: `${system}\n\n${user}`, max_tokens: MAX_TOKENS, temperature: 0 };
  },
  readAnswer(answer) {
    const parsed = answerSchema.safeParse(answer);
    return parsed.success ? readSighting(parsed.data.description) : unreadable("no description");
  },
};
