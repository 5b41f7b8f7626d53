type ReceiveInstance = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/**
 * Emscripten's `instantiateWasm` hook for a module that was imported statically. Workers may not compile WebAssembly
 * from bytes, so without the hook the glue code's own fetch-and-compile would fail.
 */
export const instantiateWasm =
  (module: WebAssembly.Module) =>
  (imports: WebAssembly.Imports, receive: ReceiveInstance): WebAssembly.Exports => {
    const instance = new WebAssembly.Instance(module, imports);
    receive(instance, module);
    return instance.exports;
  };
