import { whereabouts, type Domain } from "./domain.ts";
import type { Isolates } from "./isolates.ts";
import { ObjectStorage } from "./object-storage.ts";
import type { Program } from "./program.ts";
import type { World } from "./world.ts";

/** An alarm that throws is tried again this often, after 2, 4, 8, … s; then it is lost. */
const ALARM_RETRIES = 6;
const ALARM_RETRY_MS = 2_000;
/** How late an alarm may be, milliseconds. */
const ALARM_LATENESS_MS = [0, 3, 20, 200, 2000] as const;
const EVICTION_SHARE = 0.05;
const LAST_SEGMENT = /[^/]*$/;

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error("threw"));

interface InFlight {
  caller: Domain;
  label: string;
  reject: (error: Error) => void;
}

/** Looks at objects while they work. */
export interface ObjectObserver {
  onClear(object: RecordObjectCell): void;
  onCommit(object: RecordObjectCell): void;
  /** Hears of each call when it arrives; what is returned hears of its answer. */
  onCall(object: RecordObjectCell, call: string, values: readonly unknown[]): ((answer: unknown) => void) | null;
}

/** One Durable Object: its storage outlives its lives. */
export class RecordObjectCell {
  readonly name: string;
  readonly storage: ObjectStorage;
  readonly #world: World;
  readonly #isolates: Isolates;
  readonly #observer: ObjectObserver;
  readonly #inFlight = new Set<InFlight>();
  readonly #streams = new Set<(error: Error) => void>();
  #instance: InstanceType<Program["RecordObject"]> | null = null;
  #life: Domain | null = null;
  /** The alarm that runs, and how often it was tried before. */
  #alarm: { tries: number } | null = null;

  constructor(name: string, world: World, isolates: Isolates, observer: ObjectObserver) {
    this.name = name;
    this.#world = world;
    this.#isolates = isolates;
    this.#observer = observer;
    this.storage = new ObjectStorage({
      onOpen: () => this.#life !== null && world.touch(this.#life),
      onClear: () => observer.onClear(this),
      onAlarm: () => this.#armAlarm(),
    });
  }

  /** The clock of the isolate that it lives in, Unix milliseconds. */
  get clock(): number {
    return this.#world.now + (this.#life?.isolate?.skewMs ?? 0);
  }

