import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { buffer } from "node:stream/consumers";
import { selfSigned } from "./self-signed.ts";

/** A request as the endpoint got it. */
interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the endpoint does on each path; `{status}` and `{ms}` are the path's second part. */
type Script = (response: ServerResponse, argument: number) => void;

const HUGE_BYTES = 50 * 1024 * 1024;
const DRIP_MS = 50;

const SCRIPTS: Record<string, Script> = {
  status: (response, status) => void response.writeHead(status, { "retry-after": "3600" }).end("as scripted"),
  delay: (response, ms) => void setTimeout(() => response.writeHead(200).end("late"), ms),
  silence: () => undefined,
  /** The connection ends with a TCP reset, before any answer. */
  reset: (response) => void response.socket?.resetAndDestroy(),
  /** A status and a part of the body that was announced, then the end. */
  half: (response, status) => {
    response.writeHead(status, { "content-length": "1000" });
    response.write("half", () => response.socket?.destroy());
  },
  garbage: (response) => void response.socket?.end("this is not HTTP\r\n\r\n"),
  /** A byte at a time, without an end. */
  drip: (response, status) => {
    response.writeHead(status);
    const timer = setInterval(() => response.write("."), DRIP_MS);
    response.on("close", () => clearInterval(timer));
  },
  huge: (response, status) => {
    response.writeHead(status);
    const chunk = Buffer.alloc(64 * 1024, "x");
    let left = HUGE_BYTES;
    const write = (): void => {
      while (left > 0) {
        left -= chunk.length;
        if (!response.write(chunk)) return void response.once("drain", write);
      }
      response.end();
    };
    write();
  },
  /** To an address inside. */
  redirect: (response, status) => void response.writeHead(status, { location: "/internal" }).end(),
  internal: (response) => void response.writeHead(200).end("secrets"),
};

const listen = async (server: Server): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

/** An endpoint of a customer that does what its paths say, on real sockets: plain HTTP, and TLS that nobody trusts. */
export async function startFaultyEndpoint() {
  const received: Received[] = [];
  const result: RequestListener = async (request, response) => {
    const path = request.url ?? "/";
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    // Whoever cannot see into this process asks what has arrived.
    if (path === "/received") return void response.end(JSON.stringify(received));
    received.push({ path, headers: request.headers, body: body.toString() });
    const [, name = "", argument = "0"] = path.split("/");
    SCRIPTS[name]?.(response, Number(argument));
  };
  const plain = createServer(result);
  const tls = createTlsServer(selfSigned(), result);
  const [port, tlsPort] = await Promise.all([listen(plain), listen(tls)]);
  return {
    url: `http://127.0.0.1:${port}`,
    /** TLS with a certificate that nobody has signed. */
    untrustedUrl: `https://localhost:${tlsPort}`,
    /** TLS is spoken to a port that does not speak it. */
    notTlsUrl: `https://localhost:${port}`,
    received,
    async close(): Promise<void> {
      for (const server of [plain, tls]) {
        server.closeAllConnections();
        await once(server.close(), "close");
      }
    },
  };
}
