import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { ownedRecord } from "../../db/records.ts";
import { parseRecordId } from "../../ids.ts";
import { problem } from "../../problems/problem.ts";
import type { NutritionRecord } from "../../records/record.ts";
import type { TaggedAnswer } from "../../records/status-cache.ts";
import { respondWithProblem } from "../respond.ts";
import { isNamed } from "../entity-tags.ts";

/** How long a client should wait before it asks again, seconds. */
export const POLL_AGAIN_SECONDS = "2";

/** The response for a record that does not exist or belongs to someone else. */
export const notFound = (c: Context<AppEnv>): Response => respondWithProblem(c, problem("not_found"));

/** The record's id that the path names; null when no record can have it. */
export const recordIdParam = (c: Context<AppEnv>): string | null => parseRecordId(c.req.param("id") ?? "");

/** The caller's record that the path names; null when there is none, or it belongs to someone else. */
export async function findRecord(c: Context<AppEnv>): Promise<NutritionRecord | null> {
  const id = recordIdParam(c);
  return id === null ? null : ownedRecord(c.var.deps.db, c.var.caller, id);
}

/** Answers with a tagged JSON body, or with 304 when the client has it. */
export function respondTagged(c: Context<AppEnv>, { body, etag, final }: TaggedAnswer): Response {
  const headers: Record<string, string> = { etag, "cache-control": "private, no-cache" };
  if (!final) headers["retry-after"] = POLL_AGAIN_SECONDS;
  if (isNamed(c.req.header("if-none-match"), etag)) return c.body(null, 304, headers);
  return c.body(body, 200, { ...headers, "content-type": "application/json" });
}
