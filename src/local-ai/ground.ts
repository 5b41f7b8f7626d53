import type { RgbaImage } from "./resample.ts";

/** Puts what is transparent on white, in place. */
export function putOnWhite({ data }: RgbaImage): void {
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at] ?? 0;
    if (alpha === 255) continue;
    const white = 255 - alpha;
    for (let channel = at - 3; channel < at; channel += 1) {
      data[channel] = Math.round(((data[channel] ?? 0) * alpha) / 255 + white);
    }
    data[at] = 255;
  }
}

/** Mirrors an image in place: left and right (`h`), top and bottom (`v`), or both. */
export function flip({ data, width, height }: RgbaImage, sides: "h" | "v" | "hv"): void {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  if (sides !== "v") for (let y = 0; y < height; y += 1) pixels.subarray(y * width, (y + 1) * width).reverse();
  if (sides === "h") return;
  for (let top = 0, bottom = height - 1; top < bottom; top += 1, bottom -= 1) {
    const row = pixels.slice(top * width, (top + 1) * width);
    pixels.copyWithin(top * width, bottom * width, (bottom + 1) * width);
    pixels.set(row, bottom * width);
  }
}
