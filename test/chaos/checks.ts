import { RECORD_CHECKS } from "./record-checks.ts";
import type { Check, Evidence } from "./reconcile.ts";
import { RUN_CHECKS } from "./run-checks.ts";
import { WEBHOOK_CHECKS } from "./webhook-checks.ts";

/** One promise and how it is looked after. */
export interface Promised {
  name: string;
  look: (evidence: Evidence) => Omit<Check, "name">;
}

export const CHECKS: readonly Promised[] = [...RECORD_CHECKS, ...WEBHOOK_CHECKS, ...RUN_CHECKS];
