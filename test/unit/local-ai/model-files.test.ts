import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const MODELS = new URL("../../../node_modules/@vladmandic/human/models/", import.meta.url);

// The thresholds in src/analysis/recognisers/fuse-views.ts were measured with exactly these bytes, and NOTICE names them.
it.each([
  { file: "centernet.bin", sha256: "1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef" },
  { file: "centernet.json", sha256: "bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05" },
])("ships the measured $file", async ({ file, sha256 }) => {
  const bytes = await readFile(new URL(file, MODELS));

  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
});
