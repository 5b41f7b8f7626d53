import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { ROOT } from "../support/node/running-morsel.ts";
import { event, ID, statusOf } from "../support/node/scripted-service.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
const PHOTO_BYTES = 3_000_000;

const PAGE = `<!doctype html><script type="module">
  const told = { sent: [], statuses: [] };
  try {
    const { Morsel } = await import("/client/index.js");
    const morsel = new Morsel({ baseUrl: location.origin, token: "t1" });
    const photo = new File([new Uint8Array(${PHOTO_BYTES}).fill(7)], "lunch.png", { type: "image/png" });
    const record = await morsel.analyze(photo, { include_ingredients: true }, {
      onProgress: ({ sentBytes, totalBytes }) => told.sent.push(sentBytes / totalBytes),
      onStatus: ({ status }) => told.statuses.push(status),
    });
    told.record = record.dish_name;
    const refused = await morsel.uploadImage(photo, {}, { onProgress() {} }).catch((problem) => problem);
    told.refused = [refused.code, refused.status, refused.requestId];
    const leaving = new AbortController();
    const left = morsel.uploadImage(photo, {}, { signal: leaving.signal, onProgress: () => leaving.abort("left") });
    told.left = await left.catch((reason) => reason);
    told.path = await morsel.uploadImage({ path: "/etc/passwd" }).catch((error) => error.name);
  } catch (error) {
    told.error = String(error);
  }
  await fetch("/told", { method: "POST", body: JSON.stringify(told) });
</script>`;

/** A service of one photo, and the page that uploads it. */
function createService(onTold: (told: unknown) => void) {
  const uploads: { headers: IncomingMessage["headers"]; url: string; body: Buffer }[] = [];
  const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    "/": (_, response) => response.setHeader("content-type", "text/html").end(PAGE),
    "/told": async (request, response) => {
      onTold(JSON.parse((await buffer(request)).toString()));
      response.end();
    },
    "/nutrition_records/image": async (request, response) => {
      uploads.push({ headers: request.headers, url: request.url ?? "", body: await buffer(request) });
      const accepted = JSON.stringify({ record_id: ID, status: "pending", uploaded_at: "" });
      const refused = '{"code":"invalid_dimensions","detail":"Too small."}';
      if (uploads.length === 1) response.writeHead(202).end(accepted);
      else response.writeHead(422, { "x-request-id": "r2" }).end(refused);
    },
    [`/nutrition_records/${ID}/events`]: (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(event(1, statusOf("processing", 40)));
      setTimeout(() => response.end(event(2, statusOf("completed", 100))), 50);
    },
    [`/nutrition_records/${ID}`]: (_, response) => response.end('{"status":"completed","dish_name":"orange"}'),
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = /^\/client\/([\w-]+\.js)$/.exec(pathname)?.[1];
    const script = file === undefined ? null : await readFile(join(ROOT, "dist/client", file));
    if (script !== null) response.setHeader("content-type", "text/javascript").end(script);
    else if (answers[pathname] !== undefined) await answers[pathname](request, response);
    else response.writeHead(404).end();
  });
  return { server, uploads };
}

it.skipIf(CHROMIUM === undefined)(
  "uploads with progress, listens and reports problems in a browser (skipped where there is no Chromium)",
  async () => {
    let tell: (told: unknown) => void = () => {};
    const told = new Promise<unknown>((resolve) => (tell = resolve));
    const { server, uploads } = createService(tell);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const profile = await mkdtemp(join(tmpdir(), "morsel-browser-"));
    const { port } = server.address() as AddressInfo;
    const flags = [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      `--user-data-dir=${profile}`,
    ];
    const browser = spawn(CHROMIUM ?? "", [...flags, `http://127.0.0.1:${port}/`], { stdio: "ignore", detached: true });
    onTestFinished(async () => {
      process.kill(-(browser.pid ?? 0), "SIGKILL");
      await once(browser, "close");
      server.closeAllConnections();
      server.close();
      await rm(profile, { recursive: true, maxRetries: 5 });
    });

    expect(await told).toEqual({
      sent: expect.arrayContaining([1]),
      statuses: ["processing", "completed"],
      record: "orange",
      refused: ["invalid_dimensions", 422, "r2"],
      left: "left",
      path: "TypeError",
    });
    expect(uploads[0]?.url).toBe("/nutrition_records/image?include_ingredients=true");
    expect(uploads[0]?.headers).toMatchObject({
      authorization: "Bearer t1",
      "content-type": "image/png",
      "content-length": String(PHOTO_BYTES),
      "idempotency-key": expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(uploads[0]?.body.equals(Buffer.alloc(PHOTO_BYTES, 7))).toBe(true);
  },
);
