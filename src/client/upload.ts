/** The progress of an upload. A retry starts again at 0. */
export interface UploadProgress {
  sentBytes: number;
  totalBytes: number;
}
export type OnProgress = (progress: UploadProgress) => void;

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request with a photo as its body. */
export interface UploadRequest {
  url: string;
  headers: Headers;
  body: Blob;
  signal: AbortSignal | undefined;
}

/** Small enough to tell of progress, large enough not to slow it down. */
const CHUNK_BYTES = 64 * 1024;

/**
 * The photo in chunks; each is notified of when the connection has asked for it, which is as near as one gets to
 * "sent".
 */
function countedStream(body: Blob, onProgress: OnProgress): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sentBytes = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const chunk = body.slice(sentBytes, sentBytes + CHUNK_BYTES);
        if (chunk.size === 0) return controller.close();
        controller.enqueue(new Uint8Array(await chunk.arrayBuffer()));
        sentBytes += chunk.size;
        onProgress({ sentBytes, totalBytes: body.size });
      },
    },
    { highWaterMark: 0 },
  );
}

/** The part of a browser's XMLHttpRequest that is needed. */
interface Xhr {
  responseType: string;
  readonly status: number;
  readonly response: ArrayBuffer;
  readonly upload: { addEventListener(type: "progress", listener: (event: { loaded: number }) => void): void };
  addEventListener(type: "load" | "error", listener: () => void): void;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getAllResponseHeaders(): string;
  send(body: Blob): void;
  abort(): void;
}

const platform = globalThis as {
  XMLHttpRequest?: new () => Xhr;
  process?: { versions?: { node?: string } };
};

const parseHeaderLines = (lines: string): Headers => {
  const headers = new Headers();
  for (const line of lines.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
};

function sendByXhr(xhr: Xhr, { url, headers, body, signal }: UploadRequest, onProgress: OnProgress): Promise<Response> {
  return new Promise((resolve, reject) => {
    xhr.open("POST", url);
    headers.forEach((value, name) => xhr.setRequestHeader(name, value));
    xhr.responseType = "arraybuffer";
    xhr.upload.addEventListener("progress", ({ loaded }) => onProgress({ sentBytes: loaded, totalBytes: body.size }));
    const stop = (): void => {
      xhr.abort();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", stop);
    const settle = (): void => signal?.removeEventListener("abort", stop);
    xhr.addEventListener("load", () => {
      settle();
      const { status, response } = xhr;
      resolve(new Response(response, { status, headers: parseHeaderLines(xhr.getAllResponseHeaders()) }));
    });
    xhr.addEventListener("error", () => {
      settle();
      reject(new TypeError("The upload was interrupted."));
    });
    xhr.send(body);
  });
}

/**
 * Node and Bun send a stream under the length that a header states, and raw photos need one. Deno and Workers send it
 * in pieces without a length; browsers stream over HTTP/2 only, and some send the words "[object ReadableStream]".
 */
const streamsWithLength = (): boolean =>
  platform.process?.versions?.node !== undefined &&
  !("Deno" in globalThis) &&
  !("ServiceWorkerGlobalScope" in globalThis);

/**
 * Sends a photo and reports progress: by XMLHttpRequest in a browser (unless the client was given a fetch of its
 * own), as a counted stream in Node and Bun, elsewhere only at the start and when the response arrives.
 */
export async function sendWithProgress(
  request: UploadRequest,
  given: Fetch | undefined,
  onProgress: OnProgress,
): Promise<Response> {
  const { url, headers, body, signal = null } = request;
  const init = { method: "POST", headers, body, signal };
  if (given === undefined && platform.XMLHttpRequest !== undefined) {
    return sendByXhr(new platform.XMLHttpRequest(), request, onProgress);
  }
  onProgress({ sentBytes: 0, totalBytes: body.size });
  if (streamsWithLength()) {
    headers.set("content-length", String(body.size));
    const streamed = { ...init, body: countedStream(body, onProgress), duplex: "half" };
    return (given ?? fetch)(url, streamed);
  }
  const response = await (given ?? fetch)(url, init);
  onProgress({ sentBytes: body.size, totalBytes: body.size });
  return response;
}
