import { sha256Hex } from "../digest.ts";
import type { PhotoOwner } from "../photos/photo-store.ts";
import type { FoodTable } from "../nutrition/food-table.ts";
import { resolveFoods } from "../nutrition/resolve-foods.ts";
import type { AnalysisOutcome, Failure, NutritionRecord, StoredPhoto } from "../records/record.ts";
import { isFinal } from "../records/transitions.ts";
import { fail, ok, type Result } from "../result.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import { assembleContent } from "./assemble.ts";
import type { AnalysisInput, EarlierAnalyses } from "./earlier-analyses.ts";
import type { AskPorts } from "./ask-model.ts";
import { type ModelFailure, UNREADABLE_FAILURE } from "./model-failure.ts";
import { prepareModelPhoto, type MakeUpright } from "./model-photo.ts";
import { runModels, observersOf } from "./run-models.ts";
import type { TellStage } from "./stage-reports.ts";
import type { ModelPhoto, Recognition } from "./recognizers/recognizer.ts";
import { postponedBy } from "./trouble.ts";

/** Dependencies of an analysis. */
export interface AnalyzePorts extends AskPorts {
  readPhoto(owner: PhotoOwner): Promise<Uint8Array | null>;
  makeUpright: MakeUpright;
  models: Record<"precise" | "fast", readonly string[]>;
  foods: FoodTable;
  earlier: EarlierAnalyses;
}

type Ended = Result<AnalysisOutcome, Postponement>;

const failedWith = (failure: Failure): Ended => ok({ status: "failed", failure });

function nothingFound(recognition: Recognition): Ended {
  const sentence = recognition.foodPresent
    ? "There seems to be food in the photo, but it could not be recognized."
    : "No food was found in the photo.";
  return failedWith({ code: "no_food_found", reason: [sentence, ...recognition.warnings].join(" ") });
}

const withoutResponse = (failure: ModelFailure): Ended =>
  failure.kind === "photo_rejected" ? failedWith(UNREADABLE_FAILURE) : fail(postponedBy(failure));

const inputOf = async (
  { applicationId, options }: NutritionRecord,
  photo: StoredPhoto,
  bytes: Uint8Array,
  models: AnalyzePorts["models"],
  userHint: string | null,
): Promise<AnalysisInput> => ({
  applicationId,
  photoSha256: await sha256Hex(bytes),
  orientation: photo.orientation,
  mode: options.analysis_mode,
  models: observersOf(options.analysis_mode, models[options.analysis_mode]),
  hints: { countryCode: options.country_code ?? null, userHint },
  languageCode: options.language_code ?? null,
});

/** Whether exactly the intended models responded: the output of substitutes is not worth caching. */
const isAsMeant = (answered: readonly string[], { models }: AnalysisInput): boolean =>
  answered.length === models.length && models.every(([model]) => answered.includes(model));

const HINT_UNUSED = "This model does not accept hints; the result is based on the photo alone.";

const LYING = "The photo could not be rotated upright in time; the models were told its orientation.";

/** A photo that waits for the models, or how its record ends without them. */
type Ready = { outcome: "ready"; photo: ModelPhoto; input: AnalysisInput } | { outcome: "ended"; ended: Ended };

/**
 * Reads the photo, looks for an earlier analysis of it, and prepares it for the models. The stored bytes can be garbage
 * collected after this: what is prepared from them is rarely larger than a tenth.
 */
async function getReady(record: NutritionRecord, hint: string | null, ports: AnalyzePorts): Promise<Ready> {
  const started = ports.now();
  const bytes = await ports.readPhoto({ applicationId: record.applicationId, recordId: record.id });
  if (record.photo === null || bytes === null) return { outcome: "ended", ended: failedWith(UNREADABLE_FAILURE) };
  const input = await inputOf(record, record.photo, bytes, ports.models, hint);
  // A re-analysis is meant to give something new, and its result belongs to that user alone.
  const isFresh = isFinal(record.status) || record.options.ignore_cache;
  const earlier = isFresh ? null : await ports.earlier.find(input);
  if (earlier !== null) {
    const analysis = { ...earlier.analysis, cached: true, timingsMs: { reuse: ports.now() - started } };
    return { outcome: "ended", ended: ok({ status: "completed", content: { ...earlier, analysis } }) };
  }
  const photo = await prepareModelPhoto(record.photo, bytes, ports.makeUpright);
  if (photo.ok) return { outcome: "ready", photo: photo.value, input };
  return { outcome: "ended", ended: "code" in photo.error ? failedWith(photo.error) : fail(photo.error) };
}

/** What a record is warned of besides what the models warn of. */
const warningsOf = (hint: string | null, promptVersion: string | null, photo: ModelPhoto): string[] => [
  ...(hint !== null && promptVersion === null ? [HINT_UNUSED] : []),
  ...(photo.orientation === 1 ? [] : [LYING]),
];

/**
 * Takes one record from its photo to its nutrients, or to those of an earlier analysis of the same photo. `hint` is
 * what the user says about the meal. Retryable trouble is a failure value; bugs and outages throw.
 */
export async function analyze(
  record: NutritionRecord,
  hint: string | null,
  ports: AnalyzePorts,
  tell: TellStage,
): Promise<Ended> {
  const started = ports.now();
  const ready = await getReady(record, hint, ports);
  if (ready.outcome === "ended") return ready.ended;
  const { photo, input } = ready;
  const prepared = ports.now();
  tell("recognising");

  const answer = await runModels(ports, input.mode, ports.models[input.mode], photo, input.hints);
  const recognized = ports.now();
  if (answer.outcome === "failed") return withoutResponse(answer.failure);
  if (answer.recognition.foods.length === 0) return nothingFound(answer.recognition);

  tell("computing");
  const isShared = !isFinal(record.status) && photo.orientation === 1 && isAsMeant(answer.models, input);
  const [foods] = await Promise.all([
    resolveFoods(ports.foods, answer.recognition.foods, input.hints.countryCode),
    isShared ? ports.earlier.remember(input, record.id) : undefined,
  ]);
  const timingsMs = {
    photo: prepared - started,
    recognize: recognized - prepared,
    compute: ports.now() - recognized,
  };
  const { recognition, models, promptVersion } = answer;
  const warnings = [...warningsOf(hint, promptVersion, photo), ...recognition.warnings];
  const content = assembleContent({ ...recognition, warnings }, foods, {
    mode: input.mode,
    models,
    promptVersion,
    timingsMs,
  });
  return ok({ status: "completed", content });
}
