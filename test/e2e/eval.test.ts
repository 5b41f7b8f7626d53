import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { ROOT } from "../support/node/running-morsel.ts";

const run = promisify(execFile);

async function evaluate(...args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), "morsel-eval-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [json, html] = [join(folder, "report.json"), join(folder, "report.html")];
  const { stdout } = await run("npm", ["run", "-s", "eval", "--", ...args, "--json", json, "--html", html], {
    cwd: ROOT,
  });
  return { stdout, report: JSON.parse(await readFile(json, "utf8")), html: await readFile(html, "utf8") };
}

describe("npm run eval", () => {
  it("computes the sample meals from their ingredients nearly as USDA does", async () => {
    const { stdout, report, html } = await evaluate("--meals", "test/samples/meals.csv");

    expect(report.rows).toHaveLength(70);
    expect(report.errors.kcal.pmae).toBeLessThan(0.03);
    expect(report.matchedGrams).toBeGreaterThan(0.99);
    expect(stdout).toContain("energy, PMAE");
    expect(html).toContain("<svg");
  });

  it("recognizes what the embedded detector knows, and gives no wrong name to the rest", async () => {
    const { report, html } = await evaluate("--photos", "test/samples");

    expect(report.recognition).toMatchObject({ photosWithFood: 8, recallSame: 7 / 8, precision: 1 });
    expect(report.recognition).toMatchObject({ wrongName: 0, falsePositives: 0 });
    expect(html).not.toMatch(/src=|href=/);
  });

  it("says what to do when there is nothing to evaluate", async () => {
    const failed = await evaluate("--photos", "nowhere").catch((error: { code: number; stderr: string }) => error);

    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("nowhere does not exist: pass a CSV file"),
    });
  });
});
