import { describe, expect, it } from "vitest";
import { chatModel } from "../../../src/analysis/recognizers/chat-model.ts";

const completion = (content: unknown) => ({
  choices: [{ message: { content: typeof content === "string" ? content : JSON.stringify(content) } }],
});
const food = { name: "rice, white, cooked", measure: "1 cup", grams: 158, confidence: 0.8 };
const seen = { food_present: true, dish_name: "rice", description: null, foods: [food] };
const read = (answer: unknown) => chatModel.readOutput(answer);

describe("a chat model's answer", () => {
  it("becomes a sighting", () => {
    expect(read(completion({ ...seen, foods: [{ ...food, grams_low: 120, grams_high: 200 }] }))).toEqual({
      ok: true,
      value: {
        dishName: "rice",
        description: null,
        foodPresent: true,
        warnings: [],
        foods: [{ name: "rice, white, cooked", grams: 158, sizeRange: [120, 200], confidence: 0.8, boxes: [] }],
      },
    });
  });

  it("gets the typical error of one photo as its range when the model gives none", () => {
    const answer = read(completion(seen));
    expect(answer.ok && answer.value.foods[0]?.sizeRange).toEqual([158 * 0.6, 158 * 1.4]);
  });

  it("never has a range that leaves out its own value", () => {
    const answer = read(completion({ ...seen, foods: [{ ...food, grams_low: 170, grams_high: 150 }] }));
    expect(answer.ok && answer.value.foods[0]?.sizeRange).toEqual([158, 158]);
  });

  it.each([
    ["a code fence", "```json\n" + JSON.stringify(seen) + "\n```"],
    ["a list of one", JSON.stringify([seen])],
    ["prose around it", `Certainly! Here is the JSON: ${JSON.stringify(seen)} Enjoy your meal.`],
  ])("is read through %s", (_, content) => {
    expect(read(completion(content)).ok).toBe(true);
  });

  it("without anything edible has no foods, whatever its list says", () => {
    const answer = read(completion({ ...seen, food_present: false }));
    expect(answer.ok && answer.value).toMatchObject({ foods: [], foodPresent: false });
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["no completion", { response: "rice" }],
    ["no choices", { choices: [] }],
    ["content that is no text", { choices: [{ message: { content: { foods: [] } } }] }],
    ["prose", completion("I see a bowl of rice.")],
    ["truncated JSON", completion(JSON.stringify(seen).slice(0, 60))],
    ["foods of the wrong type", completion({ ...seen, foods: "rice" })],
    ["no grams", completion({ ...seen, foods: [{ ...food, grams: undefined }] })],
    ["grams as text", completion({ ...seen, foods: [{ ...food, grams: "158" }] })],
    ["negative grams", completion({ ...seen, foods: [{ ...food, grams: -1 }] })],
    ["absurd grams", completion({ ...seen, foods: [{ ...food, grams: 1e9 }] })],
    ["NaN", completion(`{"food_present":true,"foods":[{"name":"rice","grams":NaN,"confidence":1}]}`)],
    ["confidence above one", completion({ ...seen, foods: [{ ...food, confidence: 90 }] })],
    ["an empty name", completion({ ...seen, foods: [{ ...food, name: "  " }] })],
    ["a name as long as a letter", completion({ ...seen, foods: [{ ...food, name: "x".repeat(500) }] })],
    ["ten thousand foods", completion({ ...seen, foods: Array.from({ length: 10_000 }, () => food) })],
  ])("is refused as %s", (_, answer) => {
    expect(read(answer)).toMatchObject({ ok: false, error: { reason: "bad_answer" } });
  });
});
