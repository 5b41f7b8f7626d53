import type { EdgeCache } from "./edge-cache.ts";
import type { Network } from "./network.ts";
import { FixedLengthStream } from "./streams.ts";
import { createCrypto } from "./web-crypto.ts";
import { whereabouts } from "./domain.ts";
import type { World } from "./world.ts";

/** The world that runs, with what the program reaches through its globals. One runs at a time in a process. */
export interface Stage {
  world: World;
  network: Network;
  cache: EdgeCache;
}

let stage: Stage | null = null;

/** Puts a world on; null when it has ended. */
export function enter(next: Stage | null): void {
  stage = next;
}

function present(): Stage {
  if (stage === null) throw new Error("the program runs outside of a world");
  return stage;
}

/** Before any world there is this time: the program is evaluated then. */
const BEFORE_ALL_WORLDS = Date.UTC(2026, 10, 1);

/** The clock of the isolate that asks. */
function isolateNow(): number {
  if (stage === null) return BEFORE_ALL_WORLDS;
  return stage.world.now + (whereabouts.getStore()?.isolate?.skewMs ?? 0);
}

class IsolateDate extends Date {
  constructor(...parts: [] | ConstructorParameters<typeof Date>) {
    if (parts.length === 0) super(isolateNow());
    else super(...(parts as [number]));
  }

  static override now(): number {
    return isolateNow();
  }
}

interface Timer {
  isOff: boolean;
}

/** A timer ends with the domain that set it. */
function startTimer(action: () => void, ms: number, isRepeated: boolean): Timer {
  const { world } = present();
  const domain = world.here;
  const timer: Timer = { isOff: false };
  const fire = (): void => {
    if (timer.isOff || !domain.alive) return;
    whereabouts.run(domain, action);
    if (isRepeated) world.at(world.now + ms, fire);
  };
  world.at(world.now + ms, fire);
  return timer;
}

const stopTimer = (timer: Timer | null | undefined): void => {
  if (timer !== null && timer !== undefined) timer.isOff = true;
};

/** Node's own files are Blobs for the program too. Its bytes are there at once: Node reads them later. */
class QuickBlob extends Blob {
  readonly #parts: readonly (string | ArrayBuffer | ArrayBufferView)[];

  constructor(parts: readonly (string | ArrayBuffer | ArrayBufferView)[] = [], options?: BlobPropertyBag) {
    super([...parts] as BlobPart[], options);
    this.#parts = parts;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return Blob.prototype.isPrototypeOf(value as object);
  }

  #all(): Uint8Array<ArrayBuffer> {
    const chunks = this.#parts.map((part) =>
      typeof part === "string"
        ? Buffer.from(part)
        : part instanceof ArrayBuffer
          ? new Uint8Array(part)
          : new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
    );
    return Uint8Array.from(Buffer.concat(chunks));
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#all();
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#all().buffer;
  }
}

const MAX_LOG_LENGTH = 260;

const programConsole = Object.fromEntries(
  ["log", "info", "debug", "warn", "error"].map((level) => [
    level,
    (line: string) => {
      if (level === "warn" || level === "error") stage?.world.note(`   log: ${line.slice(0, MAX_LOG_LENGTH)}`);
    },
  ]),
);

const random = (): number => (stage === null ? 0.5 : stage.world.programRandom());

/** The globals that the program is given in place of Node's, by name. */
export const PROGRAM_GLOBALS: Readonly<Record<string, unknown>> = {
  Date: IsolateDate,
  Math: Object.create(Math, { random: { value: random } }),
  crypto: createCrypto(random),
  Blob: QuickBlob,
  FixedLengthStream,
  setTimeout: (action: () => void, ms = 0) => startTimer(action, ms, false),
  clearTimeout: stopTimer,
  setInterval: (action: () => void, ms = 0) => startTimer(action, ms, true),
  clearInterval: stopTimer,
  fetch: (input: string | URL | Request, init?: RequestInit) => present().network.fetch(input, init),
  caches: {
    default: {
      match: (url: string) => present().cache.match(url),
      put: (url: string, response: Response) => present().cache.put(url, response),
      delete: (url: string) => present().cache.delete(url),
    },
  },
  console: programConsole,
};
