/** What the client needs of Node's file system, which Deno and Bun have as well; it uses no other types of Node's. */
declare module "node:fs/promises" {
  export function readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>>;
}
