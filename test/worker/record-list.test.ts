import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { insertRecord } from "../../src/db/records.ts";
import { firstIdOf } from "../../src/ids.ts";
import { pendingRecord } from "../support/records.ts";
import { call, createApplication, logIn, type RecordBody } from "../support/worker/tenant.ts";

const DAY = Date.parse("2026-11-20T00:00:00.000Z");
const HOUR_MS = 3_600_000;
const db = createDatabase(env.DB);
let ada: { authorization: string };
let ids: string[];

/** Seven records, uploaded an hour apart; the third and the fourth were eaten at the same moment. */
beforeAll(async () => {
  const applicationId = await createApplication();
  ada = await logIn(applicationId);
  const eaten = [6, 5, 3, 3, 2, 1, 0];
  const statuses = ["completed", "failed", "completed", "pending", "completed", "updated", "completed"] as const;
  ids = [];
  for (const [index, hours] of eaten.entries()) {
    const uploadedAt = DAY + index * HOUR_MS;
    const id = firstIdOf(uploadedAt).replace(/0$/, "7");
    ids.push(id);
    await insertRecord(
      db,
      pendingRecord({
        id,
        applicationId,
        status: statuses[index] ?? "pending",
        uploadedAt,
        modifiedAt: uploadedAt,
        consumedAt: DAY + hours * HOUR_MS,
      }),
      DAY,
    );
  }
  const other = pendingRecord({ id: firstIdOf(DAY + 1), applicationId, userId: "bob", consumedAt: DAY });
  await insertRecord(db, other, DAY);
  await insertRecord(db, { ...other, id: firstIdOf(DAY + 2), applicationId: applicationId + 1, userId: "ada" }, DAY);
});

const list = (query: string) => call(`/nutrition_records${query}`, { headers: ada });
async function listed(query: string): Promise<number[]> {
  const response = await list(query);
  const body = await response.json<RecordBody[]>();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return body.map((record) => ids.indexOf(record.record_id));
}
const at = (hours: number) => encodeURIComponent(new Date(DAY + hours * HOUR_MS).toISOString());

describe("the list of a user's records", () => {
  it("is a bare array of that user's records, by the time they were eaten, oldest first", async () => {
    expect(await listed("")).toEqual([6, 5, 4, 2, 3, 1, 0]);
  });

  it("can go by the time of upload", async () => {
    expect(await listed("?by=uploaded")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ["eaten", `?from=${at(1)}&to=${at(3)}`, [5, 4]],
    ["eaten, to the end", `?from=${at(3)}`, [2, 3, 1, 0]],
    ["uploaded", `?by=uploaded&from=${at(2)}&to=${at(4)}`, [2, 3]],
    ["given in another time zone", `?from=${encodeURIComponent("2026-11-20T06:00:00+01:00")}`, [1, 0]],
  ])("takes from inclusive and to exclusive over the time %s", async (_, query, expected) => {
    expect(await listed(query)).toEqual(expected);
  });

  it.each([
    ["?status=completed", [6, 4, 2, 0]],
    ["?status=failed&input_type=image", [1]],
    [`?updated_since=${at(4)}`, [6, 5, 4]],
    ["?status=canceled", []],
  ])("is filtered by %s", async (query, expected) => {
    expect(await listed(query)).toEqual(expected);
  });

  it.each(["", "&by=uploaded", `&status=completed&from=${at(0)}`])(
    "comes in pages that follow each other without a gap or a repeat: limit=2%s",
    async (rest) => {
      const seen: number[] = [];
      let next: string | null = `?limit=2${rest}`;
      for (let page = 0; next !== null && page < 10; page++) {
        const response = await list(next);
        const body = await response.json<RecordBody[]>();
        expect(body.length).toBeLessThanOrEqual(2);
        seen.push(...body.map((record) => ids.indexOf(record.record_id)));
        const [, url] = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
        next = url === undefined ? null : new URL(url).search;
      }
      expect(seen).toEqual(await listed(`?limit=200${rest}`));
    },
  );

  it("names no next page after the last record, even when the last page is full", async () => {
    expect((await list("?limit=7")).headers.get("link")).toBeNull();
    expect((await list("?limit=6")).headers.get("link")).toContain('rel="next"');
  });

  it.each([
    "?limit=0",
    "?limit=201",
    "?limit=ten",
    "?from=yesterday",
    "?status=eaten",
    "?cursor=abc",
    "?consumed=maybe",
  ])("refuses %s", async (query) => {
    expect(await (await list(query)).json()).toMatchObject({ status: 422, code: "invalid_request" });
  });

  it("reads the rows of its page and no others", async () => {
    for (const [columns, index] of [
      ["consumed_at, id", "records_by_meal"],
      ["id", "records_by_upload"],
    ]) {
      const plan = await env.DB.prepare(
        `EXPLAIN QUERY PLAN SELECT * FROM records WHERE application_id = 1 AND user_id = 'ada' AND (${columns}) > (${columns === "id" ? "''" : "0, ''"}) ORDER BY ${columns} LIMIT 51`,
      ).all<{ detail: string }>();
      const details = plan.results.map(({ detail }) => detail).join("; ");
      expect(details).toContain(`INDEX ${index}`);
      expect(details).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });
});
