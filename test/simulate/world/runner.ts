import { whereabouts, type Domain } from "./domain.ts";
import type { Isolate, Isolates } from "./isolates.ts";
import type { ExecutionPorts } from "./program.ts";
import type { World } from "./world.ts";

/** How an invocation ended. */
export type Ended<Value> =
  | { outcome: "returned"; value: Value }
  | { outcome: "threw"; error: Error }
  | { outcome: "killed" };

/** Runs the program's handlers, each in a domain of its own. */
export class Runner {
  readonly #world: World;
  readonly #isolates: Isolates;
  readonly #running = new Set<Domain>();

  constructor(world: World, isolates: Isolates) {
    this.#world = world;
    this.#isolates = isolates;
  }

  /** What runs now: a deployment may end it. */
  get running(): readonly Domain[] {
    return [...this.#running];
  }

  /** Runs one handler to its end, and then what it left to `waitUntil`. */
  invoke<Value>(
    name: string,
    handle: (isolate: Isolate, context: ExecutionPorts) => Value | Promise<Value>,
  ): Promise<Ended<Value>> {
    const isolate = this.#isolates.any();
    const { promise, resolve } = Promise.withResolvers<Ended<Value>>();
    const domain: Domain = {
      name,
      kind: "invocation",
      isolate,
      alive: true,
      outgoing: [],
      onKill: () => {
        this.#running.delete(domain);
        resolve({ outcome: "killed" });
      },
      turn: null,
    };
    this.#running.add(domain);
    const left: Promise<unknown>[] = [];
    const context: ExecutionPorts = {
      waitUntil: (work) => void left.push(Promise.resolve(work).catch(() => undefined)),
      passThroughOnException: () => undefined,
    };
    void whereabouts.run(domain, async () => {
      const ended = await attempt(() => handle(isolate, context));
      if (!domain.alive) return;
      resolve(ended);
      await Promise.all(left);
      this.#running.delete(domain);
    });
    return promise;
  }

  note(text: string): void {
    this.#world.note(text);
  }
}

async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Ended<Value>> {
  try {
    return { outcome: "returned", value: await work() };
  } catch (error) {
    return { outcome: "threw", error: error instanceof Error ? error : new Error("threw") };
  }
}
