import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { firstIdOf } from "../../src/ids.ts";
import { failedRecords } from "../../src/db/reanalysis-jobs.ts";
import { newReanalysisJob, REANALYSES_A_MINUTE } from "../../src/records/changes/reanalysis-job.ts";
import { jpeg } from "../support/images.ts";
import { pendingRecord } from "../support/records.ts";
import { planOf } from "../support/worker/query-plans.ts";
import { openConsole, submit } from "../support/worker/console.ts";
import { admin, failRecord, sequencer, skip, sweepNow } from "../support/worker/record-lives.ts";
import { createApplication, finalRecord, logIn, readRecord, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

vi.setConfig({ testTimeout: 60_000 });

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SINCE = { since: "2026-01-01T00:00:00Z" };
const photo = jpeg({ width: 1024, height: 768 });
let webhooks: ReceivedWebhook[];
let applicationId: number;
let ada: { authorization: string };

beforeEach(async () => {
  webhooks = listenForWebhooks();
  for (const level of ["info", "warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL, image_retention_days: 7 });
  ada = await logIn(applicationId);
  // What an earlier test has left would share the minute.
  await env.DB.prepare("DELETE FROM reanalysis_jobs").run();
});
afterEach(() => vi.restoreAllMocks());

interface Job {
  reanalysis_id: string;
  status: string;
  total: number;
  requeued: number;
  skipped: number;
  finished_at: string | null;
}

/** Photos whose analyses failed because the models were down. */
async function failed(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const id = await uploadUnheard(ada, photo);
    await failRecord(id);
    await finalRecord(ada, id);
    ids.push(id);
  }
  return ids;
}

async function start(body: Record<string, unknown> = SINCE): Promise<Job> {
  const response = await admin(applicationId, "/reanalyze", "POST", body);
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}
const read = async ({ reanalysis_id: id }: Job): Promise<Job> =>
  (await admin(applicationId, `/reanalyses/${id}`)).json();

/** From here on, wake-up calls come at once, whatever their delay. */
function hurry(): { delays: number[] } {
  const delays: number[] = [];
  const sendBatch = env.ANALYSIS_QUEUE.sendBatch.bind(env.ANALYSIS_QUEUE);
  vi.spyOn(env.ANALYSIS_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    const all = [...messages];
    delays.push(...all.map(({ delaySeconds = 0 }) => delaySeconds));
    return sendBatch(all.map(({ body }) => ({ body })));
  });
  return { delays };
}

const completed = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    await vi.waitFor(async () => expect(await readRecord(ada, id)).toMatchObject({ status: "completed" }), {
      timeout: 20_000,
      interval: 50,
    });
  }
};
const toldOf = (id: string): string[] =>
  webhooks.filter(({ body }) => body.includes(id)).map(({ body }) => JSON.parse(body).status);

