import type { PhotoOwner } from "../intake/photo-store.ts";
import type { FoodTable } from "../nutrition/food-table.ts";
import { resolveFoods } from "../nutrition/resolve-foods.ts";
import type { AnalysisOutcome, FailureCode, NutritionRecord } from "../records/record.ts";
import { fail, ok, type Result } from "../result.ts";
import { assembleContent } from "./assemble.ts";
import { type ModelFailureKind, type Postponed, toFailure, UNREADABLE } from "./model-failure.ts";
import { prepareModelPhoto, type MakeUpright } from "./model-photo.ts";
import type { RunModel } from "./ask-model.ts";
import { runModels } from "./run-models.ts";
import type { TellStage } from "./stage-reports.ts";
import type { Sighting } from "./recognisers/recogniser.ts";

/** What an analysis needs from outside. */
export interface AnalysePorts {
  readPhoto(owner: PhotoOwner): Promise<Uint8Array | null>;
  makeUpright: MakeUpright;
  runModel: RunModel;
  models: Record<"precise" | "fast", readonly string[]>;
  foods: FoodTable;
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
  return failure === "retry" ? fail({ detail }) : ok({ status: "failed", failure: toFailure(failure) });
}

/** Takes one record from its photo to its nutrients. Retryable trouble is a failure value; bugs and outages throw. */
export async function analyse(
  record: NutritionRecord,
  ports: AnalysePorts,
  tell: TellStage,
): Promise<Result<AnalysisOutcome, Postponed>> {
  const started = ports.now();
  const bytes = await ports.readPhoto({ applicationId: record.applicationId, recordId: record.id });
  if (record.photo === null || bytes === null) return failed("image_unreadable", UNREADABLE);
  const photo = await prepareModelPhoto(record.photo, bytes, ports.makeUpright);
  if (!photo.ok) return failed("image_unreadable", UNREADABLE);
  const prepared = ports.now();
  tell("recognising");

  const mode = record.options.analysis_mode;
  const hints = { countryCode: record.options.country_code ?? null, userHint: null };
  const answer = await runModels(ports.runModel, mode, ports.models[mode], photo.value, hints);
  const recognised = ports.now();
  if (answer.outcome !== "seen") return withoutAnswer(answer.outcome, answer.detail);
  if (answer.sighting.foods.length === 0) return nothingFound(answer.sighting);

  tell("computing");
  const foods = await resolveFoods(ports.foods, answer.sighting.foods);
  const timingsMs = {
    photo: prepared - started,
    recognise: recognised - prepared,
    compute: ports.now() - recognised,
  };
  const { sighting, models, promptVersion } = answer;
  const content = assembleContent(sighting, foods, { mode, models, promptVersion, timingsMs });
  return ok({ status: "completed", content });
}
