/** `npm run import-foods -- PATH [--remote] [--persist-to DIR]`: imports all of USDA SR Legacy into the food table. */
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fail, ok, type Result } from "../result.ts";
import { createCsvReader } from "./foods/csv.ts";
import { foodStatements } from "./foods/food-statements.ts";
import { collectFoods, explainSourceProblem, SR_LEGACY_COLUMNS, type SrLegacyFile } from "./foods/sr-legacy.ts";

const ROOT = join(import.meta.dirname, "../..");
const USAGE = "Usage: npm run import-foods -- PATH [--remote] [--persist-to DIR], where PATH is the unzipped download.";

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Ends the command with one sentence. */
function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function readArguments(): { folder: string; target: string[] } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { remote: { type: "boolean" }, "persist-to": { type: "string" } },
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1) return stop(USAGE);
    const persistTo = values["persist-to"];
    if (values.remote === true) return { folder, target: ["--remote"] };
    return { folder, target: ["--local", ...(persistTo === undefined ? [] : ["--persist-to", persistTo])] };
  } catch {
    return stop(USAGE);
  }
}

/** The rows of a CSV file, read piece by piece: food_nutrient.csv has some 30 MB. */
async function* readCsv(path: string, file: SrLegacyFile): AsyncGenerator<string[]> {
  const reader = createCsvReader();
  let rows = 0;
  for await (const text of createReadStream(path, "utf8")) {
    for (const row of reader.push(text as string)) {
      rows += 1;
      yield row;
    }
  }
  for (const row of reader.end()) {
    rows += 1;
    yield row;
  }
  say(`  ${file}: ${(rows - 1).toLocaleString("en")} rows`);
}

/** What wrangler prints after running this on the database, or a sentence. */
function executeOnDatabase(target: string[], args: string[]): Result<string, string> {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const run = spawnSync(process.execPath, [wrangler, "d1", "execute", "DB", "--yes", ...target, ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_WRITE_LOGS: "false",
      X_LOCAL_OBSERVABILITY: "false",
    },
  });
  if (run.status === 0) return ok(run.stdout);
  const output = `${run.stdout}\n${run.stderr}`;
  return fail(
    output.includes("no such table")
      ? "The database has no food table yet: run `wrangler d1 migrations apply DB` or `npm start` first."
      : `wrangler could not write to the database:\n${output.trim()}`,
  );
}

function writeFoods(target: string[], statements: readonly string[]): Result<string, string> {
  const scratch = mkdtempSync(join(tmpdir(), "import-foods-"));
  try {
    const file = join(scratch, "foods.sql");
    writeFileSync(file, statements.join("\n"));
    return executeOnDatabase(target, ["--file", file]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** "7,793 foods, 14,205 household measures and 553 dishes" */
function describeTable(target: string[]): Result<string, string> {
  const counted = executeOnDatabase(target, [
    "--json",
    "--command",
    "SELECT (SELECT count(*) FROM foods), (SELECT count(*) FROM food_portions), (SELECT count(*) FROM dishes)",
  ]);
  if (!counted.ok) return counted;
  const [response] = JSON.parse(counted.value) as { results: Record<string, number>[] }[];
  const [foods, portions, dishes] = Object.values(response?.results[0] ?? {}).map((n) => n.toLocaleString("en"));
  return ok(`${foods} foods, ${portions} household measures and ${dishes} dishes`);
}

async function importFoods(): Promise<void> {
  const { folder, target } = readArguments();
  const missing = Object.keys(SR_LEGACY_COLUMNS).find((file) => !existsSync(join(folder, file)));
  if (missing !== undefined) {
    return stop(`${folder} has no ${missing}: PATH must be the unzipped folder of USDA's SR Legacy CSV download.`);
  }
  say(`Reading ${folder}`);
  const read = await collectFoods((file) => readCsv(join(folder, file), file));
  if (!read.ok) return stop(explainSourceProblem(read.error));
  const statements = foodStatements(read.value);
  say(`Writing ${read.value.length.toLocaleString("en")} foods in ${statements.length} statements`);
  const written = writeFoods(target, statements);
  if (!written.ok) return stop(written.error);
  const table = describeTable(target);
  if (!table.ok) return stop(table.error);
  say(`The food table has ${table.value}.`);
}

await importFoods();
