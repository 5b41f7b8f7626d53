import { log } from "../log.ts";
import type { Stage } from "../records/record.ts";
import type { Sequencer } from "../record-object/sequencer.ts";

/** Says that an analysis has come to this stage. It never fails and is not waited for. */
export type TellStage = (stage: Stage) => void;

interface StageReports {
  tell: TellStage;
  /** Resolves when every report has been answered, one way or the other. */
  told: () => Promise<void>;
}

/** Nobody listens: the stages cost nothing. */
export const UNHEARD: StageReports = { tell: () => {}, told: async () => {} };

/** Reports stages to the record's object, in order, while the analysis goes on. */
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
