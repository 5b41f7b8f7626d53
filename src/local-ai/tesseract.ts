// By path, because the package's exports map lists neither its WebAssembly nor, of the data, more than a folder.
import { createOCREngine, type OCREngine } from "tesseract-wasm";
import trainedData from "../../node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz";
import engineModule from "../../node_modules/tesseract-wasm/dist/tesseract-core.wasm";

/**
 * Tesseract 5 with its English model (integers made from the "best" one, 5.2 MB unpacked). The model knows the Latin
 * letters of English and hardly any diacritics: other European labels lose those, Chinese, Japanese, Devanagari and all
 * other scripts are not read at all. About 0.3 s.
 */
export async function startTesseract(): Promise<OCREngine> {
  const engine = await createEngine();
  engine.loadModel(await unpack(trainedData));
  return engine;
}

/**
 * The package compiles its WebAssembly from bytes, which a Worker may not do, and offers no hook: during its start, and
 * only then, the platform's `instantiate` hands it the bundled module's instance.
 */
async function createEngine(): Promise<OCREngine> {
  const original = WebAssembly.instantiate;
  const handOver = async (_bytes: unknown, imports?: WebAssembly.Imports) => ({
    module: engineModule,
    instance: new WebAssembly.Instance(engineModule, imports),
  });
  WebAssembly.instantiate = handOver as unknown as typeof WebAssembly.instantiate;
  try {
    return await createOCREngine({ wasmBinary: new ArrayBuffer(1) });
  } finally {
    WebAssembly.instantiate = original;
  }
}

async function unpack(gzipped: ArrayBuffer): Promise<ArrayBuffer> {
  const stream = new Blob([gzipped]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
