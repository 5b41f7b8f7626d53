import { describe, expect, it } from "vitest";
import { watchModels } from "../../../src/analysis/model-calls.ts";

/** A clock that goes on by 100 ms whenever it is looked at. */
function ticking(): () => number {
  let now = 0;
  return () => (now += 100);
}

const never = new AbortController().signal;

describe("calls of models that are watched", () => {
  it("are kept with their time, their end and the tokens that the model tells of, and nothing that was said", async () => {
    const { runModel, calls } = watchModels(async (model) => {
      if (model === "@cf/b") throw new Error("3040: out of capacity");
      return {
        response: "an apple of ada's",
        usage: { prompt_tokens: 1830, completion_tokens: 212, total_tokens: 2042 },
      };
    }, ticking());
    await runModel("@cf/a", { prompt: "secret" }, never);
    await runModel("@cf/b", {}, never).catch(() => undefined);
    expect(calls()).toEqual([
      { model: "@cf/a", startedAt: 100, durationMs: 100, outcome: "answered", inputTokens: 1830, outputTokens: 212 },
      { model: "@cf/b", startedAt: 300, durationMs: 100, outcome: "failed", inputTokens: null, outputTokens: null },
    ]);
  });

  it.each<[string, unknown]>([
    ["no usage", { response: "x" }],
    ["nothing at all", null],
    ["nonsense", { usage: { prompt_tokens: "many", completion_tokens: -1 } }],
  ])("take no tokens from an answer with %s", async (_, answer) => {
    const { runModel, calls } = watchModels(async () => answer, ticking());
    await runModel("@cf/a", {}, never);
    expect(calls()).toMatchObject([{ outcome: "answered", inputTokens: null, outputTokens: null }]);
  });

  it("have timed out when they are given up, whatever comes later", async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const { runModel, calls } = watchModels(() => promise, ticking());
    const impatience = new AbortController();
    const call = runModel("@cf/slow", {}, impatience.signal);
    expect(calls()).toMatchObject([{ outcome: "timed_out", durationMs: null }]);
    impatience.abort();
    resolve({ response: "late" });
    await call;
    expect(calls()).toMatchObject([{ outcome: "timed_out", durationMs: 100 }]);
  });
});
