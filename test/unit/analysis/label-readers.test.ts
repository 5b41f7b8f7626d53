import { describe, expect, it } from "vitest";
import { localOcr } from "../../../src/analysis/labels/local-ocr.ts";
import { chatTranscription, llamaTranscription } from "../../../src/analysis/labels/transcription.ts";
import { parseLabel } from "../../../src/nutrition/labels/parse-label.ts";

const completion = (content: unknown) => ({
  choices: [{ message: { content: typeof content === "string" ? content : JSON.stringify(content) } }],
});
const rows = [
  ["", "per 100 g"],
  ["Energy", "1570 kJ / 372 kcal"],
  ["Fat", "7.4 g"],
  ["Carbohydrate", "68.3 g"],
  ["Protein", "7.9 g"],
];
const transcription = { label_present: true, product_name: "Oats", rows };

describe("a model's transcription of a label", () => {
  it("becomes rows of cells, as they are", () => {
    expect(chatTranscription.readOutput(completion(transcription))).toEqual({
      ok: true,
      value: {
        productName: "Oats",
        legibility: null,
        rows: rows.map((cells) => cells.map((text, x) => ({ text, x }))),
      },
    });
  });

  it.each([
    ["a code fence", `\`\`\`json\n${JSON.stringify(transcription)}\n\`\`\``],
    ["prose around it", `Here you are: ${JSON.stringify(transcription)} Anything else?`],
  ])("is read through %s", (_, content) => {
    expect(chatTranscription.readOutput(completion(content)).ok).toBe(true);
  });

  it.each([
    ["text", JSON.stringify(transcription)],
    ["JSON", transcription],
  ])("is read from a Llama model's %s", (_, response) => {
    expect(llamaTranscription.readOutput({ response })).toEqual(
      chatTranscription.readOutput(completion(transcription)),
    );
    expect(llamaTranscription.readOutput(completion(transcription)).ok).toBe(false);
  });

  it("is asked for once more with what was wrong with it", () => {
    const input = { messages: [{ role: "user", content: "transcribe" }], max_tokens: 9 };
    expect(chatTranscription.buildRepair?.(input, completion("Fat: 7 g"), "no rows")).toEqual({
      max_tokens: 9,
      messages: [
        ...input.messages,
        { role: "assistant", content: "Fat: 7 g" },
        { role: "user", content: expect.stringContaining("no rows") },
      ],
    });
  });

  it("has no rows when there is no label, whatever it lists", () => {
    expect(chatTranscription.readOutput(completion({ ...transcription, label_present: false }))).toMatchObject({
      value: { rows: [] },
    });
  });

  it("has no name when the model gives an empty one", () => {
    expect(chatTranscription.readOutput(completion({ ...transcription, product_name: " " }))).toMatchObject({
      value: { productName: null },
    });
  });

  it("is refused by the parser when its numbers were made up", () => {
    const madeUp = { ...transcription, rows: rows.with(2, ["Fat", "47.1 g"]) };
    const result = chatTranscription.readOutput(completion(madeUp));
    expect(result.ok && parseLabel(result.value)).toMatchObject({ ok: false, error: { reason: "energy_mismatch" } });
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["no completion", { response: "Fat 7 g" }],
    ["no choices", { choices: [] }],
    ["prose", completion("The label says 372 kcal.")],
    ["truncated JSON", completion(JSON.stringify(transcription).slice(0, 80))],
    ["values instead of text", completion({ ...transcription, rows: [["Fat", 7.4]] })],
    ["an object for each row", completion({ ...transcription, rows: [{ name: "Fat", amount: "7.4 g" }] })],
    ["rows that are text", completion({ ...transcription, rows: ["Fat 7.4 g"] })],
    ["no verdict on the label", completion({ rows })],
    ["ten thousand rows", completion({ ...transcription, rows: Array.from({ length: 10_000 }, () => ["Fat", "7 g"]) })],
    ["a row of a thousand cells", completion({ ...transcription, rows: [Array.from({ length: 1000 }, () => "7 g")] })],
    ["a cell as long as a book", completion({ ...transcription, rows: [["x".repeat(100_000)]] })],
    ["a name as long as a letter", completion({ ...transcription, product_name: "x".repeat(500) })],
  ])("is refused as %s", (_, result) => {
    expect(chatTranscription.readOutput(result)).toMatchObject({ ok: false, error: { reason: "bad_answer" } });
  });
});

const word = (text: string, left: number, top: number) => ({
  text,
  confidence: 0.9,
  box: { left, top, right: left + 80, bottom: top + 20 },
});
const answerOf = (words: unknown) => ({ model: "tesseract-5-eng", words, photo: {}, timings_ms: {} });

describe("the words that the local reader found", () => {
  it("become the rows of the label", () => {
    const words = [word("Fat", 0, 0), word("Protein", 0, 40), word("7.4g", 300, 2), word("7.9g", 300, 41)];
    const read = localOcr.readOutput(answerOf(words));
    expect(read.ok && read.value.rows.map((cells) => cells.map(({ text }) => text))).toEqual([
      ["Fat", "7.4g"],
      ["Protein", "7.9g"],
    ]);
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["text", "Fat 7.4 g"],
    ["another model's answer", { model: "centernet-mobilenetv3-coco", words: [] }],
    ["no words", { model: "tesseract-5-eng" }],
    ["a word without a box", answerOf([{ text: "Fat", confidence: 1 }])],
    ["a box inside out", answerOf([{ ...word("Fat", 0, 0), box: { left: 9, top: 0, right: 1, bottom: 9 } }])],
    ["a box that is nowhere", answerOf([{ ...word("Fat", 0, 0), box: { left: -1, top: 0, right: 1, bottom: 9 } }])],
    ["a word as long as a book", answerOf([word("x".repeat(100_000), 0, 0)])],
    ["a hundred thousand words", answerOf(Array.from({ length: 100_000 }, () => word("Fat", 0, 0)))],
  ])("are refused as %s", (_, result) => {
    expect(localOcr.readOutput(result)).toMatchObject({ ok: false, error: { reason: "bad_answer" } });
  });
});
