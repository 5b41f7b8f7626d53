import { readAll } from "./streams.ts";
import type { World } from "./world.ts";

interface Stored {
  bytes: Uint8Array<ArrayBuffer>;
  uploaded: Date;
}

interface Listed {
  objects: { key: string; size: number; uploaded: Date }[];
  truncated: boolean;
}

/** R2, with the photos' real bytes. */
export class Bucket {
  readonly stored = new Map<string, Stored>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** A stream is read before anything is stored: what breaks off leaves nothing. */
  async put(key: string, body: Uint8Array | ReadableStream<Uint8Array>): Promise<object> {
    const bytes = body instanceof Uint8Array ? Uint8Array.from(body) : await readAll(body);
    return this.#world.call({
      kind: "r2",
      about: "r2 put",
      label: `r2 put ${key}`,
      effect: () => {
        this.stored.set(key, { bytes, uploaded: new Date(this.#world.now) });
        return { key, size: bytes.length };
      },
    });
  }

  get(key: string): Promise<object | null> {
    return this.#world.call({
      kind: "r2",
      about: "r2 get",
      label: `r2 get ${key}`,
      effect: () => {
        const found = this.stored.get(key);
        if (found === undefined) return null;
        const { bytes } = found;
        const copy = async (): Promise<Uint8Array> => bytes.slice();
        return { key, size: bytes.length, bytes: copy, body: new Response(bytes).body };
      },
    });
  }

  head(key: string): Promise<object | null> {
    return this.#world.call({
      kind: "r2",
      about: "r2 head",
      effect: () => {
        const found = this.stored.get(key);
        return found === undefined ? null : { key, size: found.bytes.length, uploaded: found.uploaded };
      },
    });
  }

  delete(keys: string | readonly string[]): Promise<void> {
    const all = [keys].flat();
    return this.#world.call({
      kind: "r2",
      about: "r2 delete",
      label: `r2 delete ${all.join(", ")}`,
      effect: () => all.forEach((key) => this.stored.delete(key)),
    });
  }

  list({ prefix = "", startAfter = "", limit = 1000 } = {}): Promise<Listed> {
    return this.#world.call({
      kind: "r2",
      about: "r2 list",
      effect: () => {
        const keys = [...this.stored.keys()].filter((key) => key.startsWith(prefix) && key > startAfter).sort();
        const objects = keys.slice(0, limit).map((key) => {
          const { bytes, uploaded } = this.stored.get(key)!;
          return { key, size: bytes.length, uploaded };
        });
        return { objects, truncated: keys.length > limit };
      },
    });
  }
}
