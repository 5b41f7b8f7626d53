import { turnSize, turnUpright } from "./orientation.ts";
import { resample, type RgbaImage, type RgbImage } from "./resample.ts";

/** The side of the square that the network was trained on. */
export const VIEW_SIDE_PX = 512;

/**
 * In the padded view the photo's longest side has this length, on a gray ground: things look smaller, which recovers
 * close-ups. On 884 photos the mean of this view and the stretched one beat either alone, with flips and with tiles.
 */
const PADDED_SIDE_PX = 360;
const PADDING_GRAY = 114;

export type ViewName = "stretch" | "padded";

/** Where in the square the upright photo lies, in pixels. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** One way to show the photo to the network. */
export interface View {
  name: ViewName;
  /** RGB, `VIEW_SIDE_PX` squared. */
  pixels: Uint8ClampedArray;
  frame: Frame;
}

/** The whole square filled, whatever the photo's proportions. */
export function stretchedView(photo: RgbaImage, orientation: number): View {
  const frame = { left: 0, top: 0, width: VIEW_SIDE_PX, height: VIEW_SIDE_PX };
  return { name: "stretch", pixels: fitted(photo, orientation, frame).data, frame };
}

/** The photo in its proportions, centered on gray. */
export function paddedView(photo: RgbaImage, orientation: number): View {
  const frame = centeredFrame(turnSize(photo, orientation), PADDED_SIDE_PX);
  const pixels = new Uint8ClampedArray(VIEW_SIDE_PX * VIEW_SIDE_PX * 3).fill(PADDING_GRAY);
  const picture = fitted(photo, orientation, frame).data;
  for (let row = 0; row < frame.height; row++) {
    const line = picture.subarray(row * frame.width * 3, (row + 1) * frame.width * 3);
    pixels.set(line, ((frame.top + row) * VIEW_SIDE_PX + frame.left) * 3);
  }
  return { name: "padded", pixels, frame };
}

/** Shrinks before turning: the turn then moves thousands of pixels instead of millions. */
function fitted(photo: RgbaImage, orientation: number, frame: Frame): RgbImage {
  const stored = turnSize(frame, orientation);
  return turnUpright(resample(photo, stored.width, stored.height), orientation);
}

function centeredFrame(photo: { width: number; height: number }, longestSide: number): Frame {
  const scale = longestSide / Math.max(photo.width, photo.height);
  const width = Math.max(1, Math.round(photo.width * scale));
  const height = Math.max(1, Math.round(photo.height * scale));
  return {
    left: Math.floor((VIEW_SIDE_PX - width) / 2),
    top: Math.floor((VIEW_SIDE_PX - height) / 2),
    width,
    height,
  };
}
