import { beforeEach, describe, expect, it } from "vitest";
import {
  continueReanalyses,
  newReanalysisJob,
  REANALYSES_A_MINUTE,
  type FailedRecord,
  type ReanalysisJob,
  type ReanalysisJobPorts,
} from "../../../src/records/changes/reanalysis-job.ts";
import type { ReanalyzeResult } from "../../../src/records/user-steps.ts";
import { pendingRecord } from "../../support/records.ts";

const MINUTE_MS = 60_000;
const REFUSED = { outcome: "refused", refusal: "under_way" } as const;

/** Applications' failed records, as D1, R2 and the records' objects know them. */
class World implements ReanalysisJobPorts {
  jobs = new Map<string, ReanalysisJob>();
  failed = new Map<string, FailedRecord>();
  photos = new Set<string>();
  /** Records that an object has accepted. */
  underWay = new Set<string>();
  /** What an object answers instead. */
  answers = new Map<string, ReanalyzeResult | null>();
  called: string[] = [];
  spread: number[] = [];
  outages: string[] = [];
  time = 1_800_000_000_000;

  now = () => this.time;
  dueReanalyses = async (now: number, limit: number) =>
    [...this.jobs.values()].filter((job) => job.finishedAt === null && job.dueAt <= now).slice(0, limit);
  failedRecords = async (job: ReanalysisJob, limit: number) =>
    [...this.failed.values()]
      .filter(
        (record) => record.applicationId === job.applicationId && record.id > job.cursor && record.id <= job.lastId,
      )
      .slice(0, limit);
  hasPhoto = async ({ id }: FailedRecord) => this.photos.has(id);
  reanalyze = async (id: string): Promise<ReanalyzeResult | null> => {
    const answer = this.answers.get(id);
    if (answer !== undefined) return answer;
    if (this.underWay.has(id)) return REFUSED;
    this.underWay.add(id);
    return { outcome: "accepted", record: pendingRecord({ id }) };
  };
  enqueue = async (ids: readonly string[], spreadSeconds: number) => {
    this.called.push(...ids);
    this.spread.push(spreadSeconds);
  };
  saveReanalysis = async (from: ReanalysisJob, next: ReanalysisJob) => {
    const stored = this.jobs.get(from.id);
    if (stored === undefined || stored.cursor !== from.cursor || stored.dueAt !== from.dueAt) return false;
    this.jobs.set(next.id, next);
    return true;
  };
  reportOutage = (event: string) => void this.outages.push(event);

  /** An application with so many failed records, all with their photos, and its job. */
  fail(applicationId: number, count: number): string[] {
    const ids = Array.from({ length: count }, (_, n) => `${applicationId}-${String(n).padStart(5, "0")}`);
    for (const id of ids) this.failed.set(id, { id, applicationId, needsPhoto: true });
    for (const id of ids) this.photos.add(id);
    const scope = { total: count, lastId: ids.at(-1) ?? "" };
    const job = newReanalysisJob(`job-${applicationId}`, applicationId, 0, scope, this.time);
    this.jobs.set(job.id, job);
    return ids;
  }

  async minute(): Promise<number> {
    const requeued = await continueReanalyses(this);
    this.time += MINUTE_MS;
    return requeued;
  }

  job = (applicationId: number) => this.jobs.get(`job-${applicationId}`);
}

let world: World;
beforeEach(() => void (world = new World()));

