import { COCO_LABELS } from "./coco-labels.ts";
import type { Frame } from "./views.ts";

/** Left, top, width and height as fractions 0-1 of the upright photo. */
interface DetectionBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One thing that the network saw. `label` is a COCO category, `score` is 0-1. */
export interface Detection {
  label: string;
  score: number;
  box: DetectionBox;
}

/** A row of the network's output: x1, y1, x2, y2 in pixels of the square, score, class number. */
const ROW_LENGTH = 6;

/** Below it the network's rows are noise, and leaving them out keeps the output small. */
const SCORE_FLOOR = 0.04;

/** Fraction of the photo's area; smaller boxes are crumbs and patterns. */
const MIN_AREA = 0.004;

/** Two boxes of one class that overlap by more than this are one thing. */
const MAX_OVERLAP = 0.5;

/**
 * Reads the network's output for one view. Best score first; of overlapping boxes with one label only the best stays.
 */
export function readDetections(output: Float32Array, frame: Frame): Detection[] {
  const seen = Array.from({ length: Math.floor(output.length / ROW_LENGTH) }, (_, row) =>
    readRow(output.subarray(row * ROW_LENGTH, (row + 1) * ROW_LENGTH), frame),
  )
    .filter((detection) => detection !== undefined)
    .sort((first, second) => second.score - first.score);

  const kept: Detection[] = [];
  for (const detection of seen) {
    const repeated = kept.some(
      ({ label, box }) => label === detection.label && intersectionOverUnion(box, detection.box) > MAX_OVERLAP,
    );
    if (!repeated) kept.push(detection);
  }
  return kept;
}

function readRow(row: Float32Array, frame: Frame): Detection | undefined {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, classNumber = -1] = row;
  const label = COCO_LABELS[classNumber];
  if (label === undefined || !(score >= SCORE_FLOOR)) return undefined;
  const left = fraction(x1 - frame.left, frame.width);
  const top = fraction(y1 - frame.top, frame.height);
  const width = fraction(x2 - frame.left, frame.width) - left;
  const height = fraction(y2 - frame.top, frame.height) - top;
  return width > 0 && width * height >= MIN_AREA
    ? { label, score, box: { x: left, y: top, width, height } }
    : undefined;
}

/** Boxes reach into the padding and over the edge; what is outside the photo is cut off. */
const fraction = (pixels: number, length: number): number => Math.min(Math.max(pixels / length, 0), 1);

function intersectionOverUnion(first: DetectionBox, second: DetectionBox): number {
  const width = Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x);
  const height = Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  return intersection / (first.width * first.height + second.width * second.height - intersection);
}
