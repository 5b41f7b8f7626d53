import { log } from "../log.ts";
import type { Stage } from "../records/record.ts";
import type { Sequencer } from "../record-object/sequencer.ts";

/** Reports that an analysis has reached this stage. Never fails, and is not awaited. */
export type TellStage = (stage: Stage) => void;

interface StageReports {
  tell: TellStage;
  /** Resolves when every report has settled. */
  told: () => Promise<void>;
}

/** Without listeners, stages cost nothing. */
export const UNHEARD: StageReports = { tell: () => {}, told: async () => {} };

/** Reports stages to the record's object, in order, while the analysis continues. */
export function reportStages(recordId: string, leaseId: string, sequencer: Pick<Sequencer, "progress">): StageReports {
  let reporting: Promise<unknown> = Promise.resolve();
  return {
    tell(stage) {
      reporting = reporting
        .then(() => sequencer.progress(recordId, leaseId, stage))
        .catch((error: unknown) =>
          log(
            "warn",
            "analysis.stage_report_failed",
            "reporting an analysis stage failed",
            { record_id: recordId, stage },
            error,
          ),
        );
    },
    told: async () => void (await reporting),
  };
}
