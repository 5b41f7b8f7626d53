import { alarmTime, pauseAfterFailedAlarms } from "../records/retry-schedule.ts";

/** What an alarm needs besides the storage that it is set in. */
interface AlarmDeps {
  /** Unix milliseconds. */
  now: () => number;
  report(event: string, message: string, error: unknown): void;
}

/** The alarm of a record's object. What it remembers dies with the object: then it rings once more than it has to. */
export class RecordAlarm {
  readonly #storage: DurableObjectStorage;
  readonly #deps: AlarmDeps;
  /** The time that it was last set to; null until then. */
  #setTo: number | null = null;
  /** What it was set to when it rang. */
  #rangFor: number | null = null;
  /** How many times in a row the work could not be done. */
  #failures = 0;

  constructor(storage: DurableObjectStorage, deps: AlarmDeps) {
    this.#storage = storage;
    this.#deps = deps;
  }

  /**
   * Sets the alarm, Unix milliseconds. It commits together with what was stored in the same turn; that it is not awaited
   * keeps the turn whole, and a failure of it resets the object.
   */
  set(at: number): void {
    this.#setTo = at;
    void this.#storage.setAlarm(at);
  }

  /** Sets the alarm while it is ringing: nothing is due before `until`. */
  setAgain(until: number): void {
    this.set(alarmTime(until, this.#rangFor, this.#deps.now()));
  }

  /**
   * Does the work of an alarm that rings; work that fails is done later. `repetition`: how many times this ring has been
   * repeated. The platform repeats it after a crash, but six times only: from the first on there is another alarm.
   */
  async ring(repetition: number, work: () => Promise<void>): Promise<void> {
    this.#rangFor = this.#setTo;
    if (repetition > 0) this.set(this.#deps.now() + pauseAfterFailedAlarms(repetition));
    try {
      await work();
      this.#failures = 0;
    } catch (error) {
      this.#deps.report("record_alarm.failed", "alarm of a record's object failed; it is set again", error);
      this.#failures += 1;
      await this.#storage.setAlarm(this.#deps.now() + pauseAfterFailedAlarms(this.#failures));
    }
  }
}
