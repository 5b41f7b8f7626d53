import { env } from "cloudflare:workers";
import { vi } from "vitest";

/** How SQLite goes about the SELECTs that some work sends to D1, one line for each step. */
export async function planOf(work: () => Promise<unknown>): Promise<string> {
  const prepare = env.DB.prepare.bind(env.DB);
  const seen: { sql: string; values: unknown[] }[] = [];
  const spy = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    const statement = prepare(sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      seen.push({ sql, values });
      return bind(...values);
    };
    return statement;
  });
  await work();
  spy.mockRestore();
  const plans = await Promise.all(
    seen
      .filter(({ sql }) => /^\s*(select|with)/i.test(sql))
      .map(async ({ sql, values }) => {
        const { results } = await prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .bind(...values)
          .all<{ detail: string }>();
        return results.map(({ detail }) => detail);
      }),
  );
  return plans.flat().join("\n");
}
