import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** One webhook as it arrived; `at` is Unix milliseconds. */
export interface Webhook {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  at: number;
}

/** A customer's endpoint on this machine. Each application of the suite gets a path of its own. */
export interface Receiver {
  url(path: string): string;
  /** What the path answers, by the number of the request (1, 2, …); 204 otherwise. */
  answerWith(path: string, answer: (request: number) => { status: number; headers?: Record<string, string> }): void;
  /** Lets the path be read: a JPEG somewhere on the web. */
  serve(path: string, jpeg: Uint8Array): void;
  /** Waits for that many webhooks on a path. */
  webhooks(path: string, count: number, patienceMs?: number): Promise<Webhook[]>;
  close(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

export async function startReceiver(): Promise<Receiver> {
  const received: Webhook[] = [];
  const scripts = new Map<string, (request: number) => { status: number; headers?: Record<string, string> }>();
  const photos = new Map<string, Uint8Array>();
  const on = (path: string) => received.filter((webhook) => webhook.path === path);
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const photo = photos.get(path);
    if (photo !== undefined) return void response.writeHead(200, { "content-type": "image/jpeg" }).end(photo);
    received.push({ path, headers: request.headers, body: await buffer(request), at: Date.now() });
    const { status, headers } = scripts.get(path)?.(on(path).length) ?? { status: 204 };
    response.writeHead(status, headers).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    answerWith: (path, answer) => void scripts.set(path, answer),
    serve: (path, jpeg) => void photos.set(path, jpeg),
    async webhooks(path, count, patienceMs = PATIENCE_MS) {
      const deadline = Date.now() + patienceMs;
      while (on(path).length < count && Date.now() < deadline) await sleep(POLL_MS);
      assert.ok(on(path).length >= count, `${on(path).length} of ${count} webhooks within ${patienceMs} ms`);
      return on(path);
    },
    async close() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
