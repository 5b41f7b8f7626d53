import type { Tables } from "../world/database.ts";

/** A record's row, as far as invariants look at it. */
export interface RecordRow {
  id: string;
  application_id: number;
  user_id: string;
  status: string;
  version: number;
  content: string | null;
  failure_code: string | null;
  sweep_at: number | null;
  retry_at: number | null;
}

export interface DeliveryRow {
  event_id: string;
  record_id: string;
  application_id: number;
  status: string;
  attempts: string;
  next_attempt_at: number | null;
}

/** All rows of records, by id. */
export const recordRows = (tables: Tables): Map<string, RecordRow> =>
  new Map(
    tables
      .read<RecordRow>(
        "SELECT id, application_id, user_id, status, version, content, failure_code, sweep_at, retry_at FROM records",
      )
      .map((row) => [row.id, row]),
  );

export const recordRow = (tables: Tables, id: string): RecordRow | undefined =>
  tables.read<RecordRow>(
    "SELECT id, application_id, user_id, status, version, content, failure_code, sweep_at, retry_at FROM records WHERE id = ?",
    id,
  )[0];

export const deliveryRows = (tables: Tables): DeliveryRow[] =>
  tables.read<DeliveryRow>(
    "SELECT event_id, record_id, application_id, status, attempts, next_attempt_at FROM deliveries",
  );
