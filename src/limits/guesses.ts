import { BoundedMap } from "../bounded-map.ts";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../time.ts";
import { networkOf } from "./network.ts";

/** Wrong secrets that cost nothing but an error: whoever sets a server up makes some. */
export const FREE_FAILURES = 10;
/** From then on each one doubles the wait, up to here: a guesser gets one try a minute, a repaired server waits no longer. */
const MAX_WAIT_MS = MINUTE_MS;
/** Failures that are older count no more. */
const FORGET_MS = 15 * MINUTE_MS;
/** How long a source that has shown the right secret is trusted to have it. */
const TRUST_MS = DAY_MS;
/** Sources that an isolate remembers; some 200 bytes each. */
const MAX_SOURCES = 20_000;
/**
 * How many refusals an isolate writes into the audit log in a minute, for applications and for the administrator each: noise
 * about the ones hides nothing about the other. The log has them all.
 */
const MAX_NOTES_PER_MINUTE = 10;

/** Where a secret is shown: `of` says whose secret it would be. `address` is an IP address. */
export interface GuessSource {
  of: number | "administrator";
  address: string;
}

/** What becomes of an attempt. */
export interface GuessVerdict {
  /** Above 0, whether it was right is told to nobody: so many seconds from now there is another try. */
  waitSeconds: number;
  /** Whether a delay begins with this failure, or grows. */
  isDelayed: boolean;
  /** Whether that should be written into the audit log. */
  isNoted: boolean;
}

interface Failures {
  count: number;
  lastAt: number;
}

/** Reports a failure to the Cloudflare location; false when there have been too many in this minute. */
type Report = () => Promise<boolean>;

const waitAfter = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(MAX_WAIT_MS, SECOND_MS * 2 ** Math.min(30, failures - FREE_FAILURES));

const keyOf = ({ of, address }: GuessSource): string => `${of}/${networkOf(address)}`;

/**
 * Makes guessing of secrets slow, for logins of applications (known or not), the console and `/admin` alike. An attempt is
 * settled in one turn, after its secret was compared: of any number at once, no more than the free ones are told that they
 * were wrong. Failures count for a network and a secret, so that nobody delays others; and where many share an address, a
 * server that has shown the right secret before is never delayed by those around it. Sources that wait are not evicted by
 * others; when all places are taken, further failures are refused at once.
 */
export class Guesses {
  readonly #now: () => number;
  /** Sources with so few failures that they may be forgotten, and those that wait; each in the order of its last failure. */
  readonly #few = new Map<string, Failures>();
  readonly #delayed = new Map<string, Failures>();
  readonly #trusted = new BoundedMap<string, number>(MAX_SOURCES);
  readonly #notes = { application: { minute: 0, count: 0 }, administrator: { minute: 0, count: 0 } };

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many seconds a source has to wait before anything of its attempt is looked at; 0 = none. */
  waitSeconds(source: GuessSource): number {
    const key = keyOf(source);
    return this.#isTrusted(key) ? 0 : this.#waitSeconds(this.#failuresOf(key));
  }

  /** Settles an attempt whose secret was right, or not. `report` is waited for by `defer`. */
  settle(source: GuessSource, isRight: boolean, report: Report, defer: (work: Promise<void>) => void): GuessVerdict {
    const key = keyOf(source);
    const failures = this.#failuresOf(key);
    const isTrusted = this.#isTrusted(key);
    const waitSeconds = this.#waitSeconds(failures);
    if (isRight && (isTrusted || waitSeconds === 0)) {
      this.#trusted.set(key, this.#now());
      this.#forget(key);
      return { waitSeconds: 0, isDelayed: false, isNoted: false };
    }
    if (waitSeconds > 0) return { waitSeconds, isDelayed: false, isNoted: false };
    return this.#fail(source, failures, report, defer);
  }

  #fail(source: GuessSource, failures: Failures, report: Report, defer: (work: Promise<void>) => void): GuessVerdict {
    const key = keyOf(source);
    this.#forget(key);
    if (!this.#makeRoom()) return { waitSeconds: MAX_WAIT_MS / SECOND_MS, isDelayed: false, isNoted: false };
    const counted = { count: failures.count + 1, lastAt: this.#now() };
    this.#keep(key, counted);
    defer(this.#share(key, counted, report));
    const isDelayed = counted.count >= FREE_FAILURES;
    return { waitSeconds: 0, isDelayed, isNoted: isDelayed && this.#takeNote(source) };
  }

  /** The location has seen too many: from here on this isolate has, too. */
  async #share(key: string, { count, lastAt }: Failures, report: Report): Promise<void> {
    if ((await report()) || count >= FREE_FAILURES || this.#few.get(key)?.lastAt !== lastAt) return;
    this.#keep(key, { count: FREE_FAILURES, lastAt });
  }

  #keep(key: string, failures: Failures): void {
    this.#forget(key);
    (failures.count < FREE_FAILURES ? this.#few : this.#delayed).set(key, failures);
  }

  #forget(key: string): void {
    this.#few.delete(key);
    this.#delayed.delete(key);
  }

  #failuresOf(key: string): Failures {
    const known = this.#few.get(key) ?? this.#delayed.get(key);
    return known === undefined || this.#isOld(known) ? { count: 0, lastAt: 0 } : known;
  }

  #isTrusted(key: string): boolean {
    const since = this.#trusted.get(key);
    return since !== undefined && this.#now() - since <= TRUST_MS;
  }

  #waitSeconds({ count, lastAt }: Failures): number {
    return Math.max(0, Math.ceil((lastAt + waitAfter(count) - this.#now()) / SECOND_MS));
  }

  #isOld({ lastAt }: Failures): boolean {
    return this.#now() - lastAt > FORGET_MS;
  }

  /** Evicts the source that failed longest ago, unless it is being delayed; false when all are. */
  #makeRoom(): boolean {
    if (this.#few.size + this.#delayed.size < MAX_SOURCES) return true;
    const [delayed] = this.#delayed;
    if (delayed !== undefined && this.#isOld(delayed[1])) return this.#delayed.delete(delayed[0]);
    const [few] = this.#few;
    return few !== undefined && this.#few.delete(few[0]);
  }

  #takeNote({ of }: GuessSource): boolean {
    const notes = this.#notes[of === "administrator" ? of : "application"];
    const minute = Math.floor(this.#now() / MINUTE_MS);
    if (notes.minute !== minute) Object.assign(notes, { minute, count: 0 });
    notes.count += 1;
    return notes.count <= MAX_NOTES_PER_MINUTE;
  }
}
