/** `npm run eval`: how right the analysis is, on photos or meals whose truth is known. */
import { writeFileSync } from "node:fs";
import { fail, ok, type Result } from "../../result.ts";
import { fetchDemoAuthorization } from "../local-application.ts";
import type { ServiceAccess } from "./ask-service.ts";
import type { Cases } from "./cases.ts";
import { findMeals, findPhotos } from "./find-cases.ts";
import { openFoodTable, type OpenFoodTable } from "./food-database.ts";
import { parseOptions, pickEvenly, USAGE, type EvalOptions } from "./options.ts";
import { startOwnService, type OwnService } from "./own-service.ts";
import { reportHtml } from "./report-html.ts";
import { reportText } from "./report-text.ts";
import { evaluateMeals, type MealsReport } from "./run-meals.ts";
import { evaluatePhotos, type PhotosReport } from "./run-photos.ts";

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

/** Ends the command with one sentence. */
function stop(sentence: string): never {
  say(sentence);
  process.exit(1);
}

/** A service that is running elsewhere is not ours to stop. */
const runningService = (origin: string): OwnService => ({ origin, stop: () => Promise.resolve() });

const HEADER_NAME = /^Authorization: /u;

async function authorize(origin: string, token: string | null): Promise<Result<ServiceAccess, string>> {
  if (token !== null) return ok({ origin, authorization: `Bearer ${token}` });
  try {
    const header = await fetchDemoAuthorization(origin);
    return ok({ origin, authorization: header.replace(HEADER_NAME, "").trim() });
  } catch (error) {
    return fail(
      `${origin} rejected the local demo user; pass an access token with --token. (${(error as Error).message})`,
    );
  }
}

function pick<Case>({ cases, notes }: Cases<Case>, { limit }: EvalOptions): Case[] {
  for (const note of notes) say(note);
  return pickEvenly(cases, limit);
}

async function onPhotos(options: EvalOptions, { table }: OpenFoodTable): Promise<PhotosReport> {
  const found = findPhotos(options.path);
  if (!found.ok) return stop(found.error);
  const photos = pick(found.value, options);
  if (options.baseUrl === null) say("Starting a local service");
  const service = options.baseUrl === null ? await startOwnService() : ok(runningService(options.baseUrl));
  if (!service.ok) return stop(service.error);
  try {
    const access = await authorize(service.value.origin, options.token);
    if (!access.ok) throw new Error(access.error);
    return await evaluatePhotos(photos, access.value, table);
  } finally {
    await service.value.stop();
  }
}

async function onMeals(options: EvalOptions, { table }: OpenFoodTable): Promise<MealsReport> {
  const found = findMeals(options.path);
  if (!found.ok) return stop(found.error);
  return evaluateMeals(pick(found.value, options), table);
}

async function run(options: EvalOptions): Promise<void> {
  const opened = await openFoodTable(options.database);
  if (typeof opened === "string") return stop(opened);
  try {
    const report = await (options.kind === "photos" ? onPhotos : onMeals)(options, opened);
    const tableName =
      options.database === null ? "the food table as installed" : `the food table of ${options.database}`;
    process.stdout.write(`\n${reportText(report)}\n`);
    if (options.jsonFile !== null) writeFileSync(options.jsonFile, `${JSON.stringify(report, null, 2)}\n`);
    if (options.htmlFile !== null) {
      writeFileSync(
        options.htmlFile,
        reportHtml(report, `${report.rows.length} of ${options.path}, with ${tableName}.`),
      );
    }
  } finally {
    await opened.close();
  }
}

const args = process.argv.slice(2);
const options = parseOptions(args);
if (args.includes("--help")) process.stdout.write(`${USAGE}\n`);
else if (!options.ok) stop(`${options.error}\nUsage: ${USAGE}`);
else await run(options.value).catch((error: Error) => stop(`The evaluation failed: ${error.message}`));
