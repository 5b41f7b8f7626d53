/** The one function of Node's zlib that the Worker uses; the Workers types leave Node's modules out. */
declare module "node:zlib" {
  /** CRC-32 of the data, going on from `value`. */
  export function crc32(data: Uint8Array, value?: number): number;
}