describe("analyzing failed records again", () => {
  it("brings thirty of an outage back to completed, each with its webhook", async () => {
    const ids = await failed(30);
    const { delays } = hurry();
    const job = await start();
    expect(job).toMatchObject({ status: "running", total: 30, requeued: 0, skipped: 0, finished_at: null });
    await sweepNow();
    expect(await read(job)).toMatchObject({ status: "finished", total: 30, requeued: 30, skipped: 0 });
    expect(Math.max(...delays)).toBeGreaterThan(40);
    await completed(ids);
    await vi.waitFor(() => ids.forEach((id) => expect(toldOf(id)).toEqual(["failed", "completed"])), {
      timeout: 20_000,
      interval: 100,
    });
    // Nothing is left that would match.
    expect(await start()).toMatchObject({ status: "finished", total: 0 });
  });

  it("tells beforehand what it would do, and does nothing", async () => {
    await failed(3);
    const preview = await admin(applicationId, "/reanalyze", "POST", { ...SINCE, dry_run: true });
    expect(preview.status).toBe(200);
    // The test's model has no price.
    expect(await preview.json()).toEqual({ records: 3, photos_expired: 0, model_calls: 3, cost_usd: null });
    const fewer = await admin(applicationId, "/reanalyze", "POST", { ...SINCE, limit: 2, dry_run: true });
    expect(await fewer.json()).toMatchObject({ records: 2 });
    skip(8 * DAY_MS);
    const later = await admin(applicationId, "/reanalyze", "POST", { ...SINCE, dry_run: true });
    expect(await later.json()).toEqual({ records: 3, photos_expired: 3, model_calls: 0, cost_usd: 0 });
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM reanalysis_jobs WHERE application_id = ?")
      .bind(applicationId)
      .first("n");
    expect(rows).toBe(0);
  });

  it("skips a record whose photo is gone, and leaves it failed", async () => {
    const [gone = "", kept = ""] = await failed(2);
    await env.PHOTOS.delete(`${applicationId}/${gone}`);
    hurry();
    const job = await start();
    await sweepNow();
    expect(await read(job)).toMatchObject({ status: "finished", total: 2, requeued: 1, skipped: 1 });
    await completed([kept]);
    expect(await readRecord(ada, gone)).toMatchObject({ status: "failed", failure_code: "analysis_unavailable" });
  });

  it("leaves alone what was uploaded before, what failed otherwise, and what another application has", async () => {
    const [early = ""] = await failed(1);
    const between = new Date(Date.now() + 1).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [late = ""] = await failed(1);
    const noFood = await uploadUnheard(ada, photo);
    const begun = await sequencer.begin(noFood);
    if (begun?.outcome !== "leased") throw new Error("expected a lease");
    const failure = { code: "no_food_found", reason: "No food was found." } as const;
    await sequencer.finish(noFood, begun.lease.id, { status: "failed", failure });
    await finalRecord(ada, noFood);
    hurry();
    const job = await start({ since: between });
    expect(job).toMatchObject({ total: 1 });
    await sweepNow();
    await completed([late]);
    expect(await readRecord(ada, early)).toMatchObject({ status: "failed" });
    expect(await readRecord(ada, noFood)).toMatchObject({ status: "failed" });
    const foreign = await admin(await createApplication(), "/reanalyze", "POST", SINCE);
    expect(await foreign.json()).toMatchObject({ total: 0 });
  });

  it("takes the oldest up to its limit", async () => {
    const ids = await failed(3);
    hurry();
    const job = await start({ ...SINCE, limit: 2 });
    await sweepNow();
    expect(await read(job)).toMatchObject({ status: "finished", total: 2, requeued: 2 });
    await completed(ids.slice(0, 2));
    expect(await readRecord(ada, ids[2] ?? "")).toMatchObject({ status: "failed" });
  });

  it("is done once by two sweeps at once", async () => {
    const ids = await failed(4);
    hurry();
    const reanalyze = await start();
    await Promise.all([sweepNow(), sweepNow()]);
    expect(await read(reanalyze)).toMatchObject({ status: "finished", requeued: 4 });
    await completed(ids);
    for (const id of ids) expect(toldOf(id).filter((status) => status === "completed").length).toBeLessThanOrEqual(1);
  });

  it("goes on after a step that stopped before it was stored", async () => {
    const ids = await failed(4);
    const { delays } = hurry();
    const job = await start();
    const prepare = env.DB.prepare.bind(env.DB);
    let saves = 0;
    const broken = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (sql.startsWith(`update "reanalysis_jobs"`) && ++saves === 2) throw new Error("D1 is down");
      return prepare(sql);
    });
    await sweepNow();
    broken.mockRestore();
    expect(saves).toBe(2);
    expect(delays).toHaveLength(4);
    expect(await read(job)).toMatchObject({ status: "running", requeued: 0 });
    await completed(ids);
    skip(MINUTE_MS);
    await sweepNow();
    // They have completed meanwhile, and nothing of it was done twice.
    expect(await read(job)).toMatchObject({ status: "finished", skipped: 0 });
    expect(delays).toHaveLength(4);
  });

  it("is asked for once at a time: the job that runs is the answer, unless it begins later", async () => {
    await failed(1);
    const job = await start();
    expect(await start()).toEqual(job);
    const earlier = await admin(applicationId, "/reanalyze", "POST", { since: "2025-01-01T00:00:00Z" });
    expect(await earlier.json()).toMatchObject({ status: 409, code: "reanalysis_running" });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["no time", {}, /body\.since/],
    ["timed out", { ...SINCE, failure_codes: ["timed_out"] }, /never re-analyzed in bulk/],
    ["no food", { ...SINCE, failure_codes: ["no_food_found"] }, /the same analysis would fail again/],
    ["no code", { ...SINCE, failure_codes: [] }, /at least one code/],
    ["no record", { ...SINCE, limit: 0 }, /body\.limit/],
    ["too many records", { ...SINCE, limit: 10_001 }, /body\.limit/],
  ])("refuses %s with a sentence", async (_, body, detail) => {
    const response = await admin(applicationId, "/reanalyze", "POST", body);
    expect(await response.json()).toMatchObject({ status: 422, detail: expect.stringMatching(detail) });
  });

  it("knows of no application and of no job that is not there", async () => {
    expect((await admin(999_999, "/reanalyze", "POST", SINCE)).status).toBe(404);
    expect((await admin(999_999, "/reanalyze", "POST", { ...SINCE, dry_run: true })).status).toBe(404);
    const job = await start();
    expect((await admin(await createApplication(), `/reanalyses/${job.reanalysis_id}`)).status).toBe(404);
  });
});

