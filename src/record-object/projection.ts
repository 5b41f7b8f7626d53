import { projectedSweepAt } from "../records/next-step.ts";
import type { NutritionRecord } from "../records/record.ts";
import type { Sequence } from "../records/sequence.ts";

/** What keeping D1's copy of a record up to date needs. */
export interface ProjectionPorts {
  /** The current sequence; null when the object is empty. */
  current(): Sequence | null;
  /** Writes the record to D1; `undefined` leaves the sweep's time as it is. */
  write(record: NutritionRecord, sweepAt: number | null | undefined): Promise<void>;
  /** Called with each version that D1 has. */
  written(): void;
}

/**
 * D1's copy of a record, as the record's object writes it: one write at a time, so that an older one never comes second.
 * What is known of D1 dies with the object; the next one then writes again, which changes nothing.
 */
export class Projection {
  readonly #ports: ProjectionPorts;
  #writing: Promise<void> | null = null;
  #version = 0;

  constructor(ports: ProjectionPorts) {
    this.#ports = ports;
  }

  /** The version that D1 is known to have. */
  get version(): number {
    return this.#version;
  }

  /** Notes the version of a row that was read. */
  saw(version: number): void {
    this.#version = Math.max(this.#version, version);
  }

  /** Resolves when D1 has the record as it stands then; rejects when D1 is down. */
  async bringUpToDate(): Promise<void> {
    for (;;) {
      // Several calls may wait for the same write: each looks again, and one of them makes the next.
      while (this.#writing !== null) await this.#writing.catch(() => undefined);
      const sequence = this.#ports.current();
      if (sequence === null || sequence.deleted || this.#version >= sequence.record.version) return;
      this.#writing = this.#write(sequence).finally(() => (this.#writing = null));
      await this.#writing;
    }
  }

  async #write(sequence: Sequence): Promise<void> {
    const { record } = sequence;
    await this.#ports.write(record, projectedSweepAt(sequence));
    this.saw(record.version);
    this.#ports.written();
  }
}
