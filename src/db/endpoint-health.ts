import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Application } from "../applications/application.ts";
import { HEALTHY, type EndpointHealth } from "../webhooks/endpoint-health.ts";
import type { OutboxEvent } from "../operations/outbox.ts";
import type { Database } from "./database.ts";
import { insertEventsIfChanged } from "./operations.ts";
import { applications, endpointHealth } from "./schema.ts";

type Row = typeof endpointHealth.$inferSelect;

const toHealth = (row: Row | null | undefined): EndpointHealth => {
  if (row === null || row === undefined) return HEALTHY;
  const { applicationId: _, ...health } = row;
  return health;
};

/** How an application's endpoint is doing. */
export async function healthOf(db: Database, applicationId: number): Promise<EndpointHealth> {
  return toHealth(await db.select().from(endpointHealth).where(eq(endpointHealth.applicationId, applicationId)).get());
}

/** An application and how its endpoint is doing. */
export interface ApplicationWithHealth {
  application: Application;
  health: EndpointHealth;
}

const withHealth = (db: Database) =>
  db
    .select({ application: applications, health: endpointHealth })
    .from(applications)
    .leftJoin(endpointHealth, eq(endpointHealth.applicationId, applications.id))
    .$dynamic();

/** An application with the health of its endpoint, in one statement: what an attempt needs. */
export async function applicationWithHealth(db: Database, id: number): Promise<ApplicationWithHealth | null> {
  const row = await withHealth(db).where(eq(applications.id, id)).get();
  return row === undefined ? null : { application: row.application, health: toHealth(row.health) };
}

export async function allApplications(db: Database): Promise<ApplicationWithHealth[]> {
  const rows = await withHealth(db).orderBy(asc(applications.id));
  return rows.map((row) => ({ application: row.application, health: toHealth(row.health) }));
}

/**
 * Stores a health if the version before it is the stored one (or there is none), with the operational events of the
 * change; returns whether it did. Neither exists without the other.
 */
export async function writeHealth(
  db: Database,
  applicationId: number,
  health: EndpointHealth,
  events: readonly OutboxEvent[],
): Promise<boolean> {
  const change = db
    .insert(endpointHealth)
    .values({ applicationId, ...health })
    .onConflictDoUpdate({
      target: endpointHealth.applicationId,
      set: health,
      setWhere: sql`${endpointHealth.version} = ${health.version - 1}`,
    });
  if (events.length === 0) return (await change).meta.changes > 0;
  const [changed] = await db.batch([change, insertEventsIfChanged(db, events)]);
  return changed.meta.changes > 0;
}

/** An application with its endpoint's health. */
export interface EndpointToMaintain {
  applicationId: number;
  health: EndpointHealth;
}

const toMaintain = (row: Row): EndpointToMaintain => ({ applicationId: row.applicationId, health: toHealth(row) });

/** The endpoints whose held events have to be woken. */
export async function endpointsToRelease(db: Database, limit: number): Promise<EndpointToMaintain[]> {
  // The literal lets SQLite use the partial index.
  const rows = await db
    .select()
    .from(endpointHealth)
    .where(sql`${endpointHealth.releasing} = 1`)
    .limit(limit);
  return rows.map(toMaintain);
}

/** The endpoints with an open circuit that is due for a probe, the longest due first. */
export async function endpointsToProbe(db: Database, now: number, limit: number): Promise<EndpointToMaintain[]> {
  const rows = await db
    .select()
    .from(endpointHealth)
    .where(and(sql`${endpointHealth.probeAt} IS NOT NULL`, lte(endpointHealth.probeAt, now)))
    .orderBy(asc(endpointHealth.probeAt))
    .limit(limit);
  return rows.map(toMaintain);
}
