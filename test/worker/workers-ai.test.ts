import { describe, expect, it, vi } from "vitest";
import { createRunModel } from "../../src/analysis/workers-ai.ts";

const { signal } = new AbortController();

describe("a call of a model", () => {
  it("of Workers AI carries a tag and the signal that ends it", async () => {
    const run = vi.fn(async () => "answer");
    expect(await createRunModel({ run } as unknown as Ai, null)("@cf/a/b", { x: 1 }, signal)).toBe("answer");
    expect(run).toHaveBeenCalledWith("@cf/a/b", { x: 1 }, { signal, tags: ["morsel"] });
  });

  it("goes through a gateway that neither logs nor caches what is in the photo", async () => {
    const run = vi.fn(async () => "answer");
    await createRunModel({ run } as unknown as Ai, "kitchen")("@cf/a/b", {}, signal);
    const gateway = { id: "kitchen", collectLog: false, skipCache: true };
    expect(run).toHaveBeenCalledWith("@cf/a/b", {}, { signal, tags: ["morsel"], gateway });
  });

  it("of a Worker that stands in for Workers AI has no options", async () => {
    const run = vi.fn(async () => "answer");
    await createRunModel({ run } as unknown as Ai, "kitchen")("@local/centernet-coco", {}, signal);
    expect(run).toHaveBeenCalledWith("@local/centernet-coco", {});
  });
});
