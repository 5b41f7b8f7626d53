// What wrangler's bundler makes of the binary files that this Worker imports.

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.bin" {
  const bytes: ArrayBuffer;
  export default bytes;
}

// Its own declaration file describes the instance's exports, not the module that the bundler hands over.
declare module "@jsquash/png/codec/pkg/squoosh_png_bg.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.traineddata.gz" {
  const bytes: ArrayBuffer;
  export default bytes;
}

// Its types are there, but its exports map hides them. What this Worker uses of version 0.11:
declare module "tesseract-wasm" {
  export interface TextItem {
    /** Pixels of the image. */
    rect: { left: number; top: number; right: number; bottom: number };
    /** 0-1. */
    confidence: number;
    text: string;
  }
  export interface OCREngine {
    loadModel(model: ArrayBuffer): void;
    /** RGBA in reading order; its buffer must hold nothing else. */
    loadImage(image: { data: Uint8ClampedArray; width: number; height: number }): void;
    clearImage(): void;
    /** Layout alone, without reading: cheap. */
    getBoundingBoxes(unit: "line" | "word"): Pick<TextItem, "rect">[];
    getTextBoxes(unit: "line" | "word"): TextItem[];
    /** To be set after the image: loading one sets some of them back. */
    setVariable(name: string, value: string): void;
  }
  export function createOCREngine(options: { wasmBinary: ArrayBuffer }): Promise<OCREngine>;
}
