/** A photo at hand. A file is only read from a path that is named as one: text that users send never opens a file. */
export type PhotoData = Blob | ArrayBuffer | ArrayBufferView | { path: string | URL };

/** A photo, or where the service should fetch it: an https URL. */
export type Photo = PhotoData | { url: string };

async function fileSystem() {
  try {
    // Inside a `try` it is no error for a bundler that there is no such thing in browsers.
    return await import(/* webpackIgnore: true */ "node:fs/promises");
  } catch {
    throw new TypeError("File paths are supported only in Node, Deno and Bun. Pass a File or its bytes.");
  }
}

/** The photo as a Blob: an immutable copy, because it may be sent more than once. */
export async function readPhoto(photo: PhotoData): Promise<Blob> {
  if (photo instanceof Blob) return photo;
  if ("path" in photo) return new Blob([await (await fileSystem()).readFile(photo.path)]);
  if (photo instanceof ArrayBuffer) return new Blob([photo]);
  // A view may be of shared memory, which a Blob does not take.
  return new Blob([new Uint8Array(photo.buffer, photo.byteOffset, photo.byteLength).slice()]);
}

/** The service detects the format from the photo's bytes; the header only has to say that it is a photo. */
export const photoType = ({ type }: Blob): string => (type.startsWith("image/") ? type : "image/jpeg");
