import type { InputType } from "../records/record.ts";
import type { UploadOptions } from "../records/upload-options.ts";
import { costOfModel } from "./cost.ts";

/** At most this many analyses of one kind. */
export interface AnalysisCount {
  inputType: InputType;
  mode: UploadOptions["analysis_mode"];
  records: number;
}

/** What analyses will ask of the models, when each responses the first time. */
export interface AnalysisEstimate {
  modelCalls: number;
  /** US dollars; null when the price of a model is not known. */
  costUsd: number | null;
}

/** The models of the configuration. */
type Models = Record<"precise" | "fast" | "label" | "text", readonly string[]>;

/** The models that one analysis asks: the precise ones all together, of the others the first that responses. */
function modelsAsked({ inputType, mode }: AnalysisCount, models: Models): readonly string[] {
  switch (inputType) {
    case "image":
      return mode === "precise" ? models.precise : models.fast.slice(0, 1);
    case "label":
      return models.label.slice(0, 1);
    case "text":
      return models.text.slice(0, 1);
    case "manual":
      return [];
  }
}

/** The cost of a number of model calls in US dollars; null when its price is not known. */
const costOfCalls = (model: string, calls: number): number | null =>
  costOfModel({ model, outcome: "answered", calls, totalMs: 0, metered: 0, inputTokens: 0, outputTokens: 0 });

/** Estimates what these analyses will cost. */
export function estimateAnalyses(counts: readonly AnalysisCount[], models: Models): AnalysisEstimate {
  const asked = counts.flatMap((count) =>
    modelsAsked(count, models).map((model) => ({ calls: count.records, costUsd: costOfCalls(model, count.records) })),
  );
  return {
    modelCalls: asked.reduce((sum, { calls }) => sum + calls, 0),
    costUsd: asked.reduce<number | null>(
      (sum, { costUsd }) => (sum === null || costUsd === null ? null : sum + costUsd),
      0,
    ),
  };
}
