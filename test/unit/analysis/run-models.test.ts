import { afterEach, describe, expect, it, vi } from "vitest";
import { askModel, type AskPorts, type RunModel } from "../../../src/analysis/ask-model.ts";
import { runModels } from "../../../src/analysis/run-models.ts";

// The embedded detector's input needs no encoding, so that this runs in plain Node.
const MODEL = "@local/centernet-coco";
const photo = { bytes: new Uint8Array(0), format: "jpeg" as const, width: 1024, height: 768, orientation: 1 };
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
const asking = (runModel: RunModel): AskPorts => ({ runModel, now: () => Date.now() });
const run = (runModel: RunModel, models = [MODEL]) => runModels(asking(runModel), "fast", models, photo, hints);
const precise = (runModel: RunModel, models: string[], shown = photo) =>
  runModels(asking(runModel), "precise", models, shown, hints);
const failedAs = (kind: string) => ({ outcome: "failed", failure: { kind } });

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
    expect(answer).toMatchObject({ outcome: "seen", models: [MODEL], recognition: { foods: [] } });
    expect(asked).toHaveLength(2);
  });

  it("is tried again later when none answers, or none can be read", async () => {
    expect(await run(async () => Promise.reject(new Error("fetch failed")))).toMatchObject(failedAs("busy"));
    expect(await run(async () => ({ views: "none" }))).toMatchObject(failedAs("busy"));
  });

  it("does not wait for a model beyond its time", async () => {
    vi.useFakeTimers();
    const answer = run(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await answer).toMatchObject({ failure: { kind: "busy", detail: expect.stringContaining("timed out") } });
  });

  it("ends with the first model that cannot read the photo: the others would not either", async () => {
    const asked: string[] = [];
    const answer = await run(
      async (model) => {
        asked.push(model);
        throw new Error("3010: the photo could not be decoded");
      },
      [MODEL, MODEL],
    );
    expect(answer).toMatchObject(failedAs("photo_rejected"));
    expect(asked).toHaveLength(1);
  });

  it("that fails waits for what passes soonest", async () => {
    const errors = [new Error("3040: Capacity temporarily exceeded"), new Error("5007: No such model")];
    const answer = await run(async () => Promise.reject(errors.shift()), [MODEL, MODEL]);
    expect(answer).toMatchObject(failedAs("busy"));
  });

  it("that is empty is a wrong setting, by its name", async () => {
    expect(await run(async () => nothingSeen, [])).toMatchObject({
      failure: { kind: "misconfigured", detail: expect.stringContaining("FAST_MODELS") },
    });
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
      recognition: { foods: [{ name: "rice", grams: 100, confidence: expect.closeTo(0.8) }] },
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
    expect(answer).toMatchObject({ outcome: "seen", models: [LLAVAS[1]], recognition: { foods: [{ name: "rice" }] } });
  });

  it.each([
    [["3040: busy", "3036: spent"], "busy"],
    [["3036: spent", "3036: spent"], "quota"],
    [["3010: bad photo", "5007: no such model"], "photo_rejected"],
    [["3006: too large", "5007: no such model"], "misconfigured"],
  ])("that all fail with %j: %s", async (messages, kind) => {
    const rest = [...messages];
    expect(await precise(async () => Promise.reject(new Error(rest.shift())), LLAVAS.slice(0, 2))).toMatchObject(
      failedAs(kind),
    );
  });
});

const MOONDREAM = "@cf/moondream/moondream3.1-9B-A2B";
const eightFoods = JSON.stringify({
  food_present: true,
  dish_name: null,
  foods: Array.from({ length: 8 }, (_, place) => ({ name: `food ${place}`, grams: 100, confidence: 0.8 })),
});

/** Not every Node encodes bytes by itself, as the Workers do. */
const encodable = { ...photo, bytes: Object.assign(new Uint8Array(0), { toBase64: () => "" }) };

/** A model that sees eight foods and says where each is. */
function locating(onLocate: () => Promise<void>): { runModel: RunModel; images: Set<unknown>; targets: unknown[] } {
  const images = new Set<unknown>();
  const targets: unknown[] = [];
  return {
    images,
    targets,
    async runModel(_, { task, image, target }) {
      images.add(image);
      if (task === "query") return { answer: eightFoods };
      targets.push(target);
      await onLocate();
      return { objects: [{ x_min: 0, y_min: 0, x_max: 0.5, y_max: 0.5 }] };
    },
  };
}

describe("foods in a photo", () => {
  it("are located three at once, six in all, each within its own time", async () => {
    let waiting = 0;
    let most = 0;
    const { runModel, targets } = locating(async () => {
      most = Math.max(most, ++waiting);
      for (let step = 0; step < 9; step += 1) await Promise.resolve();
      waiting -= 1;
    });
    const answer = await precise(runModel, [MOONDREAM], encodable);
    expect(targets).toHaveLength(6);
    expect(most).toBe(3);
    expect(answer.outcome === "seen" && answer.recognition.foods.filter(({ boxes }) => boxes.length > 0)).toHaveLength(
      6,
    );
  });

  it("are no longer searched for when that has taken a quarter of a minute", async () => {
    vi.useFakeTimers();
    const { runModel, targets } = locating(() => new Promise((wake) => setTimeout(wake, 8_000)));
    const answer = precise(runModel, [MOONDREAM], encodable);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(await answer).toMatchObject({ outcome: "seen" });
    expect(targets).toHaveLength(6);
    targets.length = 0;
    const slower = locating(() => new Promise((wake) => setTimeout(wake, 11_000)));
    const two = precise(slower.runModel, [MOONDREAM, MOONDREAM], encodable);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await two).toMatchObject({ outcome: "seen" });
    expect(slower.targets).toHaveLength(6);
  });

  it("are not located in one that lies on its side: the boxes would be those of another picture", async () => {
    const { runModel, targets } = locating(async () => undefined);
    expect(await precise(runModel, [MOONDREAM], { ...encodable, orientation: 6 })).toMatchObject({ outcome: "seen" });
    expect(targets).toEqual([]);
  });
});

describe("one model", () => {
  it("is told once what was wrong with its answer, and then believed", async () => {
    const asked: Record<string, unknown>[] = [];
    const input = { messages: [{ role: "user", content: "What food is in this photo?" }] };
    const answer = await askModel(
      asking(async (_, request) => {
        asked.push(request);
        return { response: asked.length === 1 ? "It is rice." : sees("rice").description };
      }),
      "@cf/meta/llama-4-scout-17b-16e-instruct",
      input,
    );
    expect(answer).toMatchObject({ outcome: "seen", recognition: { foods: [{ name: "rice" }] } });
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
      asking(async () => {
        asked += 1;
        return { response: "It is rice." };
      }),
      "@cf/meta/llama-4-scout-17b-16e-instruct",
      { messages: [] },
    );
    expect(answer).toMatchObject(failedAs("busy"));
    expect(asked).toBe(2);
  });

  it("is aborted when its time is over", async () => {
    vi.useFakeTimers();
    let aborted = false;
    const answer = askModel(
      asking((_, __, signal) => {
        signal.addEventListener("abort", () => (aborted = true));
        return new Promise(() => undefined);
      }),
      "@cf/llava-hf/a",
      {},
    );
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await answer).toMatchObject(failedAs("busy"));
    expect(aborted).toBe(true);
  });
});
