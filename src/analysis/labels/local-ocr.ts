import { z } from "zod";
import { groupRows } from "../../nutrition/labels/group-rows.ts";
import { ok } from "../../result.ts";
import { parseModelJson } from "../recognizers/json-output.ts";
import type { LabelReader } from "./label-reader.ts";

/** A full page of small print has about a thousand words. */
const MAX_WORDS = 2000;
const MAX_WORD_LENGTH = 200;

const pixels = z.number().min(0);

const wordSchema = z.object({
  text: z.string().max(MAX_WORD_LENGTH),
  confidence: z.number().min(0).max(1),
  box: z
    .object({ left: pixels, top: pixels, right: pixels, bottom: pixels })
    .refine(({ left, top, right, bottom }) => left <= right && top <= bottom, "is inside out"),
});

const answerSchema = z.object({ model: z.literal("tesseract-5-eng"), words: z.array(wordSchema).max(MAX_WORDS) });

/** The reader of printed text that the `local-ai` Worker serves as `@local/tesseract`: Latin letters only. */
export const localOcr: LabelReader = {
  promptVersion: null,
  buildInput: (photo) => ({ image: photo.bytes }),

  readOutput(output) {
    const read = parseModelJson(answerSchema, output);
    return read.ok ? ok(groupRows(read.value.words)) : read;
  },
};
