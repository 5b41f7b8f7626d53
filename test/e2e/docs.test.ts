import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import {
  accessibilityProblems,
  CHROMIUM,
  COLOR_SCHEMES,
  IN_CHROMIUM,
  launchBrowser,
  openPage,
} from "../support/e2e/browser.ts";
import { startMorsel } from "../support/node/running-morsel.ts";

describe.skipIf(CHROMIUM === null)(`the documentation ${IN_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it("is accessible in both schemes on both widths, with every fold open, and no wider than the window", async () => {
    const { origin } = await startMorsel();
    for (const colorScheme of COLOR_SCHEMES) {
      for (const width of [1280, 390]) {
        const page = await openPage(browser, { colorScheme, viewport: { width, height: 844 } });
        for (const path of ["/docs", "/problems", "/problems/version_mismatch"]) {
          await page.goto(`${origin}${path}`, { waitUntil: "networkidle" });
          await page.evaluate(() => {
            for (const fold of document.querySelectorAll("details")) fold.open = true;
          });
          expect(await accessibilityProblems(page), `${path} ${colorScheme} ${width}`).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }
      }
    }
  }, 120_000);

  it("finds a call by a word, without asking the service again", async () => {
    const { origin } = await startMorsel();
    const page = await openPage(browser);
    await page.goto(`${origin}/docs`, { waitUntil: "networkidle" });
    await page.context().setOffline(true);
    await page.fill("#search", "reanalyze");
    await page.waitForFunction(() => document.querySelector("[data-count]")?.textContent !== "");
    expect(await page.locator("#reanalyzeRecord").isVisible()).toBe(true);
    expect(await page.locator("#eraseUser").isVisible()).toBe(false);
  }, 60_000);
});
