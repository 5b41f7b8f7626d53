import { expect, it, vi } from "vitest";
import { turnUpright } from "../../src/local-ai/orientation.ts";
import { flatJpeg } from "../support/images.ts";
import { readPhoto, readRecord, uploadPhoto } from "../support/node/demo-user.ts";
import { decodePixels, encodeAsJpeg, encodeAsPng, withOrientation } from "../support/node/photo-files.ts";
import { startMorsel, type RunningMorsel } from "../support/node/running-morsel.ts";

const PATIENCE_MS = 60_000;
const [WIDTH, HEIGHT] = [640, 520];

type Color = [red: number, green: number, blue: number];
const [RED, GREEN, BLUE, GRAY]: Color[] = [
  [220, 20, 20],
  [20, 200, 20],
  [20, 20, 220],
  [128, 128, 128],
];

/** A picture of four quarters, as it stands upright. */
function quarters(): { data: Uint8ClampedArray; width: number; height: number } {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 3);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
    const isLeft = pixel % WIDTH < WIDTH / 2;
    const isTop = pixel < (WIDTH * HEIGHT) / 2;
    data.set((isTop ? (isLeft ? RED : GREEN) : isLeft ? BLUE : GRAY) ?? [], 3 * pixel);
  }
  return { data, width: WIDTH, height: HEIGHT };
}

/** The turn that undoes another one. */
const undone = (orientation: number): number => ({ 6: 8, 8: 6 })[orientation] ?? orientation;

/** The picture as a camera stores it that was held so; `alphaOf` says how opaque a color is. */
function stored(orientation: number, alphaOf: (red: number) => number = () => 255): ImageData {
  const turned = turnUpright(quarters(), undone(orientation));
  const pixels = new Uint8ClampedArray(turned.width * turned.height * 4);
  for (let from = 0, to = 0; from < turned.data.length; from += 3, to += 4) {
    pixels.set([...turned.data.subarray(from, from + 3), alphaOf(turned.data[from] ?? 0)], to);
  }
  return new ImageData(pixels, turned.width, turned.height);
}

const nearest = ({ data, width }: ImageData, x: number, y: number): number[] =>
  [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)].map((level) => Math.round(level / 40));
const rough = (color: Color | undefined): number[] => (color ?? []).map((level) => Math.round(level / 40));

/** The colors in the middle of each quarter, from left to right and from top to bottom. */
async function shown(morsel: RunningMorsel, id: string): Promise<number[][]> {
  const { type, bytes } = await readPhoto(morsel, id);
  const image = await decodePixels(type === "image/png" ? "png" : "jpeg", bytes);
  expect([image.width, image.height]).toEqual([WIDTH, HEIGHT]);
  const [left, right, top, bottom] = [WIDTH / 4, (3 * WIDTH) / 4, HEIGHT / 4, (3 * HEIGHT) / 4];
  return [
    nearest(image, left, top),
    nearest(image, right, top),
    nearest(image, left, bottom),
    nearest(image, right, bottom),
  ];
}

/** How a record ends: its failure, or that it is completed. */
const endOf = (morsel: RunningMorsel, id: string): Promise<string> =>
  vi.waitFor(
    async () => {
      const { status, failure_code: failure } = await readRecord(morsel, id);
      if (status !== "completed" && status !== "failed") throw new Error(`still ${status}`);
      return failure ?? status;
    },
    { timeout: PATIENCE_MS, interval: 200 },
  );

it("shows a photo upright however it was held, mirrored ones too", async () => {
  const morsel = await startMorsel();
  const upright = [RED, GREEN, BLUE, GRAY].map(rough);
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const jpeg = withOrientation(await encodeAsJpeg(stored(orientation), { quality: 95 }), orientation);
    expect(await shown(morsel, await uploadPhoto(morsel, jpeg)), `JPEG, ${orientation}`).toEqual(upright);
  }
  for (const orientation of [2, 5, 6]) {
    const png = await encodeAsPng(stored(orientation), orientation);
    expect(await shown(morsel, await uploadPhoto(morsel, png)), `PNG, ${orientation}`).toEqual(upright);
    // Red and gray are there, green and blue are not.
    const cut = await encodeAsPng(
      stored(orientation, (red) => (red > 100 ? 255 : 0)),
      orientation,
    );
    const white = rough([255, 255, 255]);
    expect(await shown(morsel, await uploadPhoto(morsel, cut)), `transparent PNG, ${orientation}`).toEqual([
      rough(RED),
      white,
      white,
      rough(GRAY),
    ]);
  }
}, 240_000);

it("reads a photo in the inks of print, upright or turned, and says of a corrupt one soon that it cannot", async () => {
  const morsel = await startMorsel();
  for (const [width, orientation] of [
    [600, 1],
    [1400, 1],
    [600, 6],
    [600, 7],
  ] as const) {
    const inks = flatJpeg({ width, height: 520, orientation, components: 4 });
    expect(await endOf(morsel, await uploadPhoto(morsel, inks)), `CMYK, ${width}, ${orientation}`).toBe(
      "no_food_found",
    );
  }
  const clear = await encodeAsPng(
    stored(1, () => 0),
    1,
  );
  expect(await endOf(morsel, await uploadPhoto(morsel, clear))).toBe("no_food_found");
  for (const [width, orientation] of [
    [3000, 1],
    [600, 6],
    [600, 5],
  ] as const) {
    const broken = flatJpeg({ width, height: 2000, orientation, components: 3 });
    // No codes: nothing in the scan can be read.
    broken[broken.findIndex((byte, at) => byte === 0xff && broken[at + 1] === 0xc4) + 1] = 0xfe;
    const id = await uploadPhoto(morsel, broken);
    expect(await endOf(morsel, id), `corrupt, ${width}, ${orientation}`).toBe("image_unreadable");
    expect((await readPhoto(morsel, id)).bytes).toHaveLength(broken.length);
  }
}, 240_000);