describe("a job that has failed records analyzed again", () => {
  it("takes so many a minute, oldest first, with their calls spread over it, until none is left", async () => {
    const ids = world.fail(1, 2 * REANALYSES_A_MINUTE + 5);
    expect([await world.minute(), await world.minute(), await world.minute()]).toEqual([60, 60, 5]);
    expect(world.called).toEqual(ids);
    expect(world.spread).toEqual([50, 50, 50]);
    expect(world.job(1)).toMatchObject({ total: 125, requeued: 125, skipped: 0, finishedAt: world.time - MINUTE_MS });
    expect(await world.minute()).toBe(0);
  });

  it("shares the minute with the jobs of other applications", async () => {
    for (const applicationId of [1, 2, 3]) world.fail(applicationId, 1000);
    expect(await world.minute()).toBe(REANALYSES_A_MINUTE);
    expect([1, 2, 3].map((id) => world.job(id)?.requeued)).toEqual([20, 20, 20]);
  });

  it("has finished when there is nothing to do", () => {
    world.fail(1, 0);
    expect(world.job(1)).toMatchObject({ total: 0, finishedAt: world.time });
  });

  it("skips and counts what has lost its photo; what was made of a sentence has none to lose", async () => {
    const [gone = "", text = "", third = ""] = world.fail(1, 3);
    world.photos = new Set([third]);
    world.failed.set(text, { id: text, applicationId: 1, needsPhoto: false });
    await world.minute();
    expect(world.called).toEqual([text, third]);
    expect(world.underWay.has(gone)).toBe(false);
    expect(world.job(1)).toMatchObject({ requeued: 2, skipped: 1 });
  });

  it.each<[string, ReanalyzeResult | null]>([
    ["was replaced by hand", { outcome: "refused", refusal: "nothing_to_analyse" }],
    ["failed for another reason since", { outcome: "refused", refusal: "hint_needed" }],
    ["was canceled", { outcome: "stale", status: "canceled" }],
    ["is gone", null],
  ])("passes over a record that %s", async (_, answer) => {
    const [id = ""] = world.fail(1, 2);
    world.answers.set(id, answer);
    await world.minute();
    expect(world.job(1)).toMatchObject({ requeued: 1, skipped: 0, finishedAt: expect.any(Number) });
  });

  it("ends with the last record that there was when it was asked for", async () => {
    world.fail(1, 3);
    world.failed.set("1-99999", { id: "1-99999", applicationId: 1, needsPhoto: false });
    await world.minute();
    expect(world.called).not.toContain("1-99999");
    expect(world.job(1)?.finishedAt).not.toBeNull();
  });
});

describe("two sweeps at once", () => {
  it("take one step together: nothing is analyzed twice, and the pace holds", async () => {
    world.fail(1, 200);
    const counts = await Promise.all([continueReanalyses(world), continueReanalyses(world)]);
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, REANALYSES_A_MINUTE]);
    expect(new Set(world.called).size).toBe(world.called.length);
    expect(world.job(1)?.requeued).toBe(REANALYSES_A_MINUTE);
  });

  it("one a moment after the other, too", async () => {
    world.fail(1, 200);
    await continueReanalyses(world);
    world.time += 10_000;
    expect(await continueReanalyses(world)).toBe(0);
  });
});

describe("a job that stops", () => {
  it("between two records takes the step again in the next minute, and counts what is under way", async () => {
    const ids = world.fail(1, 5);
    const { reanalyze } = world;
    world.reanalyze = async (id) => {
      if (id === ids[3]) throw new Error("the object is away");
      return reanalyze(id);
    };
    expect(await world.minute()).toBe(0);
    expect(world.job(1)).toMatchObject({ cursor: "", requeued: 0, finishedAt: null });
    world.reanalyze = reanalyze;
    await world.minute();
    expect(world.job(1)).toMatchObject({ requeued: 5, finishedAt: expect.any(Number) });
    expect(world.underWay.size).toBe(5);
    expect(world.outages).toHaveLength(1);
  });

  it("keeps no other job from its turn", async () => {
    world.fail(1, 2);
    const others = world.fail(2, 2);
    world.hasPhoto = async ({ applicationId }) => {
      if (applicationId === 1) throw new Error("R2 is down");
      return true;
    };
    await world.minute();
    expect(world.called).toEqual(others);
  });

  it("before the queue knows leaves the calls to the sweep, and goes on", async () => {
    world.fail(1, 2);
    world.enqueue = () => Promise.reject(new Error("the queue is down"));
    expect(await world.minute()).toBe(2);
    expect(world.job(1)).toMatchObject({ requeued: 2, finishedAt: expect.any(Number) });
    expect(world.outages).toHaveLength(1);
  });
});
