import { recognitionPrompt, REPAIR_PROMPT, textPrompt } from "../prompts.ts";
import type { ModelPhoto, RecognitionHints } from "./recognizer.ts";

/** The answer is a short list; some models stop after 256 tokens when no limit is named. */
export const MAX_TOKENS = 2048;

const dataUris = new WeakMap<ModelPhoto, string>();

/**
 * The photo as a data URI, which every vision model of Workers AI's chat API takes; one text for all calls about a
 * photo.
 */
export function dataUri(photo: ModelPhoto): string {
  const known = dataUris.get(photo);
  if (known !== undefined) return known;
  const uri = `data:image/${photo.format};base64,${photo.bytes.toBase64()}`;
  dataUris.set(photo, uri);
  return uri;
}

/** The messages that ask a chat model about the food in a photo. */
export const photoMessages = (photo: ModelPhoto, hints: RecognitionHints): Record<string, unknown>[] =>
  besidePhoto(recognitionPrompt(hints, photo.orientation), photo);

/** A prompt's two texts as messages, the photo beside the second. */
export function besidePhoto(prompt: { system: string; user: string }, photo: ModelPhoto): Record<string, unknown>[] {
  return [
    { role: "system", content: prompt.system },
    {
      role: "user",
      content: [
        { type: "text", text: prompt.user },
        { type: "image_url", image_url: { url: dataUri(photo) } },
      ],
    },
  ];
}

/** The messages that ask a chat model about words. */
export function textMessages(words: readonly string[]): Record<string, unknown>[] {
  const prompt = textPrompt(words);
  return [
    { role: "system", content: prompt.system },
    { role: "user", content: prompt.user },
  ];
}

/** The same request once more, with what was wrong with the output to it. */
export function askAgain(input: Record<string, unknown>, answer: string, detail: string): Record<string, unknown> {
  const asked = Array.isArray(input["messages"]) ? (input["messages"] as unknown[]) : [];
  const messages = [
    ...asked,
    { role: "assistant", content: answer },
    { role: "user", content: `${REPAIR_PROMPT} ${detail}` },
  ];
  return { ...input, messages };
}
