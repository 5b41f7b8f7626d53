import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLabel } from "../../src/analysis/read-label.ts";
import { DESIGNS } from "../samples/labels/designs.ts";
import { type LocalAIBinding, startLocalAI } from "../support/node/local-ai.ts";

const OCR = "@local/tesseract";
const SAMPLES = new URL("../samples/", import.meta.url);
const LABELS = new URL("labels/", SAMPLES);

let ai: LocalAIBinding;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ ai, stop } = await startLocalAI());
});

afterAll(() => stop());

const stored = { format: "jpeg" as const, bytes: 1, width: 1000, height: 1000, orientation: 1 };

/** The production code, with the real model behind it. */
const read = async (file: URL) =>
  readLabel(
    { stored, bytes: new Uint8Array(await readFile(file)) },
    {
      makeUpright: () => Promise.reject(new Error("the samples are upright")),
      runModel: (model, input) => ai.run(model, input),
      models: [OCR],
      now: Date.now,
    },
  );

/** "us-cereal--arimo--turn-3.jpg": the design, its font, what was done to the photo. */
const photos = readdirSync(LABELS)
  .filter((name) => name.endsWith(".jpg"))
  .map((photo) => ({ photo, design: DESIGNS.find(({ name }) => photo.startsWith(`${name}--`)) }));

/** Labels round; so may a value that was read from the other column. */
const isRight = (expected: number, actual: number | undefined) =>
  actual !== undefined && Math.abs(actual - expected) <= 0.05 + 0.003 * expected;

const isReadable = ({ photo, design }: (typeof photos)[number]): boolean =>
  !photo.includes("--blur-3") && design?.misprinted !== true;

describe("the photo of a label", () => {
  it.each(photos.filter(isReadable))("is read right: $photo", async ({ photo, design }) => {
    const label = await read(new URL(photo, LABELS));
    if (!label.ok || design === undefined) throw new Error(JSON.stringify(label));
    const { expected, basis } = design;
    const got = basis === "per_100" ? label.value.per100 : label.value.nutrients;
    const wrong = Object.entries(expected).filter(([field, value]) => !isRight(value, got[field as keyof typeof got]));

    expect(wrong.map(([field, value]) => [field, value, got[field as keyof typeof got]])).toEqual([]);
    expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
    expect([label.value.servingSize, label.value.unit]).toEqual(design.serving ?? [100, "g"]);
  });

  it.each(photos.filter(({ photo }) => photo.includes("--blur-3")))(
    "is refused when nobody can read it: $photo",
    async ({ photo }) => {
      expect(await read(new URL(photo, LABELS))).toMatchObject({ ok: false, error: { code: "label_not_found" } });
    },
  );

  it.each(photos.filter(({ design }) => design?.misprinted === true))(
    "is refused when its energy contradicts the rest: $photo",
    async ({ photo }) => {
      expect(await read(new URL(photo, LABELS))).toMatchObject({
        ok: false,
        error: {
          code: "label_not_found",
          reason: expect.stringContaining("is inconsistent: its energy is 250 kcal"),
        },
      });
    },
  );

  it.each(["still-life.jpg", "apple.jpg", "rice.jpg"])("is refused when it shows no label: %s", async (photo) => {
    expect(await read(new URL(photo, SAMPLES))).toMatchObject({
      ok: false,
      error: { code: "label_not_found", reason: expect.stringContaining("No nutrition label was found") },
    });
  });
});

describe("the local reader of print", () => {
  const upright = new URL("us-yogurt--arimo--turn-3.jpg", LABELS);

  it("refuses what is no image, and an input without one, as Workers AI does", async () => {
    await expect(ai.run(OCR, { image: new Uint8Array([1, 2, 3]) })).rejects.toThrow("3010:");
    await expect(ai.run(OCR, { prompt: "read" })).rejects.toThrow("5004:");
  });

  it("reads on after an image that it could not read", async () => {
    await expect(ai.run(OCR, { image: new Uint8Array([0xff, 0xd8, 0xff, 0]) })).rejects.toThrow("3010:");
    expect(await read(upright)).toMatchObject({ ok: true });
  });
});
