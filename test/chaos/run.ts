import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../support/node/processes.ts";
import { administer, reportWell } from "./administrator.ts";
import { ADMIN, createApplications, type LoadApplication } from "./applications.ts";
import { collect } from "./collect.ts";
import { type Endpoint, startEndpoint } from "./endpoint.ts";
import { createHttp, type Http } from "./http.ts";
import { kill, planKills } from "./kills.ts";
import { emptyLedger, type Ledger, versionOf } from "./ledger.ts";
import { startModel } from "./model.ts";
import { type ChaosOptions, parseOptions, USAGE } from "./options.ts";
import { gatherPeople, live, sendTexts } from "./people.ts";
import { headersOf, type Person } from "./person.ts";
import { reconcile } from "./reconcile.ts";
import { closing, figures, suspects, verdicts } from "./report.ts";
import { untilEnded, untilQuiet } from "./rest.ts";
import { say } from "./say.ts";
import { createService, type Service } from "./service.ts";
import { PHOTOS } from "./uploads.ts";

const PROGRESS_MS = 10_000;
/** The load ends at the latest after this: far more than it takes on two busy cores. */
const LOAD_BOUND_MS = { base: 600_000, record: 2_000, kill: 60_000 } as const;

async function printTimelines(http: Http, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const outcome = await http.send({
      name: "admin: timeline",
      method: "GET",
      path: `/admin/records/${id}/timeline`,
      headers: ADMIN,
    });
    say(`\ntimeline of ${id}:`);
    if (outcome.kind !== "answer" || outcome.status !== 200) {
      say(`  ${outcome.kind === "answer" ? outcome.status : outcome.kind}`);
      continue;
    }
    const { entries } = JSON.parse(outcome.text) as { entries: Record<string, unknown>[] };
    for (const { at, kind, ...rest } of entries) say(`  ${String(at)} ${String(kind)} ${JSON.stringify(rest)}`);
  }
}

interface Run {
  options: ChaosOptions;
  service: Service;
  ledger: Ledger;
  http: Http;
}

/** Sends the load and kills the service meanwhile; resolves when both have ended. */
async function load(
  { options, service, ledger, http }: Run,
  people: readonly Person[],
  applications: readonly LoadApplication[],
  endpoint: Endpoint,
  isOver: () => boolean,
) {
  const progress = setInterval(() => {
    const { stories, outages, arrivals } = ledger;
    say(
      `${Math.round((Date.now() - ledger.startedAt) / 1000)} s: ${stories.size} of ${options.records} records, ${outages.length} of ${options.kills} kills, ${arrivals.length} webhooks`,
    );
  }, PROGRESS_MS);
  const plan = planKills(options.seed, options.kills, options.records);
  await Promise.all([
    kill(plan, service, ledger, options.seed, isOver),
    ...people.map((person) => (options.slowEndpoints ? sendTexts : live)(person, endpoint.photoUrl)),
    ...(options.slowEndpoints ? [] : [administer(applications, http, ledger, options.seed, isOver)]),
  ]);
  clearInterval(progress);
}

/** One whole run; resolves with whether every promise was kept. */
async function run(options: ChaosOptions, service: Service): Promise<boolean> {
  const ledger = emptyLedger(Date.now());
  const http = createHttp(service.origin, ledger);
  const { records, kills, seed, slowEndpoints } = options;
  const people: Person[] = [];
  const look = async (applicationId: number, userId: string, recordId: string) => {
    const person = people.find((one) => one.application.id === applicationId && one.userId === userId);
    const headers = person === undefined ? null : await headersOf(person);
    if (headers === null) return null;
    const outcome = await http.send({
      name: "look at webhook",
      method: "GET",
      path: `/nutrition_records/${recordId}`,
      headers,
    });
    if (outcome.kind !== "answer" || outcome.status >= 500) return null;
    return { httpStatus: outcome.status, version: versionOf(outcome.headers.get("etag")) };
  };
  const [photo] = PHOTOS;
  if (photo === undefined) throw new Error("there are no photos");
  const endpoint = await startEndpoint({ ledger, seed, isMixed: !slowEndpoints, photo, look });
  await service.start();
  const applications = await createApplications(http, slowEndpoints, endpoint.hookUrl);
  endpoint.serve(applications);
  const deadline = Date.now() + LOAD_BOUND_MS.base + LOAD_BOUND_MS.record * records + LOAD_BOUND_MS.kill * kills;
  const isOver = () => ledger.stories.size >= records || Date.now() > deadline;
  people.push(
    ...gatherPeople(applications, { http, ledger, seed, photoUrl: endpoint.photoUrl, isOver }, slowEndpoints),
  );
  await load({ options, service, ledger, http }, people, applications, endpoint, isOver);
  endpoint.recover();
  await untilEnded(ledger, people);
  await reportWell(applications, http, ledger);
  await untilQuiet(people, applications);
  endpoint.verifyAgain();
  const stored = await collect(ledger, people, applications);
  const wants = new Map(applications.map(({ id, wants: events }) => [id, events]));
  const evidence = { ledger, stored, wants, kills };
  const checks = reconcile(evidence);
  say("");
  for (const line of [...figures(evidence, Date.now() - ledger.startedAt), "", ...verdicts(checks)]) say(line);
  await printTimelines(http, suspects(checks));
  await endpoint.close();
  say(
    `\nseed ${seed}: npm run chaos -- --records ${records} --kills ${kills} --seed ${seed}${slowEndpoints ? " --slow-endpoints" : ""}`,
  );
  say(closing(checks));
  return checks.every(({ flaws }) => flaws.length === 0);
}

const options = parseOptions(process.argv.slice(2), Math.random);
if (options === null) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const stateDir = mkdtempSync(join(tmpdir(), "morsel-chaos-"));
const model = await startModel(options.seed, options.slowEndpoints);
const service = createService(await findFreePort(), stateDir, options.embedded ? {} : { LOCAL_VLM_URL: model.url });
const cleanUp = async (): Promise<void> => {
  await service.stop();
  if (options.keep) say(`the state is in ${stateDir}`);
  else rmSync(stateDir, { recursive: true, force: true });
};
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => void cleanUp().then(() => process.exit(130)));
say(`seed ${options.seed}: ${options.records} records, ${options.kills} kills`);
try {
  process.exitCode = (await run(options, service)) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await cleanUp();
  await model.close();
}
process.exit();
