import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedDetector } from "../../src/analysis/recognizers/embedded-detector.ts";
import { LIKELY_SCORE } from "../../src/analysis/recognizers/fuse-views.ts";
import { EMBEDDED_FOODS } from "../../src/analysis/recognizers/piece-weights.ts";
import type { ModelPhoto, Recognition } from "../../src/analysis/recognizers/recognizer.ts";
import { type LocalAIBinding, startLocalAI } from "../support/node/local-ai.ts";
import { readPicture } from "../support/node/photo-files.ts";

const DETECTOR = "@local/centernet-coco";
const SAMPLES = new URL("../samples/", import.meta.url);

const photos = readdirSync(SAMPLES).filter((name) => name.endsWith(".jpg"));

/** The food that a sample is named after, if the detector knows it: "orange-large.jpg" shows an orange. */
const knownFood = (photo: string) => EMBEDDED_FOODS.find((food) => photo.startsWith(food));

let ai: LocalAIBinding;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ ai, stop } = await startLocalAI());
});

afterAll(() => stop());

const sample = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(name, SAMPLES)));

/** Asks the model and reads its answer with the production code. */
async function look(bytes: Uint8Array, orientation = 1): Promise<Recognition> {
  // The detector reads the format and the size from the file itself.
  const photo: ModelPhoto = { bytes, format: "jpeg", width: 1, height: 1, orientation };
  const response = await ai.run(DETECTOR, embeddedDetector.buildInput(photo, { countryCode: null, userHint: null }));
  const recognition = embeddedDetector.readOutput(response);
  if (!recognition.ok) throw new Error(recognition.error.detail);
  return recognition.value;
}

describe("on the sample photos the embedded detector", () => {
  it.each(photos.filter((photo) => knownFood(photo) !== undefined))("is likely right about %s", async (photo) => {
    const [surest] = (await look(await sample(photo))).foods;

    expect(surest?.name).toBe(knownFood(photo));
    expect(surest?.confidence).toBeGreaterThanOrEqual(LIKELY_SCORE);
  });

  it.each(photos.filter((photo) => knownFood(photo) === undefined))("gives no wrong name to %s", async (photo) => {
    expect((await look(await sample(photo))).foods).toEqual([]);
  });

  it("sees no food in a still life without any", async () => {
    expect(await look(await sample("still-life.jpg"))).toMatchObject({ foods: [], foodPresent: false });
  });
});

describe("the embedded detector", () => {
  it("finds the same in a photo that was taken sideways", async () => {
    const upright = await sample("apple.jpg");
    const sideways = await (await readPicture(upright)).asSidewaysJpeg();
    const [expected] = (await look(upright)).foods;
    const [found] = (await look(sideways, 6)).foods;

    expect(found?.name).toBe("apple");
    expect(found?.boxes[0]?.x).toBeCloseTo(expected?.boxes[0]?.x ?? Number.NaN, 1);
    expect(found?.boxes[0]?.y).toBeCloseTo(expected?.boxes[0]?.y ?? Number.NaN, 1);
  });

  it.each([
    { format: "PNG", encode: "asPng" },
    { format: "WebP", encode: "asWebp" },
  ] as const)("reads $format as well as JPEG", async ({ encode }) => {
    const picture = await readPicture(await sample("apple.jpg"));

    expect((await look(await picture[encode]())).foods[0]?.name).toBe("apple");
  });

  it("takes bytes in every form that Workers AI takes", async () => {
    const bytes = await sample("apple.jpg");
    const response = await ai.run(DETECTOR, { image: bytes });

    for (const image of [bytes.buffer, [...bytes]]) {
      expect(await ai.run(DETECTOR, { image })).toMatchObject({ views: (response as { views: object[] }).views });
    }
  });

  it("reports the upright size of the photo", async () => {
    const image = await (await readPicture(await sample("apple.jpg"))).asSidewaysJpeg();
    const [turned, stored] = [await ai.run(DETECTOR, { image, orientation: 6 }), await ai.run(DETECTOR, { image })];
    const { width, height } = (stored as { photo: { width: number; height: number } }).photo;

    expect(turned).toMatchObject({ photo: { width: height, height: width } });
  });
});

describe("local-ai fails as Workers AI does", () => {
  it.each<{ code: string; what: string; model?: string; input: Record<string, unknown> }>([
    { code: "5007: No such model @cf/any or task", what: "a model that is not here", model: "@cf/any", input: {} },
    { code: "5004: ", what: "no image", input: {} },
    { code: "5004: ", what: "an image that is no bytes", input: { image: "orange.jpg" } },
    { code: "5004: ", what: "numbers that are no bytes", input: { image: [0xff, 256] } },
    { code: "5004: ", what: "an orientation beyond 8", input: { image: new Uint8Array(4), orientation: 9 } },
    { code: "3010: ", what: "a file of another kind", input: { image: Buffer.from("%PDF-1.7") } },
    { code: "3010: ", what: "an empty file", input: { image: new Uint8Array() } },
  ])("with $code for $what", async ({ code, model = DETECTOR, input }) => {
    await expect(ai.run(model, input)).rejects.toThrow(code);
  });

  it.each(["jpg", "png", "webp"])("with 3010 for a broken %s file, and goes on to serve whole ones", async (format) => {
    const picture = await readPicture(await sample("apple.jpg"));
    const whole = { jpg: await sample("apple.jpg"), png: await picture.asPng(), webp: await picture.asWebp() }[format]!;
    const broken = whole.map((byte, index) => (index < 20 ? byte : (byte * 7 + index) & 0xff));

    await expect(ai.run(DETECTOR, { image: broken })).rejects.toThrow("3010: ");
    expect((await look(whole)).foods[0]?.name).toBe("apple");
  });
});
