import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const PACKAGES = new URL("../../../node_modules/", import.meta.url);

// What the thresholds in src/analysis/recognizers/fuse-views.ts and the repairs in src/nutrition/labels were measured
// with are exactly these bytes, and NOTICE names them.
it.each([
  {
    file: "@vladmandic/human/models/centernet.bin",
    sha256: "1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef",
  },
  {
    file: "@vladmandic/human/models/centernet.json",
    sha256: "bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05",
  },
  {
    file: "@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz",
    sha256: "45b4cb346724ac1774f1c36f42f182b887bcdb28ebe63e6fff90ac41f3fcff91",
  },
])("ships the measured $file", async ({ file, sha256 }) => {
  const bytes = await readFile(new URL(file, PACKAGES));

  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
});
