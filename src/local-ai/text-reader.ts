import type { OCREngine, TextItem } from "tesseract-wasm";
import { medianHeight, type PlacedWord, rowSlope } from "../nutrition/labels/row-slope.ts";
import { decodePhoto } from "./decode-photo.ts";
import { parseImageInput } from "./image-input.ts";
import { clearInk, doubled, type GrayImage, halved, leveled, toGray } from "./ink.ts";
import { yieldToEventLoop } from "./yield-to-event-loop.ts";
import { startTesseract } from "./tesseract.ts";
import { unreadableImage } from "./workers-ai-error.ts";

/** One word; the box is in pixels of `photo`, the confidence 0-1. */
interface ReadWord {
  text: string;
  confidence: number;
  box: { left: number; top: number; right: number; bottom: number };
}

/** The text in the photo, word by word; interpreting it is up to the caller. */
export interface TextOutput {
  model: "tesseract-5-eng";
  /** Pixels of the photo as it was read: its rows level, in a size that suits its words. */
  photo: { width: number; height: number };
  words: ReadWord[];
  /** The first photo's `read` includes starting the engine. */
  timings_ms: { decode: number; read: number };
}

let engine: Promise<OCREngine> | undefined;

/**
 * Reads the printed text of a photo that stands upright, give or take 15°. The first call also starts the engine, about
 * a third of a second. The image may have 4.2 megapixels, as the service prepares it: the memory is not bounded here.
 * Throws 5004 for an input of the wrong shape and 3010 for an image that does not decode.
 */
export async function readText(input: Record<string, unknown>): Promise<TextOutput> {
  const { image } = parseImageInput(input);
  await yieldToEventLoop();
  const startedAt = Date.now();
  const photo = await decodePhoto(image);
  if (!photo.ok) throw unreadableImage(photo.error.detail);
  const whole = clearInk(toGray(photo.value));
  const decodedAt = Date.now();
  await yieldToEventLoop();
  const { words, page } = await withEngine((tesseract) => read(tesseract, whole));
  return {
    model: "tesseract-5-eng",
    photo: { width: page.width, height: page.height },
    words: words
      .filter(({ text }) => text.trim() !== "")
      .map(({ text, confidence, rect }) => ({ text, confidence, box: rect })),
    timings_ms: { decode: decodedAt - startedAt, read: Date.now() - decodedAt },
  };
}

/** Words of these heights are read best; smaller or larger ones are read in an image of twice or half the size. */
const MIN_WORD_PX = 17;
const MAX_WORD_PX = 40;
/** A doubled image of this size takes 60 MB while it is read. */
const MAX_DOUBLED_PIXELS = 8_000_000;

/** Rows that fall less than this are read as well as level ones (half a degree). */
const MIN_SLOPE = 0.009;

/**
 * One block of rows. Left to find the layout itself, Tesseract takes a table's columns apart and drops those that hold
 * nothing but a few digits.
 */
const ONE_BLOCK = "6";

/** An engine that failed is not used again: after a trap its memory is in no known state. */
async function withEngine<Value>(use: (tesseract: OCREngine) => Value): Promise<Value> {
  engine ??= startTesseract();
  try {
    return use(await engine);
  } catch (error) {
    engine = undefined;
    throw error;
  }
}

/** Looks at the layout first, which is cheap, and reads the page leveled and in a size that suits its words. */
function read(tesseract: OCREngine, page: GrayImage): { words: TextItem[]; page: GrayImage } {
  tesseract.loadImage(toRgba(page));
  const boxes = tesseract.getBoundingBoxes("word").map(({ rect }) => rect);
  const suited = suit(page, boxes.map(toPlacedWord));
  tesseract.loadImage(toRgba(suited));
  tesseract.setVariable("tessedit_pageseg_mode", ONE_BLOCK);
  const words = tesseract.getTextBoxes("word");
  tesseract.clearImage();
  return { words, page: suited };
}

const toPlacedWord = ({ left, top, right, bottom }: TextItem["rect"]): PlacedWord => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
  height: bottom - top,
});

function suit(page: GrayImage, words: readonly PlacedWord[]): GrayImage {
  const slope = rowSlope(words);
  const level = Math.abs(slope) < MIN_SLOPE ? page : leveled(page, slope);
  const wordHeight = words.length === 0 ? MIN_WORD_PX : medianHeight(words);
  if (wordHeight > MAX_WORD_PX) return halved(level);
  const canDouble = 4 * level.width * level.height <= MAX_DOUBLED_PIXELS;
  return wordHeight < MIN_WORD_PX && canDouble ? doubled(level) : level;
}

/** The engine takes RGBA and copies it. */
function toRgba({ data, width, height }: GrayImage): { data: Uint8ClampedArray; width: number; height: number } {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from++, to += 4) rgba.fill(data[from]!, to, to + 3);
  return { data: rgba, width, height };
}
