import "../../support/node/base64.ts";
import { localOcr } from "../../../src/analysis/labels/local-ocr.ts";
import { chatTranscription, llamaTranscription } from "../../../src/analysis/labels/transcription.ts";
import { classifyModelFailure } from "../../../src/analysis/model-failure.ts";
import { reconcile } from "../../../src/analysis/reconcile.ts";
import { recognizerOf } from "../../../src/analysis/ask-model.ts";
import type { Recognition } from "../../../src/analysis/recognizers/recognizer.ts";
import { parseLabel } from "../../../src/nutrition/labels/parse-label.ts";
import { createEventParser, MAX_EVENT_LENGTH, type ServerEvent } from "../../../src/client/event-parser.ts";
import { bytesOf, must, textOf, type Target } from "../target.ts";

const RECOGNIZERS = ["@local/centernet-coco", "@cf/meta/llama-x", "@cf/moondream/x", "@cf/llava-hf/x", "any"].map(
  recognizerOf,
);

const FOOD = '{"name":"rice","grams":200,"grams_low":150,"grams_high":250,"confidence":0.8}';
const SEEN = `{"food_present":true,"dish_name":"bowl","description":null,"foods":[${FOOD},{"name":"egg","grams":50,"confidence":1}]}`;

function judgeRecognition({ foods, warnings }: Recognition): void {
  must(foods.length <= 200 && JSON.stringify(warnings).length < 20_000, "a sighting has no bound");
  for (const { grams, sizeRange, confidence } of foods) {
    must(Number.isFinite(grams) && grams > 0, `${grams} g`);
    must(sizeRange[0] <= grams && grams <= sizeRange[1], `${grams} g in ${sizeRange.join("–")}`);
    must(confidence >= 0 && confidence <= 1, `confidence ${confidence}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The events of a stream that comes in pieces of `step` characters; null when the parser gives it up. */
function eventsOf(text: string, step: number): ServerEvent[] | null {
  const parse = createEventParser();
  const events: ServerEvent[] = [];
  try {
    for (let at = 0; at < text.length; at += step) events.push(...parse(text.slice(at, at + step)));
  } catch (error) {
    must(error instanceof RangeError, String(error));
    return null;
  }
  return events;
}

/** What models answer, and what the client reads of a stream. */
export const answer: Target = {
  seeds: () =>
    [
      JSON.stringify({ choices: [{ message: { content: `Here: \`\`\`json\n${SEEN}\n\`\`\`` } }] }),
      JSON.stringify({ response: SEEN }),
      JSON.stringify({ response: parsed(SEEN) }),
      JSON.stringify({ answer: SEEN, objects: [{ x_min: 0, y_min: 0, x_max: 1, y_max: 0.5 }] }),
      JSON.stringify({ description: SEEN }),
      JSON.stringify({
        response: '{"label_present":true,"product_name":null,"rows":[["Energy","100 kcal"],["Fat","1 g"]]}',
      }),
      JSON.stringify({
        model: "centernet-mobilenetv3-coco",
        views: ["stretch", "padded"].map((view) => ({
          view,
          detections: [{ label: "orange", score: 0.6, box: { x: 0.1, y: 0.1, width: 0.5, height: 0.5 } }],
        })),
      }),
      JSON.stringify({
        model: "tesseract-5-eng",
        words: [{ text: "Fat", confidence: 0.9, box: { left: 0, top: 0, right: 10, bottom: 10 } }],
      }),
      "event: status\r\nid: 1\r\ndata: {\r\ndata: }\r\n\r\n: comment\n\ndata\n\n",
    ].map(bytesOf),
  words: [
    "1e308",
    "5e-324",
    "-0",
    "{",
    "}",
    "[",
    "]",
    '"',
    "null",
    '"grams":',
    '"foods":[',
    FOOD,
    "data: ",
    "id:",
    "\r",
    "\n\n",
    "\r\n",
    "3036: ",
  ],
  maxBytes: 60_000,
  run(input) {
    const text = textOf(input);
    const given = parsed(text);
    const recognitions: Recognition[] = [];
    for (const recognizer of RECOGNIZERS) {
      for (const one of [given, text]) {
        const read = recognizer.readOutput(one);
        if (read.ok) recognitions.push(read.value);
        else must(read.error.detail.length < 1000 + text.length, "a complaint has no bound");
        recognizer.locate?.readOutput(one);
      }
    }
    for (const recognition of recognitions) judgeRecognition(recognition);
    if (recognitions.length > 0)
      judgeRecognition(reconcile(recognitions.map((recognition) => ({ model: "m", recognition }))));
    for (const reader of [localOcr, chatTranscription, llamaTranscription]) {
      const read = reader.readOutput(given);
      if (read.ok) parseLabel(read.value);
    }
    const { detail } = classifyModelFailure(new Error(text), "m", 0);
    must(detail.length < 1000, "what is told of a model's failure has no bound");
    const whole = eventsOf(text, Math.max(1, text.length));
    if (text.length >= MAX_EVENT_LENGTH) return;
    for (const step of [1, 3, 64]) {
      must(
        JSON.stringify(eventsOf(text, step)) === JSON.stringify(whole),
        `events differ when they come in pieces of ${step}`,
      );
    }
  },
};
