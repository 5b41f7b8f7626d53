import { loadCenternet, type Network } from "./centernet.ts";
import { decodePhoto } from "./decode-photo.ts";
import { type Detection, readDetections } from "./detections.ts";
import { parseImageInput } from "./image-input.ts";
import { yieldToEventLoop } from "./yield-to-event-loop.ts";
import { turnSize } from "./orientation.ts";
import { paddedView, stretchedView, type ViewName } from "./views.ts";
import { unreadableImage } from "./workers-ai-error.ts";

/** What the model saw, and nothing else: what counts as recognized, and how much it weighs, is the reader's to say. */
export interface DetectorOutput {
  model: "centernet-mobilenetv3-coco";
  /** Pixels of the photo in its current state upright. */
  photo: { width: number; height: number };
  /** The stretched view, then the padded one. */
  views: { view: ViewName; detections: Detection[] }[];
  /** Loading the network, which only the first photo waits for, is in neither. */
  timings_ms: { decode: number; detect: number };
}

let network: Promise<Network> | undefined;

/**
 * Looks for the 80 COCO categories in a photo. The first call also loads the network, about half a second.
 * Throws 5004 for an input of the wrong shape and 3010 for an image that does not decode.
 */
export async function detect(input: Record<string, unknown>): Promise<DetectorOutput> {
  const { image, orientation } = parseImageInput(input);
  await yieldToEventLoop();
  network ??= loadCenternet();
  const look = await network;

  const startedAt = Date.now();
  const photo = await decodePhoto(image);
  if (!photo.ok) throw unreadableImage(photo.error.detail);
  const decodedAt = Date.now();
  const views: DetectorOutput["views"] = [];
  for (const view of [stretchedView(photo.value, orientation), paddedView(photo.value, orientation)]) {
    await yieldToEventLoop();
    views.push({ view: view.name, detections: readDetections(look(view), view.frame) });
  }
  return {
    model: "centernet-mobilenetv3-coco",
    photo: turnSize(photo.value, orientation),
    views,
    /** Loading the network, which only the first photo waits for, is in neither. */
    timings_ms: { decode: decodedAt - startedAt, detect: Date.now() - decodedAt },
  };
}
