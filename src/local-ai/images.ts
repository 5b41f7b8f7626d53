import { RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import encodeJpeg, { init as initJpegEncoder } from "@jsquash/jpeg/encode.js";
import encoderModule from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import { decodePhoto } from "./decode-photo.ts";
import { instantiateWasm } from "./instantiate-wasm.ts";
import { flip, putOnWhite } from "./ground.ts";

/** What the local simulation of the Images binding lacks, and is made up for here. */
interface OwnSteps {
  flips: NonNullable<ImageTransform["flip"]>[];
  isOnWhite: boolean;
}

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

let encoder: Promise<unknown> | undefined;

/** Quick rather than small: it is for this machine's eyes. */
const ENCODING = { progressive: false, optimize_coding: false } as const;

class LocalResult extends RpcTarget {
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super();
    this.#bytes = bytes;
  }

  response(): Response {
    return new Response(this.#bytes, { headers: { "content-type": "image/jpeg" } });
  }
}

/** A picture and what is to be done with it, in this order. */
class LocalTransformer extends RpcTarget {
  readonly #images: ImagesBinding;
  readonly #input: ReadableStream<Uint8Array>;
  readonly #steps: ImageTransform[] = [];

  constructor(images: ImagesBinding, input: ReadableStream<Uint8Array>) {
    super();
    this.#images = images;
    this.#input = input;
  }

  transform(step: ImageTransform): this {
    this.#steps.push(step);
    return this;
  }

  /** Throws what the simulation throws, with its code. */
  async output(options: ImageOutputOptions): Promise<LocalResult> {
    const bytes = new Uint8Array(await new Response(this.#input).arrayBuffer());
    const own: OwnSteps = {
      flips: this.#steps.flatMap((step) => (step.flip === undefined ? [] : [step.flip])),
      isOnWhite: !isJpeg(bytes) && this.#steps.some(({ background }) => background !== undefined),
    };
    if (own.flips.length === 0 && !own.isOnWhite) return new LocalResult(await this.#simulate(bytes, options));
    // As PNG, which takes a second for a phone's photo, only where the transparency must outlast it.
    const format = own.isOnWhite ? "image/png" : "image/jpeg";
    const turned = await decodePhoto(await this.#simulate(bytes, { format }));
    if (!turned.ok) throw new Error(turned.error.detail);
    const image = turned.value;
    if (own.isOnWhite) putOnWhite(image);
    for (const sides of own.flips) flip(image, sides);
    encoder ??= initJpegEncoder({ instantiateWasm: instantiateWasm(encoderModule) });
    await encoder;
    return new LocalResult(new Uint8Array(await encodeJpeg(image, { ...ENCODING, quality: options.quality ?? 85 })));
  }

  async #simulate(bytes: Uint8Array<ArrayBuffer>, options: ImageOutputOptions): Promise<Uint8Array<ArrayBuffer>> {
    const input = this.#images.input(new Blob([bytes]).stream());
    const image = this.#steps.reduce((transformer, step) => transformer.transform(step), input);
    return new Uint8Array(await (await image.output(options)).response().arrayBuffer());
  }
}

/**
 * Stands in for the `IMAGES` binding: its local simulation with the steps that it leaves out, mirroring (`flip`) and the
 * ground under what is transparent (`background`, which is white here). A mirror comes after the turn.
 */
export class LocalImages extends WorkerEntrypoint<{ IMAGES: ImagesBinding }> {
  input(stream: ReadableStream<Uint8Array>): LocalTransformer {
    return new LocalTransformer(this.env.IMAGES, stream);
  }
}
