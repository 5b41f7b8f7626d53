import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { deleteOldEvents } from "../../src/db/operations.ts";
import { depsOf } from "../../src/wiring/deps.ts";
import type { Env } from "../../src/env.ts";
import { cleanUpEvents } from "../../src/operations/clean-up.ts";
import { modelMisconfigured } from "../../src/operations/events.ts";
import { forgetOperations, namesOf, rows } from "../support/worker/operators.ts";
import { skip, sweepNow } from "../support/worker/record-lives.ts";
import { listenForWebhooks, operators } from "../support/worker/webhook-endpoint.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const db = createDatabase(env.DB);
const { operations } = depsOf(env as unknown as Env);

beforeEach(async () => {
  listenForWebhooks();
  for (const level of ["info", "warn"] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
  await forgetOperations();
});
afterEach(() => vi.restoreAllMocks());

const report = (model = "@cf/nobody/has-this") =>
  operations.report(modelMisconfigured(model, "Workers AI knows no such model", Date.now()));

describe("an event", () => {
  it("is sent again with the same id and bytes when the sweep stops between its claim and its outcome", async () => {
    await report();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    operators.answer = async () => {
      // The isolate ends here: what it would have written is never written.
      vi.spyOn(env.DB, "prepare").mockImplementation(() => {
        throw new Error("stopped");
      });
      return new Response("ok");
    };
    const spy = vi.spyOn(env.DB, "prepare");
    await sweepNow();
    spy.mockRestore();
    operators.answer = () => new Response("ok");
    expect(await rows()).toMatchObject([{ status: "waiting", attempts: 1, http_status: null }]);

    await sweepNow();
    expect(operators.received).toHaveLength(1);
    skip(2 * MINUTE_MS + 1000);
    await sweepNow();
    const [first, second] = operators.received;
    expect(operators.received).toHaveLength(2);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers.get("webhook-id")).toBe(first?.headers.get("webhook-id"));
    expect(await rows()).toMatchObject([{ status: "delivered", attempts: 2 }]);
  });

  it("is sent by one of two sweeps", async () => {
    await report();
    await Promise.all([sweepNow(), sweepNow(), sweepNow()]);
    expect(operators.received).toHaveLength(1);
  });

  it("is tried ten times over days, then given up, and seen as that", async () => {
    operators.answer = () => new Response("no", { status: 500 });
    await report();
    for (let due: number | null | undefined = Date.now(); due !== null && due !== undefined;) {
      vi.spyOn(Date, "now").mockReturnValue(due);
      await sweepNow();
      due = (await rows())[0]?.due_at;
    }
    expect(operators.received).toHaveLength(10);
    expect(new Set(operators.received.map(({ body }) => body)).size).toBe(1);
    expect(operators.received.map(({ headers }) => headers.get("x-webhook-attempt"))).toEqual(
      Array.from({ length: 10 }, (_, n) => String(n + 1)),
    );
    expect(await rows()).toMatchObject([{ status: "exhausted", attempts: 10, due_at: null, http_status: 500 }]);
  });

  it("does not wait behind another one that is never taken", async () => {
    await report("@m/refused");
    await report("@m/taken");
    operators.answer = () => {
      const last = operators.received.at(-1)?.body ?? "";
      return new Response("", { status: last.includes("refused") ? 400 : 200 });
    };
    await sweepNow();
    await sweepNow();
    expect((await rows()).map(({ status }) => status).toSorted()).toEqual(["delivered", "waiting"]);
  });

  it("is sent at once where work may go on behind an answer", async () => {
    const behind: Promise<unknown>[] = [];
    await operations.report(modelMisconfigured("@m", "gone", Date.now()), (work) => void behind.push(work));
    await Promise.all(behind);
    expect(namesOf(operators.received)).toEqual(["model.misconfigured"]);
  });

  it("is reported as often as you like, and sent once", async () => {
    await Promise.all(Array.from({ length: 5 }, () => report()));
    await sweepNow();
    expect(operators.received).toHaveLength(1);
  });

  it("is kept for thirty days, and no more than a bound of them", async () => {
    for (const model of ["@m/1", "@m/2", "@m/3", "@m/4"]) {
      await report(model);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await deleteOldEvents(db, 0, 3);
    expect(await rows()).toHaveLength(3);
    const cleanUp = (now: number) => cleanUpEvents({ ...operations.cleanUp, now: () => now });
    const threeOClock = Math.ceil(Date.now() / DAY_MS) * DAY_MS + 3.5 * HOUR_MS;
    expect(await cleanUp(threeOClock + 28 * DAY_MS)).toBe(0);
    expect(await cleanUp(threeOClock + 30 * DAY_MS + 12 * HOUR_MS)).toBe(0);
    expect(await cleanUp(threeOClock + 31 * DAY_MS)).toBe(3);
  });
});

describe("while D1 is down", () => {
  it("an event is sent directly, once, and a statement that D1 has carried out leads to the same event", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const prepare = env.DB.prepare.bind(env.DB);
    const model = "@m/while-down";
    // The answer is lost: the row is there, and nobody knows.
    const down = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      const statement = prepare(sql);
      const bind = statement.bind.bind(statement);
      statement.bind = (...values) => {
        const bound = bind(...values);
        const run = bound.run.bind(bound);
        bound.run = async () => {
          await run();
          throw new Error("D1 is down");
        };
        return bound;
      };
      return statement;
    });
    await report(model);
    await report(model);
    down.mockRestore();
    expect(operators.received).toHaveLength(1);
    await sweepNow();
    const [direct, swept] = operators.received;
    expect(operators.received).toHaveLength(2);
    expect(swept?.body).toBe(direct?.body);
    expect(swept?.headers.get("webhook-id")).toBe(direct?.headers.get("webhook-id"));
  });

  it("reporting throws nothing, even when the operators' endpoint is down as well", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    operators.answer = () => Promise.reject(new Error("no network"));
    const down = vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1 is down");
    });
    await report("@m/all-down");
    await report("@m/all-down");
    expect(operators.received).toHaveLength(2);
    down.mockRestore();
    expect(logged).toHaveBeenCalled();
  });
});

// The last one: what it resolves is remembered for longer than the other tests last.
describe("an operators' URL whose name leads to a private address", () => {
  it("is not called", async () => {
    vi.restoreAllMocks();
    listenForWebhooks(undefined, () => ["10.0.0.1"]);
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    await report();
    // What earlier tests have resolved is long forgotten.
    skip(20 * DAY_MS);
    await sweepNow();
    expect(operators.received).toHaveLength(0);
    expect(await rows()).toMatchObject([{ status: "waiting", attempts: 1 }]);
  });
});
