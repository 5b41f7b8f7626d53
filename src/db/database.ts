import type { D1Database } from "@cloudflare/workers-types";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";

/** The D1 database behind Drizzle. Queries live next to this file, each named after what it returns. */
export type Database = DrizzleD1Database;

export const createDatabase = (d1: D1Database): Database => drizzle(d1);
