import type { Service } from "./workers.ts";

/** What every measurement needs. */
export interface Bench {
  service: Service;
  rounds: number;
  seconds: number;
  /** Where servers keep their state and wrk its script; memory if the machine has it as a file system. */
  stateRoot: string;
}

/** The photo of all rows but the memory's. */
export const PHOTO_BYTES = 200_000;
