import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createModelStates, watchImages, type ModelStateChange } from "../../../src/analysis/model-states.ts";
import type { Trouble } from "../../../src/analysis/trouble.ts";

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const BUSY: Trouble = { kind: "busy", detail: "It is busy." };
const WRONG: Trouble = { kind: "misconfigured", detail: "It is set wrong." };

/** The states of an isolate over a table of its own. */
function isolate(table = new Map<string, string>()) {
  let time = 0;
  const writes: string[] = [];
  const told: ModelStateChange[] = [];
  const states = createModelStates({
    async write({ model, kind }) {
      writes.push(`${model} ${kind}`);
      const isNew = table.get(model) !== kind;
      table.set(model, kind);
      return isNew;
    },
    clear: async (model) => table.delete(model),
    onModelState: async (change) => void told.push(change),
    now: () => time,
  });
  return { states, writes, told, table, goTo: (ms: number) => (time = ms) };
}

describe("the states of models", () => {
  it("are written once a minute, however many calls fail, and told of once", async () => {
    const { states, writes, told, goTo } = isolate();
    for (const ms of [0, 1, 59_999, 60_000, 61_000]) {
      goTo(ms);
      await states.failed("@cf/a", BUSY);
    }
    expect(writes).toEqual(["@cf/a busy", "@cf/a busy"]);
    expect(told).toEqual([{ model: "@cf/a", state: BUSY, at: 0 }]);
  });

  it("are written at once when they change", async () => {
    const { states, told } = isolate();
    await states.failed("@cf/a", BUSY);
    await states.failed("@cf/a", WRONG);
    await states.failed("@cf/b", BUSY);
    expect(told.map(({ model, state }) => `${model} ${state?.kind}`)).toEqual([
      "@cf/a busy",
      "@cf/a misconfigured",
      "@cf/b busy",
    ]);
  });

  it("end with the first success after a failure, which costs nothing where none was seen", async () => {
    const { states, told, table } = isolate();
    await states.succeeded("@cf/a");
    await states.failed("@cf/a", WRONG);
    await states.succeeded("@cf/a");
    await states.succeeded("@cf/a");
    expect(table.size).toBe(0);
    expect(told.map(({ state }) => state?.kind ?? "well")).toEqual(["misconfigured", "well"]);
  });

  it("are told of by one of the isolates that see them", async () => {
    const first = isolate();
    const second = isolate(first.table);
    await first.states.failed("@cf/a", WRONG);
    await second.states.failed("@cf/a", WRONG);
    expect([first.told.length, second.told.length]).toEqual([1, 0]);
  });

  it("never break an analysis", async () => {
    const down = async (): Promise<never> => Promise.reject(new Error("D1_ERROR"));
    const states = createModelStates({ write: down, clear: down, onModelState: down, now: () => 0 });
    await expect(states.failed("@cf/a", BUSY)).resolves.toBeUndefined();
    await expect(states.succeeded("@cf/a")).resolves.toBeUndefined();
  });
});

describe("the state of the Images binding", () => {
  const asked = async (
    states: ReturnType<typeof isolate>["states"],
    error: Trouble | { kind: "photo_rejected" } | null,
  ) =>
    watchImages(async () => (error === null ? { ok: true, value: Uint8Array.of(1) } : { ok: false, error }), states)(
      Uint8Array.of(1),
      1,
      1024,
    );

  it("is taken down like a model's", async () => {
    const { states, table } = isolate();
    await asked(states, WRONG);
    expect([...table]).toEqual([["images", "misconfigured"]]);
    await asked(states, null);
    expect(table.size).toBe(0);
  });

  it("says nothing of a picture that cannot be read", async () => {
    const { states, writes } = isolate();
    await asked(states, { kind: "photo_rejected" });
    expect(writes).toEqual([]);
  });
});
