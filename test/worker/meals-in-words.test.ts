import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { analyzeText, type TextPorts } from "../../src/analysis/analyze-text.ts";
import { createDatabase } from "../../src/db/database.ts";
import { createFoodTable } from "../../src/db/foods.ts";
import { weighMeal } from "../../src/nutrition/resolve-meal.ts";
import { parseMeal } from "../../src/nutrition/text/parse-meal.ts";
import { pendingRecord } from "../support/records.ts";
import { models } from "../support/worker/scripted-models.ts";

const foods = createFoodTable(createDatabase(env.DB));
const offline: TextPorts = { runModel: () => Promise.reject(new Error("no model")), models: [], foods, now: Date.now };
const online: TextPorts = {
  ...offline,
  models: ["@cf/text/one", "@cf/text/two"],
  runModel: async (model, input) => {
    models.calls.push({ model, input });
    return models.answer(model, input);
  },
};

const analyze = (inputText: string, ports = offline, hint: string | null = null) =>
  analyzeText(pendingRecord({ inputType: "text", photo: null, inputText }), hint, ports, () => {});

/** Name, food and grams of each item of a sentence. */
async function weigh(sentence: string): Promise<[string, string | null, number][]> {
  const weighed = await weighMeal(foods, parseMeal(sentence));
  return weighed.map(({ food, match }) => [
    food.name,
    match.claimed?.candidate.displayName ?? null,
    Math.round(food.grams),
  ]);
}

describe("a meal in words", () => {
  it.each<[string, [string, string | null, number][]]>([
    [
      "two eggs and a slice of toast with butter",
      [
        ["eggs", "Boiled egg", 100],
        ["toast", "Toast", 22],
        ["butter", "Butter", 14],
      ],
    ],
    ["a glass of milk", [["milk", "Milk", 248]]],
    ["1 banana", [["banana", "Banana", 118]]],
    ["half an apple", [["apple", "Apple", 91]]],
    ["200 g cooked rice", [["cooked rice", "Steamed white rice", 200]]],
    ["macaroni and cheese", [["macaroni and cheese", "Macaroni and cheese", 225]]],
    ["rice and beans", [["rice and beans", "Rice and beans", 200]]],
    [
      "100 g rice and 50 g beans",
      [
        ["rice", "Steamed white rice", 100],
        ["beans", "Baked beans", 50],
      ],
    ],
    ["three flurbs", [["flurbs", null, 300]]],
  ])("%s", async (sentence, items) => {
    expect(await weigh(sentence)).toEqual(items);
  });

  it("is computed without any model, and names none", async () => {
    const result = await analyze("two eggs and a slice of toast with butter");
    expect(result).toMatchObject({
      ok: true,
      value: {
        status: "completed",
        content: {
          dishName: "eggs, toast and butter",
          unit: "g",
          analysis: { models: [], promptVersion: null, warnings: [] },
          ingredients: [{ name: "eggs" }, { name: "toast" }, { name: "butter" }],
        },
      },
    });
  });

  it("says which words it could not read, and leaves them out of the totals", async () => {
    const result = await analyze("two bananas and three flurbs");
    expect(result).toMatchObject({
      ok: true,
      value: {
        status: "completed",
        content: {
          nutrients: { energy_kcal: expect.closeTo(2 * 118 * 0.89, 0) },
          analysis: { warnings: ['"flurbs" is not in the food table and is not included in the totals.'] },
        },
      },
    });
  });

  it("that names nothing to eat ends as no_food_found", async () => {
    for (const text of ["flurbs", "!?"]) {
      expect(await analyze(text)).toMatchObject({
        ok: true,
        value: { status: "failed", failure: { code: "no_food_found" } },
      });
    }
  });

  it("gives a model the words that the parser could not read, and only those", async () => {
    const result = await analyze("two bananas and three flurbs", online);
    expect(JSON.stringify(models.calls)).toContain("flurbs");
    expect(JSON.stringify(models.calls)).not.toContain("bananas");
    expect(result).toMatchObject({
      ok: true,
      value: {
        content: {
          dishName: "bananas and apple",
          analysis: { models: ["@cf/text/one"], warnings: [] },
          ingredients: [{ name: "bananas" }, { name: "apple", servingSize: 182 }],
        },
      },
    });
  });

  it("is not held up by a model that is down, unless nothing else was read", async () => {
    models.answer = () => Promise.reject(new Error("3040: Capacity temporarily exceeded"));
    expect(await analyze("two bananas and three flurbs", online)).toMatchObject({ ok: true });
    expect(await analyze("three flurbs", online)).toMatchObject({ ok: false, error: { detail: expect.any(String) } });
  });

  it("analyzed again with a hint is given to a model together with the hint", async () => {
    const result = await analyze("two bananas", online, "it was an apple");
    expect(JSON.stringify(models.calls)).toContain("two bananas");
    expect(JSON.stringify(models.calls)).toContain("it was an apple");
    expect(result).toMatchObject({ ok: true, value: { content: { dishName: "apple", analysis: { warnings: [] } } } });
  });

  it("analyzed again with a hint that no model can take is read as before, and says so", async () => {
    const unused = /hint/;
    const withoutModel = await analyze("two bananas", offline, "they were large");
    models.answer = () => Promise.reject(new Error("3036: daily allocation"));
    const withoutQuota = await analyze("two bananas", online, "they were large");
    for (const result of [withoutModel, withoutQuota]) {
      expect(result).toMatchObject({
        value: { content: { dishName: "bananas", analysis: { warnings: [expect.stringMatching(unused)] } } },
      });
    }
    models.answer = () => Promise.reject(new Error("3040: Capacity temporarily exceeded"));
    expect(await analyze("two bananas", online, "they were large")).toMatchObject({ ok: false });
  });
});
