import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { ROOT, startMorsel } from "../support/node/running-morsel.ts";

const NOT_ALL_HOLD = 1;

/** Runs `npm run conformance` against a service; the table that it prints. */
const conformance = (origin: string): Promise<string> =>
  promisify(execFile)(process.execPath, ["test/conformance/run.ts", "--base-url", origin], { cwd: ROOT }).then(
    ({ stdout }) => stdout,
    (error: { code: unknown; stdout: string }) => {
      if (error.code !== NOT_ALL_HOLD) throw error as unknown as Error;
      return error.stdout;
    },
  );

it("keeps every sentence of the contract, as `npm run conformance` checks it from outside", async () => {
  const { origin } = await startMorsel();
  const table = await conformance(origin);
  const broken = table.split("\n").filter((line) => line.includes("FAILS"));
  expect(broken, table).toEqual([]);
  expect(table).toMatch(/(\d+) of \1 sentences hold\.\s*$/);
}, 240_000);
