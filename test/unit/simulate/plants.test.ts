import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PLANTS } from "../../simulate/plants.ts";

const root = new URL("../../..", import.meta.url).pathname;
const patches = PLANTS.flatMap(({ name, patches: changes }) => changes.map((change) => ({ name, ...change })));

describe("the faults that are planted for the simulator to find", () => {
  it.each(patches)("$name still fits the program: what it changes stands once in $file", ({ file, from }) => {
    expect(readFileSync(`${root}${file}`, "utf8").split(from)).toHaveLength(2);
  });

  it("have names of their own", () => {
    expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
  });
});
