import { analyzeLabel } from "../analysis/analyze-label.ts";
import { analyzeText } from "../analysis/analyze-text.ts";
import { analyze, type AnalyzePorts } from "../analysis/analyze.ts";
import type { RunModel } from "../analysis/ask-model.ts";
import { createEarlierAnalyses } from "../analysis/earlier-analyses.ts";
import type { WorkPorts } from "../analysis/lease-work.ts";
import { makeUprightWith } from "../analysis/make-upright.ts";
import { watchModels } from "../analysis/model-calls.ts";
import { createModelStates, logModelState, watchImages, type ModelStates } from "../analysis/model-states.ts";
import { createPhotoSlots, LIGHT_PHOTO_BYTES, type PhotoSlot } from "../analysis/photo-slots.ts";
import type { TroubleKind } from "../analysis/trouble.ts";
import { UNHEARD, type TellStage } from "../analysis/stage-reports.ts";
import type { LabelFactsPorts } from "../intake/read-label-facts.ts";
import { inLanguage } from "../analysis/translation/translate-content.ts";
import { createTranslationMemory } from "../analysis/translation/translation-memory.ts";
import { createTranslate, type Translate } from "../analysis/translation/translator.ts";
import { createRunModel } from "../analysis/workers-ai.ts";
import type { Config } from "../config.ts";
import { clearModelState, writeModelState } from "../db/model-states.ts";
import { recordById } from "../db/records.ts";
import type { Env } from "../env.ts";
import { modelMisconfigured } from "../operations/events.ts";
import type { NutritionRecord } from "../records/record.ts";
import type { Postponement } from "../records/retry-schedule.ts";
import { fail, ok } from "../result.ts";
import { isTransientStorageError, tryAgain } from "../retry.ts";
import type { FoodTable } from "../nutrition/food-table.ts";
import { now, sleep } from "./platform.ts";
import type { Stores } from "./stores.ts";

/** Kept for the isolate's life: all of its analyses share its memory. */
const photoSlot = createPhotoSlots({ now, sleep });

/**
 * A record is analyzed by what it was made of, and named in the language that its upload asks for; which models were
 * asked for its analysis goes into its outcome.
 */
export function analyzersOf(env: Env, stores: Stores): Analyzers {
  const { config } = stores;
  const states = modelStatesOf(stores);
  const shared = analyzePorts(env, stores, states);
  const analyzeWith =
    (readPhoto: AnalyzePorts["readPhoto"]): WorkPorts["analyze"] =>
    async (record, hint, tell) => {
      const { runModel, calls, written } = watchModels(shared.runModel, { states, now });
      const slot = photoSlot();
      const ports = { ...holdingPhotos({ ...shared, readPhoto }, slot), runModel };
      const inEnglish = () => analyzeByInput(record, hint, ports, config.models, tell);
      // Only a text needs no photo.
      if (record.inputType !== "text" && !(await slot.take())) return fail(NO_PLACE);
      try {
        const result = await inLanguage(inEnglish, translateWith(runModel, config), now)(record, hint, tell);
        return result.ok ? ok({ ...result.value, calls: calls() }) : fail({ ...result.error, calls: calls() });
      } finally {
        slot.give();
        await written();
      }
    };
  return {
    analyze: analyzeWith((owner) => stubbornly(() => stores.photos.read(owner))),
    analyzeHeld: (record, photo) => analyzeWith(async () => photo)(record, null, UNHEARD.tell),
  };
}

/** Analyses of stored photos, and of those that are in memory and in no store. */
interface Analyzers {
  analyze: WorkPorts["analyze"];
  analyzeHeld: LabelFactsPorts["analyze"];
}

const NO_PLACE: Postponement = {
  reason: "service_unavailable",
  detail: "Too many photos were analyzed at once; the analysis is retried automatically.",
};

/** How the models fare, as the calls of this isolate see it. */
function modelStatesOf({ db, operations }: Stores): ModelStates {
  return createModelStates({
    write: (state) => writeModelState(db, state),
    clear: (model, until) => clearModelState(db, model, until),
    async onModelState(change) {
      logModelState(change);
      const { model, state, at } = change;
      if (state !== null && NEEDS_A_PERSON.has(state.kind))
        await operations.report(modelMisconfigured(model, state.detail, at));
    },
    now,
  });
}

/** Trouble that does not pass on its own: someone has to change a setting, or deploy another version. */
const NEEDS_A_PERSON: ReadonlySet<TroubleKind> = new Set(["misconfigured", "request_refused"]);

/** A whole photo is in memory only while the analysis has a place for it: until it is made smaller, or not needed. */
function holdingPhotos(ports: AnalyzePorts, slot: PhotoSlot): AnalyzePorts {
  return {
    ...ports,
    async readPhoto(owner) {
      const bytes = await ports.readPhoto(owner);
      if (bytes === null || bytes.length <= LIGHT_PHOTO_BYTES) slot.give();
      return bytes;
    },
    async makeUpright(bytes, orientation, side) {
      const made = await ports.makeUpright(bytes, orientation, side);
      if (made.ok) slot.give();
      return made;
    },
  };
}

export const translateWith = (runModel: RunModel, config: Config): Translate =>
  createTranslate({
    runModel,
    model: config.translationModel,
    memory: createTranslationMemory(caches.default),
    now,
  });

function analyzeByInput(
  record: NutritionRecord,
  hint: string | null,
  ports: AnalyzePorts,
  models: Config["models"],
  tell: TellStage,
): ReturnType<WorkPorts["analyze"]> {
  switch (record.inputType) {
    case "text":
      return analyzeText(record, hint, { ...ports, models: models.text }, tell);
    case "label":
      return analyzeLabel(record, hint, { ...ports, models: models.label }, tell);
    case "image":
    case "manual":
      return analyze(record, hint, ports, tell);
  }
}

/** Reads cost nothing twice: a passing error of storage is not worth the models' answer, or a wait of minutes. */
const stubbornly = <Value>(read: () => Promise<Value>): Promise<Value> =>
  tryAgain(read, { tries: 3, baseMs: 200, sleep, random: Math.random, isTransient: isTransientStorageError });

const stubbornFoods = (foods: FoodTable): FoodTable => ({
  findNames: (queries) => stubbornly(() => foods.findNames(queries)),
  findWordsLike: (words) => stubbornly(() => foods.findWordsLike(words)),
  loadComponents: (targets) => stubbornly(() => foods.loadComponents(targets)),
  loadPortions: (targets) => stubbornly(() => foods.loadPortions(targets)),
});

function analyzePorts(env: Env, { config, db, foods }: Stores, states: ModelStates): Omit<AnalyzePorts, "readPhoto"> {
  return {
    makeUpright: watchImages(makeUprightWith(env.IMAGES, now), states),
    runModel: createRunModel(env.AI, config.aiGateway),
    models: config.models,
    foods: stubbornFoods(foods),
    earlier: createEarlierAnalyses(caches.default, (id) => stubbornly(() => recordById(db, id))),
    now,
  };
}
