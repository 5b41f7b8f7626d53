import { env } from "cloudflare:workers";
import { vi } from "vitest";
import worker, { RecordObject } from "../../../src/index.ts";

/** What one stretch of work asked of the platform. */
export interface Operations {
  workerInvocations: number;
  objectRequests: number;
  r2Writes: number;
  r2Reads: number;
  queueMessages: number;
  d1WriteStatements: number;
  d1RowsWritten: number;
  d1Statements: number;
}

const WRITES = /^\s*(insert|update|delete|replace)\b/i;

/** Counts D1 statements and the rows that D1 itself says it wrote, indexes and triggers included. */
function countD1(operations: Operations): void {
  const prepare = env.DB.prepare.bind(env.DB);
  const textOf = new WeakMap<D1PreparedStatement, string>();
  const watch = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const watched = new Proxy(statement, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== "function") return member;
        if (property === "bind") return (...values: unknown[]) => watch(target.bind(...values), sql);
        return async (...values: unknown[]) => {
          operations.d1Statements += 1;
          if (WRITES.test(sql)) operations.d1WriteStatements += 1;
          const result: unknown = await Reflect.apply(member, target, values);
          operations.d1RowsWritten += (result as { meta?: { rows_written?: number } } | null)?.meta?.rows_written ?? 0;
          return result;
        };
      },
    });
    textOf.set(watched, sql);
    return watched;
  };
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => watch(prepare(sql), sql));
  const batch = env.DB.batch.bind(env.DB);
  vi.spyOn(env.DB, "batch").mockImplementation(async <Row>(statements: D1PreparedStatement[]) => {
    operations.d1Statements += statements.length;
    operations.d1WriteStatements += statements.filter((each) => WRITES.test(textOf.get(each) ?? "")).length;
    const results = await batch<Row>(statements);
    for (const { meta } of results) operations.d1RowsWritten += meta.rows_written;
    return results;
  });
}

/** Starts counting; `vi.restoreAllMocks()` ends it. */
export function countOperations(): Operations {
  const operations: Operations = {
    workerInvocations: 0,
    objectRequests: 0,
    r2Writes: 0,
    r2Reads: 0,
    queueMessages: 0,
    d1WriteStatements: 0,
    d1RowsWritten: 0,
    d1Statements: 0,
  };
  const count = (name: keyof Operations, target: object, ...methods: string[]): void => {
    for (const method of methods) {
      const original: unknown = Reflect.get(target, method);
      if (typeof original !== "function") throw new Error(`there is no ${method} to count`);
      vi.spyOn(target as Record<string, () => unknown>, method).mockImplementation(function counted(
        this: unknown,
        ...values: unknown[]
      ) {
        operations[name] += 1;
        return Reflect.apply(original, this, values);
      });
    }
  };
  count("workerInvocations", worker, "fetch", "queue");
  count("objectRequests", RecordObject.prototype, "fetch", "alarm");
  count("r2Writes", env.PHOTOS, "put", "delete");
  count("r2Reads", env.PHOTOS, "get", "head", "list");
  count("queueMessages", env.ANALYSIS_QUEUE, "send", "sendBatch");
  countD1(operations);
  return operations;
}

const QUIET_MS = 300;

/** Waits until nothing more is counted: the webhook's delivery is recorded after its endpoint has it. */
export async function untilQuiet(operations: Operations): Promise<void> {
  for (let before = ""; before !== JSON.stringify(operations);) {
    before = JSON.stringify(operations);
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}
