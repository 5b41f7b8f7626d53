import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunModel } from "../../../src/analysis/ask-model.ts";
import { watchModels } from "../../../src/analysis/model-calls.ts";
import type { ModelStates } from "../../../src/analysis/model-states.ts";

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** A clock that goes on by 100 ms whenever it is looked at. */
function ticking(): () => number {
  let now = 0;
  return () => (now += 100);
}

const never = new AbortController().signal;

/** What was taken down of the models' states. */
function noting() {
  const noted: string[] = [];
  const states: ModelStates = {
    failed: async (model, { kind }) => void noted.push(`${model} ${kind}`),
    succeeded: async (model) => void noted.push(`${model} well`),
  };
  return { noted, states };
}
const watching = (run: RunModel) => watchModels(run, { now: ticking(), states: noting().states });

describe("calls of models that are watched", () => {
  it("are kept with their time, their end and the tokens that the model tells of, and nothing that was said", async () => {
    const { runModel, calls } = watching(async (model) => {
      if (model === "@cf/b") throw new Error("3040: out of capacity");
      return {
        response: "an apple of ada's",
        usage: { prompt_tokens: 1830, completion_tokens: 212, total_tokens: 2042 },
      };
    });
    await runModel("@cf/a", { prompt: "secret" }, never);
    await runModel("@cf/b", {}, never).catch(() => undefined);
    expect(calls()).toEqual([
      { model: "@cf/a", startedAt: 100, durationMs: 100, outcome: "answered", inputTokens: 1830, outputTokens: 212 },
      {
        model: "@cf/b",
        startedAt: 300,
        durationMs: 100,
        outcome: "failed",
        reason: "busy",
        inputTokens: null,
        outputTokens: null,
      },
    ]);
  });

  it.each<[string, unknown]>([
    ["no usage", { response: "x" }],
    ["nothing at all", null],
    ["nonsense", { usage: { prompt_tokens: "many", completion_tokens: -1 } }],
    ["digits in quotes", { usage: { prompt_tokens: "12", completion_tokens: "0" } }],
  ])("take no tokens from an answer with %s", async (_, result) => {
    const { runModel, calls } = watching(async () => result);
    await runModel("@cf/a", {}, never);
    expect(calls()).toMatchObject([{ outcome: "answered", inputTokens: null, outputTokens: null }]);
  });

  it("have timed out when they are given up, whatever comes later", async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const { runModel, calls } = watching(() => promise);
    const impatience = new AbortController();
    const call = runModel("@cf/slow", {}, impatience.signal);
    expect(calls()).toMatchObject([{ outcome: "timed_out", durationMs: null }]);
    impatience.abort();
    resolve({ response: "late" });
    await call;
    expect(calls()).toMatchObject([{ outcome: "timed_out", durationMs: 100, reason: "busy" }]);
  });

  it.each([
    ["5007: No such model", "misconfigured", ["@cf/a misconfigured"]],
    ["3036: spent", "quota", ["@cf/a quota"]],
    ["3006: too large", "request_refused", ["@cf/a request_refused"]],
    ["3010: bad photo", "photo_rejected", []],
  ])("that fail with %j say why: %s", async (message, reason, expected) => {
    const { noted, states } = noting();
    const { runModel, calls, written } = watchModels(async () => Promise.reject(new Error(message)), {
      now: ticking(),
      states,
    });
    await runModel("@cf/a", {}, never).catch(() => undefined);
    await written();
    expect(calls()).toMatchObject([{ outcome: "failed", reason }]);
    expect(noted).toEqual(expected);
  });

  it("that are answered say that the model is well", async () => {
    const { noted, states } = noting();
    await watchModels(async () => null, { now: ticking(), states }).runModel("@cf/a", {}, never);
    expect(noted).toEqual(["@cf/a well"]);
  });
});
