import { env } from "cloudflare:workers";
import type { ReceivedWebhook } from "./webhook-endpoint.ts";

/** An event as operators receive it. */
interface Told {
  id: string;
  type: string;
  created_at: string;
  data: Record<string, unknown>;
}

export const toldBy = ({ body }: ReceivedWebhook): Told => JSON.parse(body) as Told;
export const namesOf = (received: readonly ReceivedWebhook[]): string[] =>
  received.map(toldBy).map(({ type, data }) => ("percent" in data ? `${type} ${String(data["percent"])}` : type));

interface Row {
  id: string;
  type: string;
  status: string;
  attempts: number;
  due_at: number | null;
  http_status: number | null;
}
/** The outbox, as D1 has it. */
export const rows = async (): Promise<Row[]> =>
  (await env.DB.prepare("SELECT * FROM operations_events ORDER BY id").all<Row>()).results;

/** Empties what the tests before have left: each has the installation for itself. */
export async function forgetOperations(): Promise<void> {
  for (const table of ["operations_events", "endpoint_health"]) await env.DB.prepare(`DELETE FROM ${table}`).run();
}
