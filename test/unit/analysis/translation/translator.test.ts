import { describe, expect, it, vi } from "vitest";
import {
  createTranslate,
  type TranslatePorts,
  type TranslationMemory,
} from "../../../../src/analysis/translation/translator.ts";

const LIMIT_MS = 1_000;
const text = (name: string) => ({ text: name, isAskable: true, isShared: true });

/** A memory of its own for each test. */
function memoryOf(kept: Record<string, string> = {}): TranslationMemory & { kept: Record<string, string> } {
  return {
    kept,
    find: async (model, language, name) => kept[`${model} ${language} ${name}`] ?? null,
    remember: async (model, language, name, translated) => void (kept[`${model} ${language} ${name}`] = translated),
  };
}

function setUp(change: Partial<TranslatePorts> = {}) {
  const runModel = vi.fn<TranslatePorts["runModel"]>(async (_, input) => ({
    translated_text: `${String(input["text"])} auf Deutsch`,
  }));
  const memory = memoryOf();
  const translate = createTranslate({ runModel, model: "@cf/a/b", memory, now: () => 0, ...change });
  return { translate, runModel, memory };
}

/** Keeps the log of expected failures out of the output. */
const silence = () => vi.spyOn(console, "warn").mockImplementation(() => undefined);

describe("translating names", () => {
  it("asks the model only for what the dictionary does not know, each name once", async () => {
    const { translate, runModel } = setUp();
    const texts = ["apple", "quince", "quince", "medlar"].map(text);
    expect(await translate(texts, "de", LIMIT_MS)).toEqual({
      found: new Map([
        ["apple", "Apfel"],
        ["quince", "quince auf Deutsch"],
        ["medlar", "medlar auf Deutsch"],
      ]),
      isModelDown: false,
    });
    expect(runModel.mock.calls.map(([, input]) => input["text"])).toEqual(["quince", "medlar"]);
  });

  it("asks the model for a name once, and remembers it", async () => {
    const { translate, runModel, memory } = setUp();
    await translate([text("quince")], "de", LIMIT_MS);
    expect(memory.kept).toEqual({ "@cf/a/b de quince": "quince auf Deutsch" });
    const { found } = await translate([text("quince")], "de", LIMIT_MS);
    expect(found.get("quince")).toBe("quince auf Deutsch");
    expect(runModel).toHaveBeenCalledOnce();
  });

  it("neither remembers nor looks for what has a user's words in it", async () => {
    const { translate, runModel, memory } = setUp({ memory: memoryOf({ "@cf/a/b de quince": "of another user" }) });
    const { found } = await translate([{ text: "quince", isAskable: true, isShared: false }], "de", LIMIT_MS);
    expect(found.get("quince")).toBe("quince auf Deutsch");
    expect(runModel).toHaveBeenCalledOnce();
    expect(memory.kept).toEqual({});
  });

  it("asks no model for what a user typed and no food is known by, but looks it up", async () => {
    const { translate, runModel } = setUp();
    const texts = ["Quitte", "apple"].map((name) => ({ text: name, isAskable: false, isShared: false }));
    expect((await translate(texts, "de", LIMIT_MS)).found).toEqual(new Map([["apple", "Apfel"]]));
    expect(runModel).not.toHaveBeenCalled();
  });

  it.each([
    ["there is no model", { model: null }, "de"],
    ["the model does not know the language", {}, "xx"],
  ])("leaves a name out when %s", async (_, change, language) => {
    const { translate, runModel } = setUp(change);
    expect(await translate([text("quince")], language, LIMIT_MS)).toEqual({ found: new Map(), isModelDown: false });
    expect(runModel).not.toHaveBeenCalled();
  });

  it("leaves out an answer that is no translation, keeps the others, and remembers only those", async () => {
    const { translate, runModel, memory } = setUp();
    runModel.mockResolvedValueOnce({ translated_text: "<img src=x>" });
    const { found, isModelDown } = await translate([text("quince"), text("medlar")], "de", LIMIT_MS);
    expect([...found.keys()]).toEqual(["medlar"]);
    expect(isModelDown).toBe(false);
    expect(Object.keys(memory.kept)).toEqual(["@cf/a/b de medlar"]);
  });

  it("has no more than four calls under way, and asks for sixteen names at most", async () => {
    let underWay = 0;
    let most = 0;
    const runModel = vi.fn<TranslatePorts["runModel"]>(async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      return { translated_text: "etwas" };
    });
    const { translate } = setUp({ runModel });
    const texts = Array.from({ length: 40 }, (_, index) => text(`quince ${index}`));
    expect((await translate(texts, "de", LIMIT_MS)).found.size).toBe(16);
    expect(most).toBe(4);
  });
});

describe("a translation model that fails", () => {
  it("is told of, what was translated stays, and it is not asked any further", async () => {
    silence();
    const { translate, runModel } = setUp();
    runModel.mockResolvedValueOnce({ translated_text: "Quitte" });
    runModel.mockRejectedValue(new Error("3040: Capacity temporarily exceeded"));
    const texts = ["quince", ...Array.from({ length: 12 }, (_, index) => `medlar ${index}`)].map(text);
    const { found, isModelDown } = await translate([text("apple"), ...texts], "de", LIMIT_MS);
    expect(isModelDown).toBe(true);
    expect(found).toEqual(
      new Map([
        ["apple", "Apfel"],
        ["quince", "Quitte"],
      ]),
    );
    expect(runModel.mock.calls.length).toBeLessThan(8);
  });

  it("is given up when the time for all names is over", async () => {
    silence();
    let now = 0;
    const runModel = vi.fn<TranslatePorts["runModel"]>(async () => {
      now += 600;
      return { translated_text: "etwas" };
    });
    const { translate } = setUp({ runModel, now: () => now });
    const texts = Array.from({ length: 16 }, (_, index) => text(`quince ${index}`));
    const { found, isModelDown } = await translate(texts, "de", LIMIT_MS);
    expect(isModelDown).toBe(true);
    expect(found.size).toBeLessThan(16);
  });

  it("that never answers is aborted", async () => {
    silence();
    let signal: AbortSignal | undefined;
    const runModel: TranslatePorts["runModel"] = (_, __, given) => {
      signal = given;
      return new Promise(() => undefined);
    };
    const { translate } = setUp({ runModel });
    expect((await translate([text("quince")], "de", 10)).isModelDown).toBe(true);
    expect(signal?.aborted).toBe(true);
  });
});
