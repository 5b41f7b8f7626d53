import { analyseLabel } from "../analysis/analyse-label.ts";
import { analyseText } from "../analysis/analyse-text.ts";
import { analyse, type AnalysePorts } from "../analysis/analyse.ts";
import type { RunModel } from "../analysis/ask-model.ts";
import { createEarlierAnalyses } from "../analysis/earlier-analyses.ts";
import type { WorkPorts } from "../analysis/lease-work.ts";
import { makeUprightWith } from "../analysis/make-upright.ts";
import { watchModels } from "../analysis/model-calls.ts";
import type { TellStage } from "../analysis/stage-reports.ts";
import { inLanguage } from "../analysis/translation/translate-content.ts";
import { createTranslationMemory } from "../analysis/translation/translation-memory.ts";
import { createTranslate, type Translate } from "../analysis/translation/translator.ts";
import { createRunModel } from "../analysis/workers-ai.ts";
import type { Config } from "../config.ts";
import type { Database } from "../db/database.ts";
import { createFoodTable } from "../db/foods.ts";
import { recordById } from "../db/records.ts";
import type { Env } from "../env.ts";
import { createPhotoStore } from "../intake/photo-store.ts";
import type { NutritionRecord } from "../records/record.ts";
import { ok } from "../result.ts";
import { now } from "./platform.ts";

/**
 * A record is analysed by what it was made of, and named in the language that its upload asks for; which models were asked
 * for its analysis goes into its outcome.
 */
export function analyserOf(env: Env, db: Database, config: Config): WorkPorts["analyse"] {
  const unwatched = analysePorts(env, db, config);
  return async (record, hint, tell) => {
    const { runModel, calls } = watchModels(unwatched.runModel, now);
    const ports = { ...unwatched, runModel };
    const inEnglish = () => analyseByInput(record, hint, ports, config.models, tell);
    const result = await inLanguage(inEnglish, translateWith(runModel, config), now)(record, hint, tell);
    return result.ok ? ok({ ...result.value, calls: calls() }) : result;
  };
}

export const translateWith = (runModel: RunModel, config: Config): Translate =>
  createTranslate({
    runModel,
    model: config.translationModel,
    memory: createTranslationMemory(caches.default),
    now,
  });

function analyseByInput(
  record: NutritionRecord,
  hint: string | null,
  ports: AnalysePorts,
  models: Config["models"],
  tell: TellStage,
): ReturnType<WorkPorts["analyse"]> {
  switch (record.inputType) {
    case "text":
      return analyseText(record, hint, { ...ports, models: models.text }, tell);
    case "label":
      return analyseLabel(record, hint, { ...ports, models: models.label }, tell);
    case "image":
    case "manual":
      return analyse(record, hint, ports, tell);
  }
}

function analysePorts(env: Env, db: Database, config: Config): AnalysePorts {
  const photos = createPhotoStore(env.PHOTOS);
  return {
    readPhoto: (owner) => photos.read(owner),
    makeUpright: makeUprightWith(env.IMAGES),
    runModel: createRunModel(env.AI, config.aiGateway),
    models: config.models,
    foods: createFoodTable(db),
    earlier: createEarlierAnalyses(caches.default, (id) => recordById(db, id)),
    now,
  };
}
