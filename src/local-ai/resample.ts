/** 8-bit RGBA in reading order, as a codec returns it. */
export interface RgbaImage {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

/** 8-bit RGB in reading order. */
export interface RgbImage {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/**
 * Resizes to exactly `width` x `height` pixels, transparency composited on white. Averages areas when both sides
 * shrink, so that every pixel of a large photo counts; interpolates otherwise.
 */
export const resample = (source: RgbaImage, width: number, height: number): RgbImage =>
  width < source.width && height < source.height
    ? averageAreas(source, width, height)
    : interpolate(source, width, height);

function averageAreas(source: RgbaImage, width: number, height: number): RgbImage {
  const data = new Uint8ClampedArray(width * height * 3);
  const columns = cellEdges(source.width, width);
  const rows = cellEdges(source.height, height);
  for (let y = 0, target = 0; y < height; y++) {
    for (let x = 0; x < width; x++, target += 3) {
      const cell = { left: columns[x]!, right: columns[x + 1]!, top: rows[y]!, bottom: rows[y + 1]! };
      data.set(averageOnWhite(source, cell), target);
    }
  }
  return { data, width, height };
}

/** The `cells + 1` edges that divide `length` pixels as evenly as whole pixels allow; no cell is empty. */
const cellEdges = (length: number, cells: number): Uint32Array =>
  Uint32Array.from({ length: cells + 1 }, (_, index) => Math.round((index * length) / cells));

interface Cell {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function averageOnWhite(source: RgbaImage, cell: Cell): [red: number, green: number, blue: number] {
  let red = 0;
  let green = 0;
  let blue = 0;
  let opacity = 0;
  for (let y = cell.top; y < cell.bottom; y++) {
    const end = (y * source.width + cell.right) * 4;
    for (let i = (y * source.width + cell.left) * 4; i < end; i += 4) {
      const alpha = source.data[i + 3]!;
      red += source.data[i]! * alpha;
      green += source.data[i + 1]! * alpha;
      blue += source.data[i + 2]! * alpha;
      opacity += alpha;
    }
  }
  const pixels = (cell.right - cell.left) * (cell.bottom - cell.top);
  const white = 255 - opacity / pixels;
  return [red / (255 * pixels) + white, green / (255 * pixels) + white, blue / (255 * pixels) + white];
}

function interpolate(source: RgbaImage, width: number, height: number): RgbImage {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, target = 0; y < height; y++) {
    const row = neighbors(y, height, source.height);
    for (let x = 0; x < width; x++, target += 3) {
      const column = neighbors(x, width, source.width);
      for (let channel = 0; channel < 3; channel++) {
        const at = (atY: number, atX: number) => onWhite(source, atX, atY, channel);
        const above = mix(at(row.before, column.before), at(row.before, column.after), column.weight);
        const below = mix(at(row.after, column.before), at(row.after, column.after), column.weight);
        data[target + channel] = mix(above, below, row.weight);
      }
    }
  }
  return { data, width, height };
}

/** The two source pixels around the center of target pixel `index`, and how much of the second one to take. */
function neighbors(index: number, targetLength: number, sourceLength: number) {
  const center = ((index + 0.5) * sourceLength) / targetLength - 0.5;
  const position = Math.min(Math.max(center, 0), sourceLength - 1);
  const before = Math.floor(position);
  return { before, after: Math.min(before + 1, sourceLength - 1), weight: position - before };
}

function onWhite(source: RgbaImage, x: number, y: number, channel: number): number {
  const pixel = (y * source.width + x) * 4;
  const alpha = source.data[pixel + 3]! / 255;
  return source.data[pixel + channel]! * alpha + 255 * (1 - alpha);
}

const mix = (first: number, second: number, weight: number): number => first * (1 - weight) + second * weight;
