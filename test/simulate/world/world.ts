import { setImmediate as nextTick } from "node:timers/promises";
import { Agenda } from "./agenda.ts";
import { whereabouts, type Domain } from "./domain.ts";
import { latencyOf, type CallKind } from "./latency.ts";
import { randomFrom } from "./random.ts";
import { Tape } from "./tape.ts";

/** A world that takes more steps than this turns in circles. */
const MAX_STEPS = 200_000;

/** How often things fail at a fault rate of 1: each call is a chance for each of them. */
const CRASH_BEFORE_CALL = 0.006;
const CRASH_BEFORE_ANSWER = 0.004;
const CRASH_BEFORE_COMMIT = 0.004;
const CALL_FAILS = 0.008;
const ANSWER_IS_LOST = 0.008;
/** How often an object does not live to see a slow call of it arrive. */
const OUTLIVED_SHARE = 0.1;

/** One of so many classes of calls may be slow for a whole run, by so much (milliseconds). */
const SLOW_CLASSES = 7;
const SLOW_MS = [0, 500, 3000, 8000] as const;

/** A stretch of time in which all calls of a kind fail. */
export interface Outage {
  kind: CallKind;
  from: number;
  until: number;
}

/** A call to the outside. `label` is what it does, in words; `about` is that without ids, and decides what is slow. */
export interface Call<Answer> {
  kind: CallKind;
  about: string;
  label?: string;
  /** What it does out there, all at once. */
  effect: () => Answer;
  /** Extra milliseconds until it is answered. */
  takes?: number;
  /** Calls to models and endpoints fail in ways of their own. */
  isFaultless?: boolean;
  /** Turns true when whoever made the call no longer waits. */
  isGone?: () => boolean;
}

interface Waiting<Answer> {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** Which run this is. */
export interface RunIdentity {
  seed: number;
  tape: readonly number[] | null;
  /** When it begins, Unix milliseconds. */
  start: number;
}

const hashOf = (text: string): number => {
  let hash = 7;
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return hash;
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Time, chance, faults and the order of events of one run; what the parts of the platform stand on. */
export class World {
  readonly tape: Tape;
  readonly start: number;
  readonly root: Domain = {
    name: "world",
    kind: "world",
    isolate: null,
    alive: true,
    outgoing: [],
    onKill: null,
    turn: null,
  };
  /** Randomness of the program itself. */
  readonly programRandom: () => number;
  readonly trace: string[] = [];
  readonly violations: string[] = [];
  readonly outages: Outage[] = [];
  now: number;
  steps = 0;
  crashes = 0;
  /** Whether choices are asked for at all; nothing is while the stage is set. */
  hasChance = false;
  faultRate = 0;
  /** Looked at after each event in which D1 was written. */
  onDatabaseChange: (() => void) | null = null;
  databaseChanged = false;
  slowClass = 0;
  readonly #agenda = new Agenda();
  readonly #touched = new Set<Domain>();
  readonly #names = new Map<string, string>();

  constructor({ seed, tape, start }: RunIdentity) {
    this.tape = new Tape(seed, tape);
    this.programRandom = randomFrom(seed ^ 0x5bd1e995);
    this.start = start;
    this.now = start;
  }

  get here(): Domain {
    return whereabouts.getStore() ?? this.root;
  }

  get slowClasses(): number {
    return SLOW_CLASSES;
  }

  /** The class of calls that are slow together with this one; 0 is none. */
  slowClassOf(about: string): number {
    return (hashOf(about) % SLOW_CLASSES) + 1;
  }

  at(time: number, go: () => void): void {
    this.#agenda.add(Math.max(time, this.now), go);
  }

  /** Resolves after so many milliseconds of the world's time. */
  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.at(this.now + ms, wake));
  }

  /** Chooses for the world's sake; harmless while nothing is left to chance. */
  choose(count: number, calmShare = 0): number {
    return this.hasChance ? this.tape.choose(count, calmShare) : 0;
  }

  /** Whether a fault of this share of the cases happens. */
  fails(share: number): boolean {
    return this.hasChance && this.faultRate > 0 && this.tape.happens(share * this.faultRate);
  }

  latency(kind: CallKind): number {
    return latencyOf(kind, this.hasChance ? (count, calm) => this.tape.choose(count, calm) : null);
  }

  /** Gives an id a name that the story can tell; ids without one are numbered. */
  name(id: string, name: string): void {
    this.#names.set(id, name);
  }

  inWords(text: string): string {
    return text.replaceAll(UUID, (id) => {
      const known = this.#names.get(id);
      if (known !== undefined) return known;
      const numbered = `#${this.#names.size}`;
      this.#names.set(id, numbered);
      return numbered;
    });
  }

  note(text: string): void {
    this.trace.push(`${String(this.now - this.start).padStart(9)} ${this.inWords(text)}`);
  }

  violate(what: string): void {
    const told = this.inWords(what);
    if (this.violations.includes(told)) return;
    this.violations.push(told);
    this.note(`!! ${told}`);
  }

