import type { Program } from "./program.ts";
import type { World } from "./world.ts";

/** How far an isolate's clock may be from the world's, milliseconds: a machine's usual error, and a bad one. */
const SKEWS_MS = [0, 5, -5, 120, 900, -900, 4000, -4000] as const;

/** One instance of the program: its memory, its clock, its bindings. */
export interface Isolate {
  readonly program: Program;
  readonly env: object;
  readonly skewMs: number;
}

/**
 * Evaluated programs, for all worlds of a process. Every world begins days after the one before, so that whatever an
 * isolate remembers from an earlier world has long expired; evaluating it anew for each would take longer than the run.
 */
export class Programs {
  readonly #evaluate: () => Program;
  readonly #evaluated: Program[] = [];

  constructor(evaluate: () => Program) {
    this.#evaluate = evaluate;
  }

  at(place: number): Program {
    return (this.#evaluated[place] ??= this.#evaluate());
  }
}

/** The isolates of a world: one or two at a time, all of them others after a deployment. */
export class Isolates {
  readonly #world: World;
  readonly #programs: Programs;
  readonly #bindings: object;
  #used = 0;
  #running: Isolate[] = [];

  constructor(world: World, programs: Programs, bindings: object) {
    this.#world = world;
    this.#programs = programs;
    this.#bindings = bindings;
  }

  /** Starts this many isolates in place of those that run. */
  replaceAll(count: number): void {
    this.#running = Array.from({ length: count }, () => this.#start());
  }

  /** The isolate that runs the next thing. */
  any(): Isolate {
    if (this.#running.length === 0) this.replaceAll(1);
    const [first] = this.#running;
    if (first === undefined) throw new Error("no isolate runs");
    return this.#running.length === 1 ? first : (this.#running[this.#world.choose(this.#running.length)] ?? first);
  }

  #start(): Isolate {
    const skewMs = this.#world.fails(0.4) ? (SKEWS_MS[this.#world.choose(SKEWS_MS.length)] ?? 0) : 0;
    return { program: this.#programs.at(this.#used++), env: { ...this.#bindings }, skewMs };
  }
}
