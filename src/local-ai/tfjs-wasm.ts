import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import createBackendModule from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js";
import simdModule from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm";
import * as tf from "@tensorflow/tfjs-core";
import { instantiateWasm } from "./instantiate-wasm.ts";

/** The kernels register themselves under this name, so the backend must carry it too. */
const BACKEND = "wasm";

/**
 * Makes TensorFlow.js compute with its SIMD WebAssembly kernels, on one thread. The package's own start-up would
 * download and compile the kernels, which a Worker may not do; it is replaced by one that takes the bundled module.
 */
export async function startTensorflow(): Promise<void> {
  const backend = await createBackend();
  tf.removeBackend(BACKEND);
  tf.registerBackend(BACKEND, () => backend);
  await tf.setBackend(BACKEND);
}

/** Emscripten's way to an exported C function; the package's types leave it out. */
interface ExportedFunctions {
  cwrap(name: string, returnType: "number" | null, argumentTypes: "number"[]): (...values: number[]) => number;
}

type BackendModule = Awaited<ReturnType<typeof createBackendModule>> & ExportedFunctions;

async function createBackend(): Promise<BackendWasm> {
  const module = (await createBackendModule({ instantiateWasm: instantiateWasm(simdModule) })) as BackendModule;
  // The bridge that BackendWasm calls; the package builds the same one in its start-up (tfjs-backend-wasm 4.22).
  module.tfjs = {
    init: module.cwrap("init", null, []),
    initWithThreadsCount: module.cwrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: module.cwrap("get_threads_count", "number", []),
    registerTensor: module.cwrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: module.cwrap("dispose_data", null, ["number"]),
    dispose: module.cwrap("dispose", null, []),
  };
  return new BackendWasm(module);
}
