import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { MAX_LOOKED_AT } from "../../src/db/found-records.ts";
import { insertRecord } from "../../src/db/records.ts";
import { firstIdOf } from "../../src/ids.ts";
import type { Failure, NutritionRecord } from "../../src/records/record.ts";
import { pendingRecord } from "../support/records.ts";
import { planOf } from "../support/worker/query-plans.ts";
import { ADMIN, call, createApplication } from "../support/worker/tenant.ts";

const DAY = Date.parse("2026-11-20T00:00:00.000Z");
const MINUTE_MS = 60_000;
const db = createDatabase(env.DB);
const names = new Map<string, string>();
let first: number;
let second: number;

const NO_FOOD: Failure = { code: "no_food_found", reason: "No food was found in the photo." };

async function keep(name: string, minutes: number, change: Partial<NutritionRecord>, sweepAt: number | null) {
  const at = DAY + minutes * MINUTE_MS;
  const id = firstIdOf(at);
  names.set(id, name);
  const times = { uploadedAt: at, modifiedAt: at, consumedAt: at };
  const record = pendingRecord({ id, applicationId: first, ...times, ...change });
  await insertRecord(db, record, sweepAt as number);
  return id;
}

let completedId: string;

beforeAll(async () => {
  first = await createApplication();
  second = await createApplication();
  completedId = await keep("completed", 1, { status: "completed" }, null);
  await keep("failed", 2, { status: "failed", failure: NO_FOOD }, null);
  await keep("pending", 3, {}, DAY);
  await keep("of bob", 4, { userId: "bob", status: "updated" }, null);
  await keep("of the other", 5, { applicationId: second, status: "completed" }, null);
  await keep("of the other, failed", 6, { applicationId: second, status: "failed", failure: NO_FOOD }, null);
});

const ask = (query: string) => call(`/admin/records${query}`, { headers: ADMIN });
async function found(query: string): Promise<(string | undefined)[]> {
  const response = await ask(query);
  const body = await response.json<{ record_id: string }[]>();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return body.map(({ record_id: id }) => names.get(id));
}

const ALL = ["of the other, failed", "of the other", "of bob", "pending", "failed", "completed"];

describe("the administrator's list of records", () => {
  it("has the records of every application, newest first", async () => {
    expect(await found("")).toEqual(ALL);
    expect((await (await ask("?limit=1")).json<unknown[]>())[0]).toEqual({
      record_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      application_id: second,
      application_user_id: "ada",
      status: "failed",
      input_type: "image",
      dish_name: null,
      failure_code: "no_food_found",
      retry_at: null,
      retry_reason: null,
      uploaded_at: "2026-11-20T00:06:00.000Z",
      modified_at: "2026-11-20T00:06:00.000Z",
    });
  });

  it.each<[string, () => string, string[]]>([
    ["a status", () => "?status=failed", ["of the other, failed", "failed"]],
    ["an open status", () => "?status=pending", ["pending"]],
    ["a common status", () => "?status=completed", ["of the other", "completed"]],
    ["an application", () => `?application_id=${second}`, ["of the other, failed", "of the other"]],
    ["both", () => `?status=failed&application_id=${first}`, ["failed"]],
    ["a user", () => "?q=bob", ["of bob"]],
    ["a user of one application", () => `?q=ada&application_id=${second}`, ["of the other, failed", "of the other"]],
    ["a user and a status", () => "?q=ada&status=completed", ["of the other", "completed"]],
    ["the id of a record", () => `?q=${completedId}`, ["completed"]],
    ["the beginning of an id", () => `?q=${completedId.slice(0, 13)}`, ["completed"]],
    ["nobody", () => "?q=zoe", []],
    ["the empty fields of a form", () => "?q=&status=&application_id=", ALL],
  ])("is narrowed by %s", async (_, query, expected) => {
    expect(await found(query())).toEqual(expected);
  });

  it.each(["", "&status=failed", "&q=ada"])(
    "comes in pages that follow each other without a gap or a repeat: limit=2%s",
    async (rest) => {
      const seen: (string | undefined)[] = [];
      let next: string | null = `?limit=2${rest}`;
      for (let page = 0; next !== null && page < 10; page++) {
        const response = await ask(next);
        seen.push(...(await response.json<{ record_id: string }[]>()).map(({ record_id: id }) => names.get(id)));
        const [, url] = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
        next = url === undefined ? null : new URL(url).search;
      }
      expect(seen).toEqual(await found(`?${rest.slice(1)}`));
    },
  );

  it.each(["?status=eaten", "?application_id=mine", "?limit=0", "?cursor=abc", `?q=${"a".repeat(129)}`])(
    "refuses %s",
    async (query) => {
      expect(await (await ask(query)).json()).toMatchObject({ status: 422, code: "invalid_request" });
    },
  );
});

describe("what a page costs", () => {
  it.each<[string, string]>([
    ["", "PRIMARY KEY"],
    ["?status=failed", "INDEX records_failed"],
    ["?status=pending", "INDEX records_to_sweep"],
    ["?q=ada&application_id=1", "INDEX records_by_upload"],
    ["?q=ada", "INDEX records_by_upload"],
    ["?q=01932c2e", "PRIMARY KEY"],
    ["?application_id=1&status=completed", "PRIMARY KEY"],
  ])("is served by an index: %s", async (query, index) => {
    const plan = await planOf(() => ask(query));
    expect(plan).toContain(index);
    // Two partial indexes have what is open, and little else: they may be read whole.
    expect(plan).not.toMatch(/SCAN (?!\(subquery|applications|\d|records USING INDEX records_to_(?:sweep|retry))/);
  });

  it(`looks at ${MAX_LOOKED_AT} records at most where no index leads, and goes on behind them`, async () => {
    const lone = await createApplication();
    await env.DB.prepare(
      `INSERT INTO records (id, application_id, user_id, status, version, input_type, options, uploaded_at, modified_at, consumed_at)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MAX_LOOKED_AT})
       SELECT printf('01aa%04x-0000-7000-8000-000000000000', i), ${second}, 'eve', 'completed', 3, 'image', '{}', 0, 0, 0 FROM n`,
    ).run();
    const id = await keep("alone", 0, { applicationId: lone, status: "completed" }, null);
    const page = await ask(`?application_id=${lone}`);
    expect(await page.json()).toEqual([]);
    const [, url = ""] = /^<([^>]+)>/.exec(page.headers.get("link") ?? "") ?? [];
    const behind = await ask(new URL(url).search);
    expect(await behind.json()).toMatchObject([{ record_id: id }]);
    expect(behind.headers.get("link")).toBeNull();
  });
});
