import { and, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Failure, NutritionRecord, Status } from "../records/record.ts";
import type { Database } from "./database.ts";
import { toRetry } from "./records.ts";
import { records } from "./schema.ts";
import { TO_RETRY, TO_SWEEP } from "./stalled-records.ts";

/**
 * How many records a page looks at when no index leads to those that are wanted: reading a million rows to find one
 * would keep everyone else's queries waiting. The next page continues from there.
 */
export const MAX_LOOKED_AT = 5_000;

/** Which records of all applications an operator wants to see, newest first. Null does not narrow. */
export interface FindQuery {
  status: Status | null;
  applicationId: number | null;
  /** The id of a record, at least its first eight digits, or the whole id of a user. */
  q: string | null;
  /** The last record of the page before. */
  before: string | null;
  limit: number;
}

/** A record as a list shows it. */
export interface FoundRecord extends Pick<
  NutritionRecord,
  "id" | "applicationId" | "userId" | "status" | "inputType" | "retry" | "uploadedAt" | "modifiedAt"
> {
  dishName: string | null;
  failureCode: Failure["code"] | null;
}

/** A page, and the cursor of the next one: null when there is none. */
export interface FoundPage {
  records: FoundRecord[];
  next: string | null;
}

/** Greater than every id: "g" follows the last hexadecimal digit. */
const BEHIND_ALL = "g";
const ID_BEGINNING = /^[0-9a-f]{8}[0-9a-f-]{0,28}$/;

const { id, applicationId: application, userId, status: state, failureCode } = records;

/** The newest ids under a condition, in their order. */
const newest = (condition: SQL | undefined, limit: number): SQL =>
  sql`SELECT ${id} FROM ${records} WHERE ${condition} ORDER BY ${id} DESC LIMIT ${limit}`;

const narrowed = (query: FindQuery, ids: SQL = sql`${id}`): SQL | undefined =>
  and(
    sql`${ids} < ${query.before ?? BEHIND_ALL}`,
    query.applicationId === null ? undefined : eq(application, query.applicationId),
    query.status === null ? undefined : eq(state, query.status),
  );

/**
 * Records whose id begins like this, and those of a user of this name; the primary key and `records_by_upload` lead
 * there.
 */
function searched(q: string, query: FindQuery): SQL {
  const everywhere = sql`${application} IN (SELECT id FROM applications)`;
  const ofUser = and(query.applicationId === null ? everywhere : undefined, eq(userId, q), narrowed(query));
  const byUser = sql`SELECT * FROM (${newest(ofUser, query.limit)})`;
  // As everywhere, a record's id is read without regard to letter case; a user's is not.
  const beginning = q.toLowerCase();
  if (!ID_BEGINNING.test(beginning)) return byUser;
  const begins = and(sql`${id} >= ${beginning} AND ${id} < ${`${beginning}${BEHIND_ALL}`}`, narrowed(query));
  return sql`${byUser} UNION SELECT * FROM (${newest(begins, query.limit)})`;
}

/** Records whose status is rare: `records_failed`, or the sweep's indexes, which have every open record, lead there. */
function ofRareStatus(query: FindQuery): SQL | null {
  switch (query.status) {
    case "failed":
    case "canceled":
      return newest(and(sql`${failureCode} IS NOT NULL`, narrowed(query)), query.limit);
    case "pending":
    case "processing":
      return sql`SELECT id FROM (${openOnes(TO_SWEEP, query)}) UNION SELECT id FROM (${openOnes(TO_RETRY, query)})`;
    case "completed":
    case "updated":
    case null:
      return null;
  }
}

/** The newest of what one of the sweep's indexes has. The "+" keeps the ids from leading through all records. */
function openOnes(indexed: SQL, query: FindQuery): SQL {
  const ids = sql`+${id}`;
  const wanted = and(indexed, narrowed(query, ids));
  return sql`SELECT ${id} FROM ${records} WHERE ${wanted} ORDER BY ${ids} DESC LIMIT ${query.limit}`;
}

/** Those among the newest `MAX_LOOKED_AT` records that are wanted. */
function amongNewest(query: FindQuery): SQL {
  const looked = sql`SELECT ${id}, ${application}, ${state} FROM ${records}
    WHERE ${id} < ${query.before ?? BEHIND_ALL} ORDER BY ${id} DESC LIMIT ${MAX_LOOKED_AT}`;
  const ofApplication = query.applicationId === null ? sql`TRUE` : sql`application_id = ${query.applicationId}`;
  const ofStatus = query.status === null ? sql`TRUE` : sql`status = ${query.status}`;
  return sql`SELECT id FROM (${looked}) WHERE ${ofApplication} AND ${ofStatus} LIMIT ${query.limit}`;
}

const columns = {
  id,
  applicationId: application,
  userId,
  status: state,
  inputType: records.inputType,
  uploadedAt: records.uploadedAt,
  modifiedAt: records.modifiedAt,
  failureCode,
  retryAt: records.retryAt,
  retryReason: records.retryReason,
  dishName: sql<string | null>`json_extract(${records.content}, '$.dishName')`,
};

/** The last record that a look at the newest ones comes to; null when it comes to the end. */
const lastLookedAt = async (db: Database, before: string | null): Promise<string | null> => {
  const row = await db
    .select({ id })
    .from(records)
    .where(sql`${id} < ${before ?? BEHIND_ALL}`)
    .orderBy(desc(id))
    .limit(1)
    .offset(MAX_LOOKED_AT - 1)
    .get();
  return row?.id ?? null;
};

/**
 * A page of records, newest first. A search, and a rare status, cost their own rows; otherwise a page is what is found
 * among the next `MAX_LOOKED_AT` records, which may be few, and `next` continues behind them.
 */
export async function findRecords(db: Database, query: FindQuery): Promise<FoundPage> {
  const more: FindQuery = { ...query, limit: query.limit + 1 };
  const exact = query.q === null ? ofRareStatus(more) : searched(query.q, more);
  const found = await db
    .select(columns)
    .from(records)
    .where(inArray(id, sql`(${exact ?? amongNewest(more)})`))
    .orderBy(desc(id))
    .limit(more.limit);
  const page = found
    .slice(0, query.limit)
    .map(({ retryAt, retryReason, ...record }) => ({ ...record, retry: toRetry(retryAt, retryReason) }));
  if (found.length > query.limit) return { records: page, next: page.at(-1)?.id ?? null };
  return { records: page, next: exact === null ? await lastLookedAt(db, query.before) : null };
}
