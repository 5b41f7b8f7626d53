import type { World } from "./world.ts";

/** How a call of a model may end, beside well: in the order of a tape's choices, those that pass first. */
const TROUBLES = [
  "3040: Capacity temporarily exceeded, please try again.",
  "network connection lost",
  "3007: Timeout",
  "garbage",
  "nothing",
  "3003: Bad input",
  "3036: daily free allocation used up",
] as const;

/** A photo of this world carries its own name: whoever reads it can tell whose it is. */
const MARK = /MARK<([^>]*)>/;
const DATA_URI = /data:image\/\w+;base64,([A-Za-z0-9+/=]+)/;
const HINT = /HINT<([^>]*)>/g;

export const markOf = (bytes: Uint8Array): string | null =>
  MARK.exec(Buffer.from(bytes).toString("latin1"))?.[1] ?? null;

const completion = (content: object) => ({
  choices: [{ message: { content: JSON.stringify(content) } }],
  usage: { prompt_tokens: 100, completion_tokens: 50 },
});

/** The models of `env.AI`: what they see is in the photo or the words themselves. */
export class Models {
  calls = 0;
  /** How often a call ends badly, 0–1. */
  trouble = 0;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Abandoned calls never answer; the program's own patience ends them. */
  run(model: string, input: Record<string, unknown>, options: { signal?: AbortSignal } = {}): Promise<unknown> {
    this.calls += 1;
    const call = this.calls;
    const world = this.#world;
    const text = JSON.stringify(input["messages"] ?? input);
    const photo = DATA_URI.exec(text)?.[1];
    const mark = photo === undefined ? null : markOf(Buffer.from(photo, "base64"));
    const trouble = this.#trouble();
    const takes = world.latency("model");
    return world
      .call({
        kind: "model",
        about: "ask a model",
        label: `ask ${model} about ${mark ?? "words"}, which takes ${takes} ms${trouble === null ? "" : ` and ends as "${trouble}"`}`,
        isFaultless: true,
        takes,
        isGone: () => options.signal?.aborted === true,
        effect: () => {
          if (trouble === null) return this.#answer(text, mark, call);
          if (trouble === "garbage") return { choices: [{ message: { content: "I cannot say." } }] };
          if (trouble === "nothing")
            return completion({ food_present: false, label_present: false, foods: [], rows: [] });
          return new Error(trouble);
        },
      })
      .then((answer) => {
        if (answer instanceof Error) throw answer;
        return answer;
      });
  }

  #trouble(): (typeof TROUBLES)[number] | null {
    if (this.trouble === 0) return null;
    const choice = this.#world.choose(TROUBLES.length + 1, 1 - this.trouble);
    return choice === 0 ? null : (TROUBLES[choice - 1] ?? null);
  }

  #answer(text: string, mark: string | null, call: number): object {
    const hints = [...text.matchAll(HINT)].map(([, hint]) => hint);
    if (text.includes("You transcribe the nutrition label")) {
      const rows = [
        ["", "per 100 g"],
        ["Energy", "1570 kJ / 372 kcal"],
        ["Fat", "7.4 g"],
        ["Carbohydrate", "60.1 g"],
        ["Protein", "11 g"],
        ["Salt", "0.02 g"],
      ];
      return completion({ label_present: true, product_name: `product ${mark}`, rows });
    }
    const foods = [
      { name: "apple", measure: "1 medium", grams: 182, grams_low: 150, grams_high: 220, confidence: 0.9 },
      { name: "bread, white", measure: "1 slice", grams: 30, grams_low: 20, grams_high: 40, confidence: 0.8 },
    ];
    const dish = `dish of ${mark ?? "words"}${hints.length > 0 ? ` hinted ${hints.at(-1)}` : ""}`;
    return completion({ food_present: true, dish_name: dish, description: `answer ${call}`, foods });
  }
}
