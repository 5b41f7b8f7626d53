import { Hono } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { applicationNames } from "../../../db/applications.ts";
import { deliveriesOfRecord } from "../../../db/deliveries.ts";
import { findRecords } from "../../../db/found-records.ts";
import { recordById } from "../../../db/records.ts";
import { problem } from "../../../problems/problem.ts";
import { presentTimeline } from "../../../http/bodies/record-bodies.ts";
import { parseRecordSearch } from "../../../http/queries/record-search.ts";
import { respondWithPhoto } from "../../../http/records/photo-response.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { RecordListPage } from "./list-page.tsx";
import { RecordDetailsPage } from "./record-page.tsx";

/** The console's pages of records, under `/console/records`. */
export const recordPages = new Hono<AppEnv>();

recordPages.get("/", async (c) => {
  const { db, now } = c.var.deps;
  const query = parseRecordSearch(new URL(c.req.url).searchParams);
  if (!query.ok) return respondWithProblemPage(c, query.error);
  const [page, names] = await Promise.all([findRecords(db, query.value), applicationNames(db)]);
  return respondWithConsolePage(
    c,
    <RecordListPage session={c.var.session} query={query.value} page={page} names={names} now={now()} />,
  );
});

recordPages.get("/:id", async (c) => {
  const { db, photos } = c.var.deps;
  const stored = await recordById(db, c.req.param("id").toLowerCase());
  if (stored === null)
    return respondWithProblemPage(c, problem("not_found", "This record does not exist or has been deleted."));
  const { sweepAt: _, ...record } = stored;
  const owner = { applicationId: record.applicationId, recordId: record.id };
  const [deliveries, names, photoBytes] = await Promise.all([
    deliveriesOfRecord(db, record.id),
    applicationNames(db),
    record.photo === null ? null : photos.size(owner),
  ]);
  const shown = {
    record,
    timeline: presentTimeline(record, deliveries),
    applicationName: names.get(record.applicationId) ?? String(record.applicationId),
    hasPhoto: photoBytes !== null,
  };
  return respondWithConsolePage(c, <RecordDetailsPage session={c.var.session} shown={shown} />);
});

/** The photo, for signed-in administrators. */
recordPages.get("/:id/image", async (c) => {
  const record = await recordById(c.var.deps.db, c.req.param("id").toLowerCase());
  return record === null ? respondWithProblemPage(c, problem("not_found")) : respondWithPhoto(c, record, "no-store");
});
