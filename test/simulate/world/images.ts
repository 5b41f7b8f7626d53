import type { World } from "./world.ts";

const FAILS_SHARE = 0.03;
/** The binding's own code for a file that is no picture. */
const NOT_A_PICTURE = 9412;

/** The Images binding: what comes out is a picture with the same mark. */
export class Images {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  input(stream: ReadableStream<Uint8Array>): object {
    const image = {
      transform: () => image,
      output: async () => {
        const bytes = await new Response(stream).bytes();
        const isRefused = this.#world.fails(FAILS_SHARE);
        const made = await this.#world.call({
          kind: "images",
          about: "images transform",
          takes: this.#world.latency("images"),
          effect: () => (isRefused ? null : bytes),
        });
        if (made === null) throw Object.assign(new Error("the image could not be decoded"), { code: NOT_A_PICTURE });
        return { response: () => new Response(made) };
      },
    };
    return image;
  }
}
