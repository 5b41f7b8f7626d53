import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { parse } from "smol-toml";
import { unstable_splitSqlQuery as splitSql } from "wrangler";
import { createDatabase } from "../../db/database.ts";
import { createFoodTable } from "../../db/foods.ts";
import type { FoodTable } from "../../nutrition/food-table.ts";

const ROOT = join(import.meta.dirname, "../../..");
const DATABASE_BINDING = "DB";

/** A food table in a D1 of this process. */
export interface OpenFoodTable {
  table: FoodTable;
  close: () => Promise<void>;
}

const WORKER = { name: "eval", modules: true, script: "export default { fetch: () => new Response() };" };

/** The id under which wrangler keeps the local database. */
function databaseId(): string {
  const config = parse(readFileSync(join(ROOT, "wrangler.toml"), "utf8")) as {
    d1_databases: { binding: string; database_id: string }[];
  };
  return config.d1_databases.find(({ binding }) => binding === DATABASE_BINDING)?.database_id ?? DATABASE_BINDING;
}

async function migrate(miniflare: Miniflare): Promise<void> {
  const database = await miniflare.getD1Database(DATABASE_BINDING);
  const folder = join(ROOT, "migrations");
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()) {
    for (const statement of splitSql(readFileSync(join(folder, file), "utf8"))) await database.prepare(statement).run();
  }
}

/**
 * The food table as a fresh installation has it; or, from the state folder of `npm start` (`.wrangler/state`), with
 * whatever was imported there. A sentence when that folder has no database.
 */
export async function openFoodTable(stateDir: string | null): Promise<OpenFoodTable | string> {
  if (stateDir !== null && !existsSync(join(stateDir, "v3/d1"))) {
    return `${stateDir} has no database: pass the state folder of \`npm start\`, .wrangler/state.`;
  }
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [{ ...WORKER, d1Databases: { [DATABASE_BINDING]: databaseId() } }],
      ...(stateDir !== null && { resourcePersistencePath: join(stateDir, "v3") }),
      cf: false,
      logRequests: false,
      unsafeObservability: false,
      telemetry: { enabled: false },
    }),
  );
  await miniflare.ready;
  if (stateDir === null) await migrate(miniflare);
  const table = createFoodTable(createDatabase(await miniflare.getD1Database(DATABASE_BINDING)));
  return { table, close: () => miniflare.dispose() };
}
