import { sha256Hex } from "../intake/fingerprint.ts";
import type { PhotoOwner } from "../intake/photo-store.ts";
import type { FoodTable } from "../nutrition/food-table.ts";
import { resolveFoods } from "../nutrition/resolve-foods.ts";
import type { AnalysisOutcome, FailureCode, NutritionRecord, StoredPhoto } from "../records/record.ts";
import { isFinal } from "../records/transitions.ts";
import { fail, ok, type Result } from "../result.ts";
import { assembleContent } from "./assemble.ts";
import type { AnalysisInput, EarlierAnalyses } from "./earlier-analyses.ts";
import { type ModelFailureKind, type Postponed, toFailure, UNREADABLE } from "./model-failure.ts";
import { prepareModelPhoto, type MakeUpright } from "./model-photo.ts";
import type { RunModel } from "./ask-model.ts";
import { runModels, witnessesOf } from "./run-models.ts";
import type { TellStage } from "./stage-reports.ts";
import type { Sighting } from "./recognisers/recogniser.ts";

/** What an analysis needs from outside. */
export interface AnalysePorts {
  readPhoto(owner: PhotoOwner): Promise<Uint8Array | null>;
  makeUpright: MakeUpright;
  runModel: RunModel;
  models: Record<"precise" | "fast", readonly string[]>;
  foods: FoodTable;
  earlier: EarlierAnalyses;
  now: () => number;
}

const failed = (code: FailureCode, reason: string): { ok: true; value: AnalysisOutcome } =>
  ok({ status: "failed", failure: { code, reason } });

function nothingFound(sighting: Sighting): { ok: true; value: AnalysisOutcome } {
  const sentence = sighting.foodPresent
    ? "There seems to be food in the photo, but it could not be recognised."
    : "No food was found in the photo.";
  return failed("no_food_found", [sentence, ...sighting.warnings].join(" "));
}

function withoutAnswer(failure: ModelFailureKind, detail: string): Result<AnalysisOutcome, Postponed> {
  return failure === "retry"
    ? fail({ reason: "models_unavailable", detail })
    : ok({ status: "failed", failure: toFailure(failure) });
}

const inputOf = async (
  { applicationId, options }: NutritionRecord,
  photo: StoredPhoto,
  bytes: Uint8Array,
  models: AnalysePorts["models"],
  userHint: string | null,
): Promise<AnalysisInput> => ({
  applicationId,
  photoSha256: await sha256Hex(bytes),
  orientation: photo.orientation,
  mode: options.analysis_mode,
  models: witnessesOf(options.analysis_mode, models[options.analysis_mode]),
  hints: { countryCode: options.country_code ?? null, userHint },
  languageCode: options.language_code ?? null,
});

/** Whether exactly those models answered that were meant to: what others said in their place is not worth keeping. */
const isAsMeant = (answered: readonly string[], { models }: AnalysisInput): boolean =>
  answered.length === models.length && models.every(([model]) => answered.includes(model));

const HINT_UNUSED = "The model that was asked takes no hints: this is what it sees in the photo alone.";

/**
 * Takes one record from its photo to its nutrients, or to those of an earlier analysis of the same photo. `hint` is what
 * the user says about the meal. Retryable trouble is a failure value; bugs and outages throw.
 */
export async function analyse(
  record: NutritionRecord,
  hint: string | null,
  ports: AnalysePorts,
  tell: TellStage,
): Promise<Result<AnalysisOutcome, Postponed>> {
  const started = ports.now();
  const bytes = await ports.readPhoto({ applicationId: record.applicationId, recordId: record.id });
  if (record.photo === null || bytes === null) return failed("image_unreadable", UNREADABLE);
  const input = await inputOf(record, record.photo, bytes, ports.models, hint);
  // Who has a record analysed again wants something new, and what comes of it is that user's own.
  const isAgain = isFinal(record.status);
  const earlier = isAgain || record.options.ignore_cache ? null : await ports.earlier.find(input);
  if (earlier !== null) {
    const analysis = { ...earlier.analysis, cached: true, timingsMs: { reuse: ports.now() - started } };
    return ok({ status: "completed", content: { ...earlier, analysis } });
  }
  const photo = await prepareModelPhoto(record.photo, bytes, ports.makeUpright);
  if (!photo.ok) return failed("image_unreadable", UNREADABLE);
  const prepared = ports.now();
  tell("recognising");

  const answer = await runModels(ports.runModel, input.mode, ports.models[input.mode], photo.value, input.hints);
  const recognised = ports.now();
  if (answer.outcome !== "seen") return withoutAnswer(answer.outcome, answer.detail);
  if (answer.sighting.foods.length === 0) return nothingFound(answer.sighting);

  tell("computing");
  const [foods] = await Promise.all([
    resolveFoods(ports.foods, answer.sighting.foods, input.hints.countryCode),
    !isAgain && isAsMeant(answer.models, input) ? ports.earlier.remember(input, record.id) : undefined,
  ]);
  const timingsMs = {
    photo: prepared - started,
    recognise: recognised - prepared,
    compute: ports.now() - recognised,
  };
  const { sighting, models, promptVersion } = answer;
  const isHintUnused = hint !== null && promptVersion === null;
  const warnings = isHintUnused ? [HINT_UNUSED, ...sighting.warnings] : sighting.warnings;
  const content = assembleContent({ ...sighting, warnings }, foods, {
    mode: input.mode,
    models,
    promptVersion,
    timingsMs,
  });
  return ok({ status: "completed", content });
}
