import { describe, expect, it } from "vitest";
import { savedInputs } from "../../fuzz/corpus.ts";
import { TARGETS } from "../../fuzz/targets.ts";

describe.each(Object.entries(TARGETS))("the parsers of %s", (name, target) => {
  it("hold for what fuzzing begins with, and for everything that it once found", async () => {
    const inputs = [
      ...target.seeds().map((input, index): [string, Uint8Array] => [`seed ${index}`, input]),
      ...savedInputs(name),
    ];
    for (const [saved, input] of inputs) {
      await expect(Promise.resolve(input).then(target.run), saved).resolves.toBeUndefined();
    }
  });
});
