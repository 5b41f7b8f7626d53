import { whereabouts, type Domain } from "./domain.ts";
import type { World } from "./world.ts";

/** A public address: names of this world lead there. */
const PUBLIC_ADDRESS = "93.184.216.34";
const DNS_HOST = "cloudflare-dns.com";
const DNS_FAILS_SHARE = 0.03;
const A_RECORD = 1;
const TTL_SECONDS = 10;

/** A request as it left the program. `issuedAt` is when the program made it, Unix milliseconds. */
export interface Outgoing {
  url: URL;
  method: string;
  headers: Headers;
  body: string;
  issuedAt: number;
}

/** What comes of a request: an answer after so many milliseconds, or none. */
export type Reply =
  | { outcome: "answers"; afterMs: number; status: number; headers?: Record<string, string>; body?: BodyInit }
  | { outcome: "breaks"; afterMs: number };

/** A server of the outside world. */
export interface Server {
  /** Called when the program makes the request, before it has left. */
  onIssue?(request: Outgoing): void;
  /** Called when it arrives. */
  reply(request: Outgoing, sender: Domain): Reply;
  /** Called when the program has heard the answer. */
  onHeard?(request: Outgoing, status: number): void;
}

const abortError = (): Error => new DOMException("The operation was aborted.", "AbortError");

/** The outside network: name resolution, and servers by their host names. */
export class Network {
  readonly servers = new Map<string, Server>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    const signal = init.signal ?? null;
    if (signal?.aborted === true) return Promise.reject(abortError());
    const answered = url.hostname === DNS_HOST ? this.#resolve(url) : this.#send(url, init, signal);
    if (signal === null) return answered;
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(abortError()), { once: true });
      answered.then(resolve, reject);
    });
  }

  #resolve(url: URL): Promise<Response> {
    const type = url.searchParams.get("type") ?? "";
    return this.#world.call({
      kind: "dns",
      about: `dns ${type}`,
      effect: () => {
        if (this.#world.fails(DNS_FAILS_SHARE)) {
          this.#world.note("the resolver answers 502");
          return new Response("", { status: 502 });
        }
        const found = [{ type: A_RECORD, TTL: TTL_SECONDS, data: PUBLIC_ADDRESS }];
        return Response.json({ Status: 0, Answer: type === "A" ? found : [] });
      },
    });
  }

  #send(url: URL, init: RequestInit, signal: AbortSignal | null): Promise<Response> {
    const world = this.#world;
    const domain = world.here;
    const server = this.servers.get(url.hostname);
    const request: Outgoing = {
      url,
      method: init.method ?? "GET",
      headers: new Headers(init.headers),
      body: typeof init.body === "string" ? init.body : "",
      issuedAt: world.now,
    };
    const label = `${request.method} ${url.hostname}`;
    server?.onIssue?.(request);
    return new Promise<Response>((resolve, reject) => {
      const way = Math.ceil(world.latency("object") / 2);
      world.leave(domain, () => {
        world.at(world.now + way, () => {
          if (signal?.aborted === true) return;
          if (world.isCutOff(domain, label) === "killed and the call lost") return;
          if (server === undefined) {
            return world.answer(domain, label, way, () => reject(new TypeError("fetch failed: no such host")));
          }
          const reply = whereabouts.run(world.root, () => server.reply(request, domain));
          world.answer(domain, label, reply.afterMs + way, () => {
            if (signal?.aborted === true) return;
            if (reply.outcome === "breaks") return reject(new TypeError("fetch failed: connection reset"));
            const { status, headers = {}, body = null } = reply;
            server.onHeard?.(request, status);
            resolve(new Response(body, { status, headers }));
          });
        });
      });
    });
  }
}