  /** Makes a call for the domain that runs. It leaves at the end of the turn, and may fail, be slow, or be cut off. */
  call<Answer>(call: Call<Answer>): Promise<Answer> {
    const domain = this.here;
    return new Promise<Answer>((resolve, reject) => {
      const waiting: Waiting<Answer> = { resolve, reject };
      this.leave(domain, () => {
        const slowness = this.#slowness(call.about);
        const way = Math.ceil(this.latency(this.#wayOf(call.kind)) / 2) + slowness;
        if (slowness > 0 && domain.kind === "object" && this.fails(OUTLIVED_SHARE))
          this.#outlive(domain, call, slowness);
        this.at(this.now + way, () => this.#arrive(domain, call, waiting));
      });
    });
  }

  /** Lets something leave a domain at the end of its turn. */
  leave(domain: Domain, go: () => void): void {
    domain.outgoing.push(go);
    this.#touched.add(domain);
  }

  touch(domain: Domain): void {
    this.#touched.add(domain);
  }

  /** Answers a call of a domain after `ms`; the domain may be killed before it hears. */
  answer(domain: Domain, label: string, ms: number, tell: () => void): void {
    this.at(this.now + ms, () => {
      if (!domain.alive) return;
      if (domain !== this.root && this.fails(CRASH_BEFORE_ANSWER)) {
        this.note(`CRASH of ${domain.name} before it hears of ${label}`);
        this.kill(domain);
        return;
      }
      tell();
    });
  }

  /** Whether the domain is killed while a call of it is on its way; what it called may happen all the same. */
  isCutOff(domain: Domain, label: string): "no" | "killed" | "killed and the call lost" {
    if (domain === this.root || !domain.alive || !this.fails(CRASH_BEFORE_CALL)) return "no";
    this.note(`CRASH of ${domain.name} while ${label} is on its way`);
    this.kill(domain);
    return this.choose(2) === 0 ? "killed and the call lost" : "killed";
  }

  isDown(kind: CallKind): boolean {
    return this.outages.some((outage) => outage.kind === kind && outage.from <= this.now && this.now < outage.until);
  }

  isCallFailing(kind: CallKind): boolean {
    return this.isDown(kind) || this.fails(CALL_FAILS);
  }

  isResponseLost(): boolean {
    return this.fails(ANSWER_IS_LOST);
  }

  kill(domain: Domain): void {
    if (!domain.alive) return;
    domain.alive = false;
    domain.outgoing = [];
    this.crashes += 1;
    domain.onKill?.();
  }

  /** Runs what there is to run until nothing moves: the end of a turn. */
  async drain(): Promise<void> {
    do {
      await nextTick();
      this.#settle();
    } while (this.#touched.size > 0);
  }

  /** Lets time pass, until `isOver` says so. */
  async run(until: number, isOver: () => boolean = () => false): Promise<void> {
    while (!isOver()) {
      const nextAt = this.#agenda.nextAt;
      if (nextAt === null || nextAt > until) break;
      const event = this.#agenda.take();
      if (event === null) break;
      this.now = event.at;
      this.steps += 1;
      if (this.steps > MAX_STEPS) return this.violate("the world does not come to rest");
      whereabouts.run(this.root, event.go);
      await this.drain();
      if (this.databaseChanged) {
        this.databaseChanged = false;
        this.onDatabaseChange?.();
      }
    }
    if (!isOver()) this.now = Math.max(this.now, until);
  }

  /** The object is reset while a call of it is on its way: the next one goes on, and the call arrives all the same. */
  #outlive<Answer>(domain: Domain, { label, about }: Call<Answer>, slowness: number): void {
    this.at(this.now + Math.ceil(slowness / 2), () => {
      if (!domain.alive) return;
      this.note(`CRASH of ${domain.name} while ${label ?? about} is slow, and arrives later`);
      this.kill(domain);
    });
  }

  /** The way to a model or an endpoint is as long as any; how long those take is their own. */
  #wayOf(kind: CallKind): CallKind {
    return kind === "endpoint" || kind === "model" || kind === "images" ? "object" : kind;
  }

  #slowness(about: string): number {
    if (!this.hasChance || this.slowClass === 0 || this.slowClassOf(about) !== this.slowClass) return 0;
    return SLOW_MS[this.choose(SLOW_MS.length)] ?? 0;
  }

  #arrive<Answer>(domain: Domain, call: Call<Answer>, { resolve, reject }: Waiting<Answer>): void {
    if (call.isGone?.() === true) return;
    const label = call.label ?? call.about;
    const isFaulty = domain !== this.root;
    if (this.isCutOff(domain, label) === "killed and the call lost") return;
    const back = this.#slowness(call.about) + Math.floor(this.latency(this.#wayOf(call.kind)) / 2) + (call.takes ?? 0);
    const refuse = (error: Error): void => this.answer(domain, label, back, () => reject(error));
    if (isFaulty && this.isDown(call.kind)) {
      this.note(`${domain.name}: ${label} FAILS, ${call.kind} is down`);
      return refuse(new Error(`${call.kind}: internal error; reference = outage`));
    }
    if (isFaulty && call.isFaultless !== true && this.fails(CALL_FAILS)) {
      this.note(`${domain.name}: ${label} FAILS before it did anything`);
      return refuse(new Error(`${call.kind}: network connection lost`));
    }
    let answer: Answer;
    try {
      answer = whereabouts.run(this.root, call.effect);
    } catch (error) {
      this.note(`${domain.name}: ${label} is refused: ${error instanceof Error ? error.message : "?"}`);
      return refuse(error instanceof Error ? error : new Error("refused"));
    }
    const isLost = isFaulty && call.isFaultless !== true && this.isResponseLost();
    this.note(`${domain.name}: ${label}${isLost ? " IS DONE, THE ANSWER IS LOST" : ""}`);
    if (isLost) return refuse(new Error(`${call.kind}: network connection lost`));
    this.answer(domain, label, back, () => resolve(answer));
  }

  #settle(): void {
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const domain of touched) {
      if (domain.turn?.isOpen === true) {
        if (domain.alive && this.fails(CRASH_BEFORE_COMMIT)) {
          this.note(`CRASH of ${domain.name} before its write is committed`);
          this.kill(domain);
        }
        if (domain.alive) domain.turn.commit();
        else domain.turn.rollback();
      }
      const { outgoing } = domain;
      domain.outgoing = [];
      if (domain.alive) for (const go of outgoing) go();
    }
  }
}