  /** Ends its present life, as an eviction or a deployment does; what it has stored stays. */
  reset(): void {
    if (this.#life !== null) this.#world.kill(this.#life);
  }

  fetch(request: Request, values: readonly unknown[]): Promise<Response> {
    const world = this.#world;
    const caller = world.here;
    const what = LAST_SEGMENT.exec(new URL(request.url).pathname)?.[0] ?? "";
    const label = `${what} ${this.name}`;
    return new Promise<Response>((resolve, reject) => {
      world.leave(caller, () => {
        world.at(world.now + Math.ceil(world.latency("object") / 2), () => {
          if (world.isCutOff(caller, label) === "killed and the call lost") return;
          const back = Math.floor(world.latency("object") / 2);
          const refuse = (error: Error): void => world.answer(caller, label, back, () => reject(error));
          if (world.isCallFailing("object")) {
            world.note(`${caller.name}: ${label} NEVER ARRIVES`);
            return refuse(new Error("Network connection lost."));
          }
          world.note(`${caller.name}: calls ${label}`);
          const hear = this.#observer.onCall(this, what, values);
          this.#handle({ caller, label, reject: refuse }, request, (response, text) => {
            if (text !== null && text !== "") hear?.(JSON.parse(text));
            if (world.isResponseLost()) {
              world.note(`the answer to ${label} IS LOST`);
              return refuse(new Error("Network connection lost."));
            }
            world.answer(caller, label, back, () => resolve(response));
          });
        });
      });
    });
  }

  #handle(call: InFlight, request: Request, tell: (response: Response, text: string | null) => void): void {
    const life = this.#alive();
    this.#inFlight.add(call);
    const leave = (go: () => void): void =>
      this.#world.leave(life, () => {
        if (this.#inFlight.delete(call)) go();
      });
    void whereabouts.run(life, async () => {
      try {
        const response = await this.#instance!.fetch(request);
        if (response.status === 200 && call.label.startsWith("events")) {
          const broken = this.#breakable(response);
          leave(() => tell(broken, null));
        } else {
          const text = await response.text();
          const { status, headers } = response;
          leave(() => tell(new Response(status === 204 ? null : text, { status, headers }), text));
        }
      } catch (error) {
        leave(() => call.reject(asError(error)));
      }
    });
  }

  /** A body that breaks off when the object's life ends. */
  #breakable(response: Response): Response {
    const reader = response.body!.getReader();
    let breakOff: (error: Error) => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        breakOff = (error) => controller.error(error);
        this.#streams.add(breakOff);
      },
      pull: async (controller) => {
        const { done, value } = await reader.read();
        if (value !== undefined) controller.enqueue(value);
        if (done) controller.close();
        if (done) this.#streams.delete(breakOff);
      },
      cancel: (reason) => {
        this.#streams.delete(breakOff);
        return reader.cancel(reason);
      },
    });
    return new Response(body, response);
  }

  #alive(): Domain {
    const world = this.#world;
    const isIdle = this.#life?.alive === true && this.#inFlight.size === 0 && this.#alarm === null;
    if (isIdle && world.fails(EVICTION_SHARE)) {
      world.note(`${this.name}: its object is evicted`);
      this.#life!.alive = false;
    }
    if (this.#life?.alive === true) return this.#life;
    const isolate = this.#isolates.any();
    const life: Domain = {
      name: world.inWords(`object(${this.name})`),
      kind: "object",
      isolate,
      alive: true,
      outgoing: [],
      onKill: () => this.#die(),
      turn: {
        isOpen: false,
        commit: () => this.#commit(),
        rollback: () => this.storage.rollback(),
      },
    };
    Object.defineProperty(life.turn, "isOpen", { get: () => this.storage.isOpen });
    this.#life = life;
    const state = {
      id: { name: this.name, toString: () => this.name },
      storage: this.storage.binding,
      waitUntil: (work: Promise<unknown>) => void Promise.resolve(work).catch(() => undefined),
      blockConcurrencyWhile: <Value>(work: () => Promise<Value>) => work(),
    };
    whereabouts.run(life, () => {
      this.#instance = new isolate.program.RecordObject(state, isolate.env);
    });
    return life;
  }

  #commit(): void {
    this.storage.commit();
    this.#observer.onCommit(this);
  }

  #die(): void {
    this.storage.rollback();
    const reset = new Error("The Durable Object was reset.");
    for (const breakOff of this.#streams) breakOff(reset);
    this.#streams.clear();
    const calls = [...this.#inFlight];
    this.#inFlight.clear();
    for (const { reject } of calls) reject(reset);
    this.#instance = null;
    if (this.#alarm === null) this.#armAlarm();
    else this.#alarmFailed();
  }

  #armAlarm(): void {
    const at = this.storage.committedAlarm;
    if (at === null || this.#alarm !== null) return;
    const lateness = ALARM_LATENESS_MS[this.#world.choose(ALARM_LATENESS_MS.length, 0.6)] ?? 0;
    this.#world.at(at + lateness, () => {
      if (this.storage.committedAlarm === at && this.#alarm === null) this.#fire(0);
    });
  }

  #fire(tries: number): void {
    const world = this.#world;
    const life = this.#alive();
    const mine = { tries };
    this.#alarm = mine;
    this.storage.takeAlarm();
    world.note(`alarm of ${this.name}${tries > 0 ? `, try ${tries + 1}` : ""}`);
    void whereabouts.run(life, async () => {
      try {
        await this.#instance!.alarm({ isRetry: tries > 0, retryCount: tries });
      } catch (error) {
        world.note(`the alarm threw: ${asError(error).message}`);
        if (this.#alarm === mine) this.#alarmFailed();
        return;
      }
      world.leave(life, () => {
        if (this.#alarm !== mine) return;
        this.#alarm = null;
        this.#armAlarm();
      });
    });
  }

  #alarmFailed(): void {
    const tries = this.#alarm?.tries ?? 0;
    this.#alarm = null;
    if (this.storage.committedAlarm !== null) return this.#armAlarm();
    if (tries >= ALARM_RETRIES) return this.#world.note(`the alarm of ${this.name} IS LOST after ${tries} retries`);
    this.#world.at(this.#world.now + ALARM_RETRY_MS * 2 ** tries, () => {
      if (this.#alarm === null && this.storage.committedAlarm === null) this.#fire(tries + 1);
    });
  }
}

/** What a call carries: named values, in their order. */
const valuesOf = (body: unknown): readonly unknown[] =>
  typeof body === "string" ? Object.values(JSON.parse(body) as object) : [];

/** The namespace of the record objects. */
export class RecordObjects {
  readonly all = new Map<string, RecordObjectCell>();
  readonly #make: (name: string) => RecordObjectCell;

  constructor(world: World, isolates: Isolates, observer: ObjectObserver) {
    this.#make = (name) => new RecordObjectCell(name, world, isolates, observer);
  }

  readonly binding = {
    idFromName: (name: string) => ({ name, toString: () => name }),
    get: ({ name }: { name: string }) => ({
      fetch: (input: string | Request, init?: RequestInit) => {
        const request = input instanceof Request ? input : new Request(input, init);
        return this.of(name).fetch(request, valuesOf(init?.body));
      },
    }),
  };

  of(name: string): RecordObjectCell {
    const known = this.all.get(name);
    if (known !== undefined) return known;
    const made = this.#make(name);
    this.all.set(name, made);
    return made;
  }

  close(): void {
    for (const cell of this.all.values()) cell.storage.close();
  }
}
