import { z } from "zod";
import type { LabelText } from "../../nutrition/labels/label.ts";
import { ok, type Result } from "../../result.ts";
import { completionText } from "../recognizers/chat-model.ts";
import { parseModelJson } from "../recognizers/json-output.ts";
import { responseOf } from "../recognizers/llama-vision.ts";
import { askAgain, besidePhoto } from "../recognizers/messages.ts";
import type { UnreadableOutput } from "../recognizers/recognizer.ts";
import {
  LABEL_PROMPT_VERSION,
  MAX_LABEL_CELLS,
  MAX_LABEL_ROWS,
  TRANSCRIPTION_JSON_SCHEMA,
  transcriptionPrompt,
} from "./label-prompt.ts";
import type { LabelReader } from "./label-reader.ts";

/** A long table in JSON is about 1,500 tokens. */
const SETTINGS = { max_tokens: 4096, temperature: 0 } as const;
/** A linear label may be one cell. */
const MAX_CELL_LENGTH = 1000;
const MAX_NAME_LENGTH = 120;

const transcriptionSchema = z.object({
  label_present: z.boolean(),
  product_name: z.string().trim().max(MAX_NAME_LENGTH).nullish(),
  rows: z.array(z.array(z.string().max(MAX_CELL_LENGTH)).max(MAX_LABEL_CELLS)).max(MAX_LABEL_ROWS),
});

function readTranscription(content: unknown): Result<LabelText, UnreadableOutput> {
  const transcription = parseModelJson(transcriptionSchema, content);
  if (!transcription.ok) return transcription;
  const { label_present, product_name, rows } = transcription.value;
  return ok({
    productName: product_name === "" ? null : (product_name ?? null),
    legibility: null,
    rows: label_present ? rows.map((cells) => cells.map((text, x) => ({ text, x }))) : [],
  });
}

/**
 * A vision model that only transcribes the label's text. Interpreting the numbers is left to the parser, so that a
 * hallucinated value has to agree with the printed energy too.
 */
const transcriptionBy = (
  contentOf: (answer: unknown) => string | Record<string, unknown> | null,
  settings: Record<string, unknown>,
): LabelReader => ({
  promptVersion: LABEL_PROMPT_VERSION,
  buildInput: (photo) => ({ messages: besidePhoto(transcriptionPrompt(), photo), ...SETTINGS, ...settings }),
  buildRepair(input, answer, detail) {
    const content = contentOf(answer) ?? "";
    return askAgain(input, typeof content === "string" ? content : JSON.stringify(content), detail);
  },
  readOutput: (answer) => readTranscription(contentOf(answer)),
});

/** Workers AI's OpenAI-style models. */
export const chatTranscription = transcriptionBy(completionText, {
  response_format: { type: "json_schema", json_schema: { name: "label", schema: TRANSCRIPTION_JSON_SCHEMA } },
});

/** Workers AI's Llama models. */
export const llamaTranscription = transcriptionBy(responseOf, {});
