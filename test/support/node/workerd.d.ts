/** What workerd adds to WebCrypto, for the Worker's modules that tests in Node import and never call there. */
interface SubtleCrypto {
  timingSafeEqual(a: ArrayBuffer | ArrayBufferView, b: ArrayBuffer | ArrayBufferView): boolean;
}
