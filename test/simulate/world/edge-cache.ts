import type { World } from "./world.ts";

interface Entry {
  body: string;
  headers: [string, string][];
  until: number;
}

const MAX_AGE = /max-age=(\d+(?:\.\d+)?)/;

/** The edge cache of one place: `caches.default`. */
export class EdgeCache {
  readonly #world: World;
  readonly #entries = new Map<string, Entry>();

  constructor(world: World) {
    this.#world = world;
  }

  match(url: string): Promise<Response | undefined> {
    return this.#world.call({
      kind: "cache",
      about: "cache match",
      effect: () => {
        const entry = this.#entries.get(url);
        return entry !== undefined && entry.until > this.#world.now
          ? new Response(entry.body, { headers: entry.headers })
          : undefined;
      },
    });
  }

  async put(url: string, response: Response): Promise<void> {
    const body = await response.text();
    const age = Number(MAX_AGE.exec(response.headers.get("cache-control") ?? "")?.[1] ?? 0);
    const headers = [...response.headers];
    return this.#world.call({
      kind: "cache",
      about: "cache put",
      effect: () => void this.#entries.set(url, { body, headers, until: this.#world.now + age * 1000 }),
    });
  }

  delete(url: string): Promise<boolean> {
    return this.#world.call({ kind: "cache", about: "cache delete", effect: () => this.#entries.delete(url) });
  }
}
