import type { RgbaImage } from "./resample.ts";

/** 8-bit gray in reading order. */
export interface GrayImage {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** ITU-R BT.601 luma. */
const LUMA = { red: 0.299, green: 0.587, blue: 0.114 };

const WHITE = 255;

/** Lightness alone, transparency on white; print in color keeps its contrast to the ground. */
export function toGray({ data, width, height }: RgbaImage): GrayImage {
  const gray = new Uint8ClampedArray(width * height);
  for (let at = 0, from = 0; at < gray.length; at++, from += 4) {
    const luma = LUMA.red * data[from]! + LUMA.green * data[from + 1]! + LUMA.blue * data[from + 2]!;
    const opacity = data[from + 3]! / WHITE;
    gray[at] = luma * opacity + WHITE * (1 - opacity);
  }
  return { data: gray, width, height };
}

/** Doubles both sides, interpolating between neighbors. */
export function doubled({ data, width, height }: GrayImage): GrayImage {
  const large = { data: new Uint8ClampedArray(4 * width * height), width: 2 * width, height: 2 * height };
  for (let y = 0, to = 0; y < large.height; y++) {
    // The center of a doubled pixel lies a quarter off that of the pixel it came from.
    const [top, bottom] = nearest(y, height);
    for (let x = 0; x < large.width; x++, to++) {
      const [left, right] = nearest(x, width);
      const near = 3 * data[top * width + left]! + data[top * width + right]!;
      const far = 3 * data[bottom * width + left]! + data[bottom * width + right]!;
      large.data[to] = (3 * near + far) / 16;
    }
  }
  return large;
}

/** The pixel that holds the doubled one, and its nearer neighbor. */
function nearest(doubledIndex: number, length: number): [number, number] {
  const own = doubledIndex >> 1;
  const neighbor = doubledIndex % 2 === 0 ? own - 1 : own + 1;
  return [own, Math.min(Math.max(neighbor, 0), length - 1)];
}

/** Halves both sides; each pixel is the mean of four. */
export function halved({ data, width, height }: GrayImage): GrayImage {
  const small = { data: new Uint8ClampedArray((width >> 1) * (height >> 1)), width: width >> 1, height: height >> 1 };
  for (let y = 0, to = 0; y < small.height; y++) {
    for (let x = 0, from = 2 * y * width; x < small.width; x++, to++, from += 2) {
      small.data[to] = (data[from]! + data[from + 1]! + data[from + width]! + data[from + width + 1]!) / 4;
    }
  }
  return small;
}

/**
 * Turns the image so that what falls by `slope` pixels per pixel to the right lies level; white comes in at the edges.
 */
export function leveled({ data, width, height }: GrayImage, slope: number): GrayImage {
  const length = Math.hypot(1, slope);
  const [cos, sin] = [1 / length, slope / length];
  const level = {
    width: Math.ceil(width * cos + height * Math.abs(sin)),
    height: Math.ceil(width * Math.abs(sin) + height * cos),
  };
  const pixels = new Uint8ClampedArray(level.width * level.height).fill(WHITE);
  for (let y = 0, to = 0; y < level.height; y++) {
    const fromMiddleY = y - level.height / 2;
    for (let x = 0; x < level.width; x++, to++) {
      const fromMiddleX = x - level.width / 2;
      const sourceX = cos * fromMiddleX - sin * fromMiddleY + width / 2;
      const sourceY = sin * fromMiddleX + cos * fromMiddleY + height / 2;
      const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
      if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) continue;
      const at = top * width + left;
      const [right, down] = [sourceX - left, sourceY - top];
      const above = data[at]! * (1 - right) + data[at + 1]! * right;
      const below = data[at + width]! * (1 - right) + data[at + width + 1]! * right;
      pixels[to] = above * (1 - down) + below * down;
    }
  }
  return { data: pixels, ...level };
}

/** Print covers less than half of such a neighbourhood, so that its mean follows the ground and its shadows. */
const GROUND_RADIUS_SHARE = 1 / 32;
/** Of the ground's lightness: darker than this is ink, lighter than that is ground. */
const INK_SHARE = 0.5;
const GROUND_SHARE = 0.95;

/**
 * Evens out light and shadow and stretches the contrast, so that ink is black and its ground white. Tesseract chooses
 * one threshold for the whole image; without this, shading and blur hide whole lines from it.
 */
export function clearInk({ data, width, height }: GrayImage): GrayImage {
  const radius = Math.max(1, Math.round(Math.max(width, height) * GROUND_RADIUS_SHARE));
  const clear = new Uint8ClampedArray(data.length);
  // Sums over the rows around y, a column each: a table of sums for the whole image would take eight times its size.
  const columns = new Float64Array(width);
  const addRow = (row: number, sign: 1 | -1): void => {
    if (row >= 0 && row < height) for (let x = 0; x < width; x++) columns[x]! += sign * data[row * width + x]!;
  };
  for (let row = 0; row < radius; row++) addRow(row, 1);
  for (let y = 0; y < height; y++) {
    addRow(y + radius, 1);
    addRow(y - radius - 1, -1);
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius);
    clearRow(data, clear, { y, width, radius, rows }, columns);
  }
  return { data: clear, width, height };
}

interface Strip {
  y: number;
  width: number;
  radius: number;
  /** Over how many rows `columns` sums. */
  rows: number;
}

function clearRow(
  data: Uint8ClampedArray,
  clear: Uint8ClampedArray,
  { y, width, radius, rows }: Strip,
  columns: Float64Array,
): void {
  let sum = 0;
  for (let x = 0; x < Math.min(radius, width); x++) sum += columns[x]!;
  for (let x = 0, at = y * width; x < width; x++, at++) {
    if (x + radius < width) sum += columns[x + radius]!;
    if (x - radius - 1 >= 0) sum -= columns[x - radius - 1]!;
    const around = Math.min(width, x + radius + 1) - Math.max(0, x - radius);
    const ground = sum / (rows * around);
    clear[at] = (WHITE * (data[at]! / Math.max(ground, 1) - INK_SHARE)) / (GROUND_SHARE - INK_SHARE);
  }
}
