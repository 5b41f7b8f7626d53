import { z } from "zod";
import { ok } from "../../result.ts";
import { PROMPT_VERSION, recognitionPrompt } from "../prompts.ts";
import { dataUri, MAX_TOKENS } from "./messages.ts";
import type { Box, Recognizer } from "./recognizer.ts";
import { firstIssue, unreadable } from "./json-output.ts";
import { readRecognition } from "./recognition-output.ts";

/** More boxes of one food than this are indistinguishable. */
const MAX_OBJECTS = 50;

const answerSchema = z.object({ answer: z.string() });

const fraction = z.number().min(0).max(1);
const objectsSchema = z.object({
  objects: z
    .array(z.object({ x_min: fraction, y_min: fraction, x_max: fraction, y_max: fraction }))
    .max(MAX_OBJECTS)
    .refine((objects) => objects.every((box) => box.x_min <= box.x_max && box.y_min <= box.y_max), "inside out"),
});

const toBox = ({ x_min, y_min, x_max, y_max }: z.infer<typeof objectsSchema>["objects"][number]): Box => ({
  x: x_min,
  y: y_min,
  width: x_max - x_min,
  height: y_max - y_min,
});

/** Moondream 3: one question about the photo, and where a named food is. It streams and reasons unless told not to. */
export const moondream: Recognizer = {
  promptVersion: PROMPT_VERSION,
  buildInput(photo, hints) {
    const { system, user } = recognitionPrompt(hints, photo.orientation);
    return {
      task: "query",
      image: dataUri(photo),
      question: `${system}\n\n${user}`,
      stream: false,
      reasoning: false,
      max_tokens: MAX_TOKENS,
      temperature: 0,
    };
  },
  readOutput(answer) {
    const parsed = answerSchema.safeParse(answer);
    return parsed.success ? readRecognition(parsed.data.answer) : unreadable("no answer");
  },
  locate: {
    buildInput: (photo, food) => ({
      task: "detect",
      image: dataUri(photo),
      target: food,
      max_objects: MAX_OBJECTS,
      stream: false,
    }),
    readOutput(answer) {
      const parsed = objectsSchema.safeParse(answer);
      return parsed.success ? ok(parsed.data.objects.map(toBox)) : unreadable(firstIssue(parsed.error));
    },
  },
};
