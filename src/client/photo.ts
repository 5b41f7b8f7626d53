/** A photo at hand. A file is only read from a path that is named as one: text that users send never opens a file. */
export type PhotoData = Blob | ArrayBuffer | ArrayBufferView | { path: string | URL };

/** A photo, or where the service should fetch it: an https URL. */
export type Photo = PhotoData | { url: string };

/** The part of `node:fs/promises` that is needed; Node, Deno and Bun have it. */
interface FileSystem {
  readonly readFile: (path: string | URL) => Promise<Uint8Array<ArrayBuffer>>;
}

async function readPath(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  // By a variable, so that bundlers for browsers do not look for it.
  const module = "node:fs/promises";
  const { readFile } = (await import(/* webpackIgnore: true */ /* @vite-ignore */ module)) as FileSystem;
  return readFile(path);
}

/** The photo as a Blob: a copy that nobody changes while it is sent, perhaps more than once. */
export async function readPhoto(photo: PhotoData): Promise<Blob> {
  if (photo instanceof Blob) return photo;
  if ("path" in photo) return new Blob([await readPath(photo.path)]);
  if (photo instanceof ArrayBuffer) return new Blob([photo]);
  // A view may be of shared memory, which a Blob does not take.
  return new Blob([new Uint8Array(photo.buffer, photo.byteOffset, photo.byteLength).slice()]);
}

/** The service goes by the photo's own bytes; what it needs to hear is only that they are a photo. */
export const photoType = ({ type }: Blob): string => (type.startsWith("image/") ? type : "image/jpeg");
