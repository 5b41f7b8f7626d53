import type { Config } from "../config.ts";
import { createDatabase, type Database } from "../db/database.ts";
import { createFoodTable } from "../db/foods.ts";
import type { Env } from "../env.ts";
import type { FoodTable } from "../nutrition/food-table.ts";
import { createPhotoStore, type PhotoStore } from "../photos/photo-store.ts";
import { createStatusCache, type StatusCache } from "../records/status-cache.ts";
import { createCounters, type Counters } from "../usage/counters.ts";
import { createOperations, type Operations } from "./operations.ts";
import { newId, now, readConfig } from "./platform.ts";

/** What every part is wired from: the settings, and whatever keeps something. */
export interface Stores {
  config: Config;
  db: Database;
  photos: PhotoStore;
  foods: FoodTable;
  statusCache: StatusCache;
  counters: Counters;
  operations: Operations;
}

const made = new WeakMap<Env, Stores>();

/** The stores of this isolate, created once. Throws when the configuration is wrong. */
export function storesOf(env: Env): Stores {
  const known = made.get(env);
  if (known !== undefined) return known;
  const config = readConfig(env);
  const db = createDatabase(env.DB);
  const stores: Stores = {
    config,
    db,
    photos: createPhotoStore(env.PHOTOS),
    foods: createFoodTable(db),
    statusCache: createStatusCache(caches.default, now, newId),
    counters: createCounters(env.COUNTERS),
    operations: createOperations(db, config),
  };
  made.set(env, stores);
  return stores;
}
