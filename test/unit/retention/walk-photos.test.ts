import { beforeEach, describe, expect, it } from "vitest";
import { createUuidV7, timeOf } from "../../../src/ids.ts";
import type { Status } from "../../../src/records/record.ts";
import { isFinal } from "../../../src/records/transitions.ts";
import { walkPhotos, type WalkPorts } from "../../../src/retention/walk-photos.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = 1_800_000_000_000;

let photos: Map<string, number>;
/** `again`: the record is final, and is to be analyzed again. */
type Standing = Status | "again";
const isStillWorkedOn = (status: Standing): boolean => status === "again" || !isFinal(status);

let statuses: Map<string, Standing>;
let listed: number;
/** The photos that were taken off their users' accounts, and whether they were there still. */
let uncounted: Map<string, boolean>;
let ports: WalkPorts;

beforeEach(() => {
  photos = new Map();
  statuses = new Map();
  listed = 0;
  uncounted = new Map();
  ports = {
    photos: {
      async list(_, after, limit) {
        listed += 1;
        const behind = [...photos.keys()].filter((id) => id > after).toSorted();
        return behind.slice(0, limit).map((recordId) => ({ recordId, storedAt: photos.get(recordId) ?? 0 }));
      },
      deleteAll: async (_, ids) => ids.forEach((id) => photos.delete(id)),
    },
    whichAreUnderWay: async (ids) =>
      new Map([...statuses].filter(([id]) => ids.includes(id)).map(([id, status]) => [id, isStillWorkedOn(status)])),
    forgetStoredBytes: async (ids) => {
      for (const id of ids) uncounted.set(id, photos.has(id));
    },
    now: () => NOW,
  };
});

/** A photo of this age, milliseconds, whose upload took so long; `status` null: it belongs to no record. */
function addPhoto(ageMs: number, status: Standing | null, uploadMs = 0): string {
  const id = createUuidV7(NOW - ageMs, (array) => crypto.getRandomValues(array));
  photos.set(id, NOW - ageMs + uploadMs);
  if (status !== null) statuses.set(id, status);
  return id;
}

const walk = (retentionDays: number, checkedUntil = "") =>
  walkPhotos({ applicationId: 1, retentionDays, checkedUntil }, ports);
const isKept = (id: string): boolean => photos.has(id);

describe("a walk through an application's photos", () => {
  it("deletes those that are older than the application keeps them, and no others", async () => {
    const old = [addPhoto(90 * DAY_MS + 1, "completed"), addPhoto(400 * DAY_MS, "failed")];
    const young = [addPhoto(90 * DAY_MS, "completed"), addPhoto(1, "updated")];
    expect(await walk(90)).toMatchObject({ finished: true, deleted: 2 });
    expect([old.some(isKept), young.every(isKept)]).toEqual([false, true]);
  });

  it.each<Standing>(["pending", "processing", "again"])("keeps an old one whose record is %s", async (status) => {
    const id = addPhoto(3 * DAY_MS, status);
    const behind = addPhoto(2 * DAY_MS, "completed");
    await walk(1);
    expect([isKept(id), isKept(behind)]).toEqual([true, false]);
  });

  it("takes them off their users' accounts before it deletes them: a stop in between is made good by the next walk", async () => {
    const old = addPhoto(91 * DAY_MS, "completed");
    addPhoto(1, "completed");
    await walk(90);
    expect([...uncounted]).toEqual([[old, true]]);
  });

  it("deletes every photo whose analysis is over when the application keeps none", async () => {
    const [done, open] = [addPhoto(5_000, "completed"), addPhoto(4_000, "processing")];
    await walk(0);
    expect([isKept(done), isKept(open)]).toEqual([false, true]);
  });

  it("deletes one that belongs to no record, an hour after its last byte", async () => {
    const orphan = addPhoto(2 * HOUR_MS, null);
    await walk(90);
    expect(isKept(orphan)).toBe(false);
  });

  it("leaves an upload alone that is under way or has just ended, however long it took", async () => {
    const uploads = [addPhoto(HOUR_MS, null), addPhoto(5 * HOUR_MS, null, 5 * HOUR_MS - 1), addPhoto(10, null)];
    const { checkedUntil } = await walk(90);
    expect(uploads.every(isKept)).toBe(true);
    photos.set(uploads[1] ?? "", NOW - 2 * HOUR_MS);
    await walk(90, checkedUntil);
    expect(isKept(uploads[1] ?? "")).toBe(false);
  });

  it("looks for orphans from where the last walk ended", async () => {
    const passed = addPhoto(3 * HOUR_MS, "completed");
    const first = await walk(90);
    expect(first.checkedUntil).toBe(passed);
    statuses.delete(passed);
    const orphan = addPhoto(2 * HOUR_MS, null);
    expect(await walk(90, first.checkedUntil)).toMatchObject({ checkedUntil: orphan, deleted: 1 });
  });

  it("is bounded, and the next one goes on", async () => {
    for (let count = 0; count < 3_000; count++) addPhoto(100 * DAY_MS + count, "completed");
    let walks = 0;
    let result = { finished: false, checkedUntil: "" };
    while (!result.finished) {
      listed = 0;
      result = await walk(90, result.checkedUntil);
      expect(listed).toBeLessThanOrEqual(20);
      walks += 1;
    }
    expect(walks).toBe(2);
    expect(photos.size).toBe(0);
  });

  it("asks nothing but the two listings when there is nothing to do", async () => {
    addPhoto(1_000, "completed");
    ports = { ...ports, whichAreUnderWay: () => Promise.reject(new Error("asked D1")) };
    expect(await walk(90)).toMatchObject({ finished: true, deleted: 0 });
    expect(listed).toBe(2);
  });
});

it("an id tells its time, and another text tells none", () => {
  expect(timeOf(createUuidV7(NOW, (array) => crypto.getRandomValues(array)))).toBe(NOW);
  expect(timeOf("readme.txt")).toBeNaN();
});
