import { afterEach, describe, expect, it, vi } from "vitest";
import { classifyModelFailure } from "../../../src/analysis/model-failure.ts";
import { askModel, type RunModel } from "../../../src/analysis/ask-model.ts";
import { runModels } from "../../../src/analysis/run-models.ts";

// The embedded detector's input needs no encoding, so that this runs in plain Node.
const MODEL = "@local/centernet-coco";
const photo = { bytes: new Uint8Array(0), format: "jpeg" as const, width: 1024, height: 768 };
const nothingSeen = {
  model: "centernet-mobilenetv3-coco",
  photo: { width: 1024, height: 768 },
  views: [
    { view: "stretch", detections: [] },
    { view: "padded", detections: [] },
  ],
  timings_ms: { decode: 1, detect: 2 },
};
const hints = { countryCode: null, userHint: null };
const run = (runModel: RunModel, models = [MODEL]) => runModels(runModel, "fast", models, photo, hints);
const precise = (runModel: RunModel, models: string[]) => runModels(runModel, "precise", models, photo, hints);

afterEach(() => vi.useRealTimers());

describe("a list of models", () => {
  it("is answered by the first that answers", async () => {
    const asked: string[] = [];
    const answer = await run(
      async (model) => {
        asked.push(model);
        if (asked.length === 1) throw new Error("3040: Capacity temporarily exceeded");
        return nothingSeen;
      },
      [MODEL, MODEL],
    );
    expect(answer).toMatchObject({ outcome: "seen", models: [MODEL], sighting: { foods: [] } });
    expect(asked).toHaveLength(2);
  });

  it("is tried again later when none answers, or none can be read", async () => {
    expect(await run(async () => Promise.reject(new Error("fetch failed")))).toMatchObject({ outcome: "retry" });
    expect(await run(async () => ({ views: "none" }))).toMatchObject({ outcome: "retry" });
  });

  it("does not wait for a model beyond its time", async () => {
    vi.useFakeTimers();
    const answer = run(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await answer).toMatchObject({ outcome: "retry", detail: expect.stringContaining("25000 ms") });
  });

  it("ends with the first model that cannot read the photo: the others would not either", async () => {
    const asked: string[] = [];
    const answer = await run(
      async (model) => {
        asked.push(model);
        throw new Error("3003: the photo could not be decoded");
      },
      [MODEL, MODEL],
    );
    expect(answer.outcome).toBe("photo_rejected");
    expect(asked).toHaveLength(1);
  });
});

const sees = (name: string, confidence = 0.8) => ({
  description: JSON.stringify({
    food_present: true,
    dish_name: name,
    foods: [{ name, grams: 100, grams_low: 80, grams_high: 120, confidence }],
  }),
});
const LLAVAS = ["@cf/llava-hf/a", "@cf/llava-hf/b", "@cf/llava-hf/c", "@cf/llava-hf/d"];

describe("precise models", () => {
  it("are asked at once, three of them at most, and their answers are one", async () => {
    const asked: string[] = [];
    const answer = await precise(async (model) => {
      asked.push(model);
      await Promise.resolve();
      return sees("rice");
    }, LLAVAS);
    expect(asked).toEqual(LLAVAS.slice(0, 3));
    expect(answer).toMatchObject({
      outcome: "seen",
      models: LLAVAS.slice(0, 3),
      sighting: { foods: [{ name: "rice", grams: 100, confidence: expect.closeTo(0.8) }] },
    });
  });

  it("do without one that fails", async () => {
    const answer = await precise(
      async (model) => {
        if (model === LLAVAS[0]) throw new Error("3040: Capacity temporarily exceeded");
        return sees("rice");
      },
      LLAVAS.slice(0, 2),
    );
    expect(answer).toMatchObject({ outcome: "seen", models: [LLAVAS[1]], sighting: { foods: [{ name: "rice" }] } });
  });

  it.each([
    [["3040: busy", "3036: spent"], "retry"],
    [["3036: spent", "3036: spent"], "quota_exhausted"],
    [["3003: bad photo", "3003: bad photo"], "photo_rejected"],
  ])("that all fail with %j: %s", async (messages, outcome) => {
    const rest = [...messages];
    expect(await precise(async () => Promise.reject(new Error(rest.shift())), LLAVAS.slice(0, 2))).toMatchObject({
      outcome,
    });
  });
});

describe("one model", () => {
  it("is told once what was wrong with its answer, and then believed", async () => {
    const asked: Record<string, unknown>[] = [];
    const input = { messages: [{ role: "user", content: "What food is in this photo?" }] };
    const answer = await askModel(
      async (_, request) => {
        asked.push(request);
        return { response: asked.length === 1 ? "It is rice." : sees("rice").description };
      },
      "@cf/meta/llama-4-scout-17b-16e-instruct",
      input,
    );
    expect(answer).toMatchObject({ outcome: "seen", sighting: { foods: [{ name: "rice" }] } });
    expect(asked).toHaveLength(2);
    expect(asked[1]?.["messages"]).toMatchObject([
      input.messages[0],
      { role: "assistant", content: "It is rice." },
      { role: "user", content: expect.stringContaining("JSON") },
    ]);
  });

  it("whose second answer is no better is tried again later", async () => {
    let asked = 0;
    const answer = await askModel(
      async () => {
        asked += 1;
        return { response: "It is rice." };
      },
      "@cf/meta/llama-4-scout-17b-16e-instruct",
      { messages: [] },
    );
    expect(answer.outcome).toBe("retry");
    expect(asked).toBe(2);
  });

  it("is aborted when its time is over", async () => {
    vi.useFakeTimers();
    let aborted = false;
    const answer = askModel(
      (_, __, signal) => {
        signal.addEventListener("abort", () => (aborted = true));
        return new Promise(() => undefined);
      },
      "@cf/llava-hf/a",
      {},
    );
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await answer).toMatchObject({ outcome: "retry" });
    expect(aborted).toBe(true);
  });
});

describe("a failure of Workers AI", () => {
  it.each([
    ["3040: Capacity temporarily exceeded, please try again.", "retry"],
    ["AiError: 3007: Request timeout", "retry"],
    ["3008: Request aborted", "retry"],
    ["5007: No such model @cf/x/y or task", "retry"],
    ["Network connection lost", "retry"],
    ["3036: You have used up your daily free allocation", "quota_exhausted"],
    ["3006: Request is too large", "photo_rejected"],
    ["5004: Invalid data", "photo_rejected"],
    ["3010: Invalid or incomplete input for the model", "photo_rejected"],
  ])("%s means %s", (message, kind) => {
    expect(classifyModelFailure(new Error(message))).toBe(kind);
  });

  it("that is no error at all means retry", () => {
    expect(classifyModelFailure("boom")).toBe("retry");
  });
});
