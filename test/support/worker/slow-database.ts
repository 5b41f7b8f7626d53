import { env } from "cloudflare:workers";
import { vi } from "vitest";

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Which statements of D1 are slow, and how slow. */
interface Slowness {
  sql: RegExp;
  /** One of the statement's values: the statements of other records are as fast as ever. */
  value: string;
  /** Each statement takes the next of these, milliseconds, and none once they are used up. */
  delays: number[];
  /** Whether the statement reaches D1 late, or its answer comes late. */
  late: "run" | "answer";
}

/** The ways to run a statement. */
const RUNNING = new Set<PropertyKey>(["all", "first", "raw", "run"]);

/** A statement whose runs are late. */
const lateStatement = (statement: object, { delays, late }: Slowness): object =>
  new Proxy(statement, {
    get(target, name) {
      const method = Reflect.get(target, name, target) as (...values: unknown[]) => unknown;
      if (!RUNNING.has(name)) return method;
      return async (...values: unknown[]) => {
        const delay = delays.shift() ?? 0;
        if (late === "run") await wait(delay);
        const answer = await Reflect.apply(method, target, values);
        if (late === "answer") await wait(delay);
        return answer;
      };
    },
  });

/** Makes some statements of D1 slow until all mocks are restored. */
export function slowDown(slowness: Slowness): void {
  const prepare = env.DB.prepare.bind(env.DB);
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    const statement = prepare(sql);
    if (!slowness.sql.test(sql)) return statement;
    return new Proxy(statement, {
      get(target, name) {
        const method = Reflect.get(target, name, target) as (...values: unknown[]) => object;
        if (name !== "bind") return method;
        return (...values: unknown[]) => {
          const bound = Reflect.apply(method, target, values);
          return values.includes(slowness.value) ? lateStatement(bound, slowness) : bound;
        };
      },
    });
  });
}
