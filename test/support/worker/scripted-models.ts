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

/** A cereal's label per 100 g, as a vision model transcribes it; `fat` as it is printed. */
export const labelSeen = (fat = "7.4 g") =>
  completion({
    label_present: true,
    product_name: "Oat Flakes",
    rows: [
      ["", "per 100 g"],
      ["Energy", "1570 kJ / 372 kcal"],
      ["Fat", fat],
      ["of which saturates", "1.3 g"],
      ["Carbohydrate", "60,1 g"],
      ["of which sugars", "<1 g"],
      ["Fibre", "10 g"],
      ["Protein", "11 g"],
      ["Salt", "0.02 g"],
    ],
  });

/** The request for a label's text begins with the order to transcribe it. */
const isAboutLabel = ({ messages }: Record<string, unknown>): boolean =>
  Array.isArray(messages) && JSON.stringify(messages[0]).includes("You transcribe the nutrition label");

/** What there is to see: an apple, or the label. */
const asAsked: ScriptedModels["answer"] = (_, input) => (isAboutLabel(input) ? labelSeen() : appleSeen());

export const models: ScriptedModels = { calls: [], answer: asAsked };

export function resetModels(): void {
  models.calls = [];
  models.answer = asAsked;
}
