import { appliedMigrations } from "../db/applied-migrations.ts";
import { modelsInTrouble } from "../db/model-states.ts";
import type { Database } from "../db/database.ts";
import type { Env } from "../env.ts";
import { createHealthCheck, type Health } from "../health/check-health.ts";
import { MIGRATIONS } from "../health/version.ts";
import type { PhotoStore } from "../photos/photo-store.ts";
import { now, sleep } from "./platform.ts";

/** No application has this id: asking for its photo costs the least that can be asked of the store. */
const NO_PHOTO = { applicationId: 0, recordId: "health" };

/** Whether what the service stands on can be reached. */
export const healthCheck = (env: Env, db: Database, photos: PhotoStore): (() => Promise<Health>) =>
  createHealthCheck({
    appliedMigrations: () => appliedMigrations(db),
    reachPhotos: () => photos.size(NO_PHOTO),
    reachQueue: () => env.ANALYSIS_QUEUE.metrics(),
    modelsInTrouble: () => modelsInTrouble(db, now()),
    neededMigrations: MIGRATIONS,
    now,
    sleep,
  });
