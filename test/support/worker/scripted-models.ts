/** What the image models were asked, and what they answer. Shared between the tests and `ScriptedAI`: one isolate. */
interface ScriptedModels {
  calls: { model: string; input: Record<string, unknown> }[];
  answer(model: string, input: Record<string, unknown>): unknown;
}

/** A chat completion, as Workers AI's OpenAI-style models answer. */
const completion = (content: unknown) => ({
  choices: [{ message: { content: typeof content === "string" ? content : JSON.stringify(content) } }],
});

/** One apple, seen clearly. */
const appleSeen = () =>
  completion({
    food_present: true,
    dish_name: "apple",
    description: "A red apple on a table.",
    foods: [{ name: "apple", measure: "1 medium", grams: 182, grams_low: 150, grams_high: 220, confidence: 0.9 }],
  });

export const models: ScriptedModels = { calls: [], answer: appleSeen };

export function resetModels(): void {
  models.calls = [];
  models.answer = appleSeen;
}
