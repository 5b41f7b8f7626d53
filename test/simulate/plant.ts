import type { SourcePatch } from "./world/program.ts";

/** A fault that is put into the program, to see whether the simulator finds it. */
export interface Plant {
  name: string;
  /** What the program does wrong then. */
  what: string;
  patches: readonly SourcePatch[];
}

export const OBJECT = "src/record-object/record-object.ts";
export const ALARM = "src/record-object/record-alarm.ts";
export const SEQUENCE = "src/records/sequence.ts";
export const NEXT_STEP = "src/records/next-step.ts";
export const ANALYSIS = "src/records/analysis-steps.ts";
export const SENDING = "src/webhooks/send-events.ts";
export const OUTBOX = "src/webhooks/outbox.ts";
export const DELIVERIES = "src/db/deliveries.ts";
export const RECORDS = "src/db/records.ts";

/** A plant that is one change of one file. */
export const plant = (name: string, what: string, file: string, from: string, to: string): Plant => ({
  name,
  what,
  patches: [{ file, from, to }],
});
