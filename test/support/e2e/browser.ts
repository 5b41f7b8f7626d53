import { execFileSync } from "node:child_process";
import axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function findBrowser(): string | null {
  for (const name of NAMES) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // The next name may be on PATH.
    }
  }
  return null;
}

/** The path of a Chromium or Chrome on PATH; null when there is none. */
export const CHROMIUM = findBrowser();

/** What the title of a suite says, so that a run without a browser tells what it has left out. */
export const IN_CHROMIUM =
  CHROMIUM === null ? "in Chromium (SKIPPED: no chromium or google-chrome on PATH)" : "in Chromium";

/** Starts Chromium, which the end of the test (or of `beforeAll`'s suite, by `close`) ends. */
export async function launchBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error(`none of ${NAMES.join(", ")} is on PATH`);
  // Containers give Chromium neither a sandbox of its own nor much shared memory; it opens our own pages only.
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** A page in a profile of its own, closed at the end of the test; a script's error there fails the test. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const errors: string[] = [];
  context.on("weberror", (error) => errors.push(String(error.error())));
  onTestFinished(async () => {
    await context.close();
    if (errors.length > 0) throw new Error(`a page's script failed: ${errors.join("; ")}`);
  });
  return context.newPage();
}

/** What axe-core finds wrong with a page, each as `rule: selectors`; all of its rules, the best practices included. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: browserAxe } = globalThis as unknown as { axe: typeof axe };
    return (await browserAxe.run(document)).violations.map(({ id, nodes }) => ({
      id,
      targets: nodes.map(({ target }) => target.join(" ")),
    }));
  });
  return violations.map(({ id, targets }) => `${id}: ${targets.join(", ")}`);
}

/** Both color schemes, for pages that must be good in either. */
export const COLOR_SCHEMES = ["light", "dark"] as const;