describe("many failed records", () => {
  it(`come back ${REANALYSES_A_MINUTE} a minute at most, and an index leads to them`, async () => {
    const insert = env.DB.prepare(
      `INSERT INTO records (id, application_id, user_id, status, version, input_type, input_text, options, failure_code,
        failure_reason, uploaded_at, modified_at, consumed_at, history)
       VALUES (?, ?, 'ada', 'failed', 3, 'text', 'an apple', ?, 'analysis_unavailable', 'Down.',
        1, 1, 1, '[]')`,
    );
    const first = Date.parse("2026-02-01T00:00:00Z");
    const ids = Array.from({ length: 100 }, (_, n) => firstIdOf(first + n));
    await env.DB.batch(ids.map((id) => insert.bind(id, applicationId, JSON.stringify(pendingRecord().options))));
    vi.spyOn(env.ANALYSIS_QUEUE, "sendBatch").mockResolvedValue({ metadata: { metrics: {} } } as never);
    const job = await start();
    expect(job.total).toBe(100);
    await sweepNow();
    expect(await read(job)).toMatchObject({ status: "running", requeued: REANALYSES_A_MINUTE });
    await sweepNow();
    expect(await read(job)).toMatchObject({ requeued: REANALYSES_A_MINUTE });
    const page = newReanalysisJob("a", applicationId, first, { total: 100, lastId: ids.at(-1) ?? "" }, first);
    const plans = [
      await planOf(() => failedRecords(createDatabase(env.DB), { ...page, cursor: ids[9] ?? "" }, 60)),
      await planOf(() => admin(applicationId, "/reanalyze", "POST", { ...SINCE, dry_run: true })),
      await planOf(() => admin(applicationId, "/reanalyze", "POST", SINCE)),
    ];
    for (const plan of plans)
      expect(plan).toMatch(/SEARCH records USING (?:COVERING )?INDEX records_to_reanalyze \(application_id=\? AND id>/);
    expect(plans.join("\n")).not.toContain("SCAN records");
  });

  it("cost no job of a deleted application anything", async () => {
    await failed(1);
    await start();
    await admin(applicationId, "", "DELETE");
    const clock = skip(10 * MINUTE_MS);
    for (let minute = 0; minute < 4; minute++) {
      clock.mockReturnValue(Date.now() + 10 * MINUTE_MS);
      await sweepNow();
    }
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM reanalysis_jobs WHERE application_id = ?")
      .bind(applicationId)
      .first("n");
    expect(rows).toBe(0);
  });
});

describe("the console", () => {
  it("offers it on the list of failed records, shows what it costs before it begins, and how far it is", async () => {
    const ids = await failed(2);
    hurry();
    const browser = await openConsole();
    const text = async (path: string) => (await browser.get(path)).text();
    expect(await text("/console/records")).not.toContain("Re-analyze failed records");
    expect(await text(`/console/records?status=failed&application_id=${applicationId}`)).toContain(
      'action="/console/reanalyses"',
    );
    const preview = await text(`/console/reanalyses?application=${applicationId}&hours=24`);
    expect(preview).toMatch(/<dt>Records<\/dt><dd>2<\/dd>/);
    expect(preview).toMatch(/<dt>Model calls<\/dt><dd>2<\/dd>/);
    const [, since = ""] = / name="since" value="([^"]+)"/.exec(preview) ?? [];
    const begun = await submit(browser, "/console/reanalyses", { application: String(applicationId), since });
    expect(begun.status).toBe(303);
    const location = begun.headers.get("location") ?? "";
    const underWay = await browser.get(location);
    expect(underWay.headers.get("refresh")).toBe("10");
    expect(await underWay.text()).toMatch(/0\s+of\s+2/);
    expect(await text(`/console/reanalyses?application=${applicationId}&hours=24`)).toContain(location);
    await sweepNow();
    const finished = await browser.get(location);
    expect(finished.headers.get("refresh")).toBeNull();
    expect(await finished.text()).toContain("Finished");
    await completed(ids);
  });

  it("tells of what is not there, and of a form that says nothing", async () => {
    const browser = await openConsole();
    expect((await browser.get("/console/reanalyses?application=999999&hours=24")).status).toBe(404);
    expect((await browser.get(`/console/reanalyses?application=${applicationId}&hours=5`)).status).toBe(422);
    expect((await browser.get(`/console/reanalyses/${applicationId}/unknown`)).status).toBe(404);
    const empty = await submit(browser, "/console/reanalyses", { application: String(applicationId) });
    expect(empty.status).toBe(422);
  });
});
