import type { Platform } from "./world/platform.ts";

const ORIGIN = "http://localhost:8787";
/** A client sometimes never hears an answer that was given. */
const DEAF_SHARE = 0.01;
const MAX_NOTED = 140;

/** An answer, with all of its body. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Its body as JSON. */
  json(): unknown;
}

export interface Sent {
  headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  body?: object | Uint8Array<ArrayBuffer>;
  /** After so many milliseconds the client closes the connection, and keeps what it has read. */
  hangUpMs?: number;
}

/** HTTP from outside, as applications, apps and administrators speak it. */
export class Clients {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** One request; null when no answer came: it may have been done all the same. `who` and `what` are for the story. */
  async send(who: string, what: string, method: string, path: string, sent: Sent = {}): Promise<Answer | null> {
    const { world } = this.#platform;
    world.note(`${who}: ${what}`);
    const answer = await this.#exchange(method, path, sent);
    const heard = answer !== null && !world.fails(DEAF_SHARE) ? answer : null;
    const problem = heard !== null && heard.status >= 400 ? ` ${heard.text.slice(0, MAX_NOTED)}` : "";
    world.note(`${who}: ${what} → ${heard === null ? "no answer" : `${heard.status}${problem}`}`);
    return heard;
  }

  async #exchange(method: string, path: string, { headers = {}, body, hangUpMs }: Sent): Promise<Answer | null> {
    const { world, runner } = this.#platform;
    await world.sleep(world.latency("client"));
    const isBytes = body instanceof Uint8Array;
    const bytes = body === undefined ? null : isBytes ? body : Buffer.from(JSON.stringify(body));
    const request = new Request(`${ORIGIN}${path}`, {
      method,
      headers: {
        ...(bytes !== null && { "content-length": String(bytes.length) }),
        ...(body !== undefined && !isBytes && { "content-type": "application/json" }),
        ...headers,
      },
      body: bytes === null ? null : Uint8Array.from(bytes),
    });
    const ended = await runner.invoke(world.inWords(`${method} ${path}`), async (isolate, context) => {
      const response = await isolate.program.default.fetch(request, isolate.env, context);
      const text = await this.#read(response, hangUpMs);
      return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
    });
    if (ended.outcome === "threw") world.violate(`${method} ${path} threw: ${ended.error.message}`);
    await world.sleep(world.latency("client"));
    return ended.outcome === "returned" ? ended.value : null;
  }

  async #read(response: Response, hangUpMs: number | undefined): Promise<string> {
    if (hangUpMs === undefined || response.body === null) return response.text();
    const { world } = this.#platform;
    const reader = response.body.getReader();
    world.at(world.now + hangUpMs, () => void reader.cancel().catch(() => undefined));
    let text = "";
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        text += Buffer.from(read.value).toString();
      }
    } catch {
      world.note("an event stream broke off");
    }
    return text;
  }
}
