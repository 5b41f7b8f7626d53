import type { OCREngine, TextItem } from "tesseract-wasm";
import { decodePhoto } from "./decode-photo.ts";
import { parseImageInput } from "./image-input.ts";
import { clearInk, doubled, type GreyImage, halved, toGrey } from "./ink.ts";
import { turnUpright } from "./orientation.ts";
import { resample, type RgbaImage, type RgbImage } from "./resample.ts";
import { startTesseract } from "./tesseract.ts";
import { unreadableImage } from "./workers-ai-error.ts";

/** One word; the box is in pixels of `photo`, the confidence 0-1. */
interface ReadWord {
  text: string;
  confidence: number;
  box: { left: number; top: number; right: number; bottom: number };
}

/** What stands in the photo, word by word: what it means is the reader's to say. */
export interface TextAnswer {
  model: "tesseract-5-eng";
  /** Pixels of the photo as it was read: upright. */
  photo: { width: number; height: number };
  words: ReadWord[];
  /** Loading the engine, which only the first photo waits for, is in neither. */
  timings_ms: { decode: number; read: number };
}

/** Larger photos take longer and are read no better (measured on rendered labels). */
const MAX_SIDE_PX = 2048;

let engine: Promise<OCREngine> | undefined;

/**
 * Reads the printed text of a photo. The first call also starts the engine, about a third of a second.
 * Throws 5004 for an input of the wrong shape and 3003 for an image that does not decode.
 */
export async function readText(input: Record<string, unknown>): Promise<TextAnswer> {
  const { image, orientation } = parseImageInput(input);
  engine ??= startTesseract();
  const tesseract = await engine;

  const startedAt = Date.now();
  const photo = await decodePhoto(image);
  if (!photo.ok) throw unreadableImage(photo.error.detail);
  const page = clearInk(toGrey(turnUpright(fitted(photo.value), orientation)));
  const decodedAt = Date.now();
  const { words, scale } = read(tesseract, page);
  return {
    model: "tesseract-5-eng",
    photo: { width: page.width * scale, height: page.height * scale },
    words: words
      .filter(({ text }) => text.trim() !== "")
      .map(({ text, confidence, rect }) => ({ text, confidence, box: rect })),
    timings_ms: { decode: decodedAt - startedAt, read: Date.now() - decodedAt },
  };
}

/** Words of these heights are read best; smaller or larger ones are read in a picture of twice or half the size. */
const MIN_WORD_PX = 17;
const MAX_WORD_PX = 40;
/** A doubled picture of this size takes 60 MB while it is read. */
const MAX_DOUBLED_PIXELS = 8_000_000;

function read(tesseract: OCREngine, page: GreyImage): { words: TextItem[]; scale: number } {
  tesseract.loadImage(toRgba(page));
  const heights = tesseract.getBoundingBoxes("word").map(({ rect }) => rect.bottom - rect.top);
  const median = heights.toSorted((first, second) => first - second)[heights.length >> 1] ?? 0;
  const scale = scaleFor(median, page);
  if (scale !== 1) tesseract.loadImage(toRgba(scale === 2 ? doubled(page) : halved(page)));
  const words = tesseract.getTextBoxes("word");
  tesseract.clearImage();
  return { words, scale };
}

function scaleFor(wordHeight: number, { width, height }: GreyImage): number {
  if (wordHeight > MAX_WORD_PX) return 0.5;
  return wordHeight < MIN_WORD_PX && 4 * width * height <= MAX_DOUBLED_PIXELS ? 2 : 1;
}

function fitted(photo: RgbaImage): RgbImage {
  const scale = Math.min(1, MAX_SIDE_PX / Math.max(photo.width, photo.height));
  return resample(photo, Math.round(photo.width * scale), Math.round(photo.height * scale));
}

/** The engine takes RGBA and copies it. */
function toRgba({ data, width, height }: GreyImage): { data: Uint8ClampedArray; width: number; height: number } {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from++, to += 4) rgba.fill(data[from]!, to, to + 3);
  return { data: rgba, width, height };
}
