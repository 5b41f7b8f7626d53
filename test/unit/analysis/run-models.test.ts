import { afterEach, describe, expect, it, vi } from "vitest";
import { classifyModelFailure } from "../../../src/analysis/model-failure.ts";
import { runModels, type RunModel } from "../../../src/analysis/run-models.ts";

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
const run = (runModel: RunModel, models = [MODEL]) => runModels(runModel, models, photo, { countryCode: null });

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
    expect(answer).toMatchObject({ outcome: "seen", model: MODEL, sighting: { foods: [] } });
    expect(asked).toHaveLength(2);
  });

  it("is tried again later when none answers, or none can be read", async () => {
    expect(await run(async () => Promise.reject(new Error("fetch failed")))).toMatchObject({ outcome: "retry" });
    expect(await run(async () => ({ views: "none" }))).toMatchObject({ outcome: "retry" });
  });

  it("does not wait for a model beyond its time", async () => {
    vi.useFakeTimers();
    const answer = run(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await answer).toMatchObject({ outcome: "retry", detail: expect.stringContaining("30000 ms") });
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
