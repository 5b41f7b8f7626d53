import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  accessibilityProblems,
  CHROMIUM,
  COLOR_SCHEMES,
  IN_CHROMIUM,
  launchBrowser,
  openPage,
} from "../support/e2e/browser.ts";
import { sendWebhooksTo } from "../support/node/demo-user.ts";
import { ROOT, startMorsel } from "../support/node/running-morsel.ts";
import { startWebhookReceiver } from "../support/node/webhook-receiver.ts";

const LIMIT_MS = 180_000;
/** What a page may weigh without its photos. */
const MAX_PAGE_BYTES = 100_000;
const ORANGE = join(ROOT, "test/samples/orange.jpg");

let browser: Browser;

const energyOf = async (page: Page): Promise<number> => Number(await page.textContent("[data-energy]"));
/** The page of a finished record; the analysis takes its time on a busy machine. */
const untilResult = (page: Page) => page.waitForSelector("[data-result]", { timeout: 60_000 });
const openAll = async (page: Page): Promise<void> => {
  for (const summary of await page.locator("main summary").all()) await summary.click();
};

describe.skipIf(CHROMIUM === null)(`the try-it page ${IN_CHROMIUM}`, () => {
  beforeAll(async () => void (browser = await launchBrowser()));
  afterAll(() => browser.close());

  it(
    "uploads a photo, shows it live until it is complete, and takes corrections",
    async () => {
      const receiver = await startWebhookReceiver();
      onTestFinished(receiver.close);
      const morsel = await startMorsel();
      await sendWebhooksTo(morsel, receiver.url);
      const page = await openPage(browser);
      await page.goto(morsel.origin);
      // Every text that was said while the photo was on its way, however short it stood there.
      await page.evaluate(() => {
        const said = ((globalThis as { said?: Set<string> }).said = new Set<string>());
        const listen = () => {
          said.add(document.querySelector("main [data-now]")?.textContent ?? "");
          said.add(document.querySelector<HTMLElement>("main [data-step=uploading]")?.dataset["note"] ?? "");
        };
        const everything = { attributes: true, childList: true, subtree: true, characterData: true };
        new MutationObserver(listen).observe(document.body, everything);
      });
      const network = await page.context().newCDPSession(page);
      const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 50_000 };
      await network.send("Network.emulateNetworkConditions", slow);
      await page.setInputFiles("#photo", ORANGE);
      await untilResult(page);
      await network.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
      const said = await page.evaluate(() => [...((globalThis as { said?: Set<string> }).said ?? [])]);
      expect(said).toEqual(expect.arrayContaining(["Uploading the photo", "Recognizing the food"]));
      const sent = said.filter((text) => text.endsWith(" kB")).map((text) => Number.parseInt(text, 10));
      expect(sent.length).toBeGreaterThan(2);
      expect(sent).toEqual(sent.toSorted((a, b) => a - b));
      expect(new URL(page.url()).pathname).toMatch(/^\/try\/records\/[0-9a-f-]{36}$/);
      expect(await page.title()).toBe("orange · Morsel");
      expect(await page.locator("main table tbody tr:not(.group)").count()).toBe(29);
      expect(await page.locator(".boxes").getAttribute("aria-label")).toBe("Marked: 3 × orange");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");

      const before = await energyOf(page);
      const grams = Number(await page.inputValue("[name=serving_size]"));
      await page.fill("[name=serving_size]", String(grams / 2));
      await page.press("[name=serving_size]", "Enter");
      await page.waitForFunction(
        (energy) => document.querySelector("[data-energy]")?.textContent !== energy,
        String(before),
      );
      expect(Math.abs((await energyOf(page)) - before / 2)).toBeLessThanOrEqual(1);

      for (const _ of [1, 2, 3]) await page.click('[aria-label^="10 g more"]');
      const size = grams / 2 + 30;
      await page.waitForFunction(
        (wanted) =>
          document.querySelector("main table")?.previousElementSibling?.textContent?.startsWith(`For ${wanted} g`),
        Math.round(size),
      );
      expect(await page.getAttribute(":focus", "aria-label")).toMatch(/^10 g more/);

      await page.click("text=Something else?");
      const alternative = page.locator(".alternatives button").first();
      const name = ((await alternative.textContent()) ?? "").replace(/ \d+ % match$/, "");
      await alternative.click();
      await page.waitForFunction((wanted) => document.querySelector(".ingredient h3")?.textContent === wanted, name);
      expect(await page.textContent(".source")).toContain("USDA SR Legacy");

      await page.waitForSelector("#webhook:not([data-awaited])", { state: "attached" });
      await openAll(page);
      const id = page.url().split("/").at(-1) ?? "";
      const { body } = await receiver.webhookAbout(id, 10_000);
      expect(await page.textContent("#webhook")).toContain(body.toString());
      expect(await page.textContent("#request")).toContain("curl 'http");

      await page.reload();
      expect(await page.textContent("h1")).toBe(name);
      await page.click("text=Delete this one");
      expect(new URL(page.url()).pathname).toBe(`/try/records/${id}`);
      await page.click("text=Delete permanently");
      await page.waitForURL(`${morsel.origin}/`);
      expect((await page.goto(`${morsel.origin}/try/records/${id}`))?.status()).toBe(404);
    },
    LIMIT_MS,
  );

  it(
    "says in words what failed, takes drops and pastes, and follows a record that it finds under way",
    async () => {
      const morsel = await startMorsel();
      const page = await openPage(browser);
      await page.goto(morsel.origin);
      await page.click("text=No food at all");
      await untilResult(page);
      expect(await page.textContent("main .lead")).toMatch(/^No food was found/);
      expect(await page.locator("main .headline li").count()).toBeGreaterThan(0);

      await page.goto(morsel.origin);
      await page.setInputFiles("#photo", {
        name: "notes.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("an apple"),
      });
      await page.waitForSelector("main > .trouble");
      expect(await page.textContent("h1")).toBe("The photo is not a JPEG, PNG or WebP");
      expect(await page.getAttribute("main [data-code]", "href")).toBe("/problems/unsupported_format");

      for (const [title, name] of Object.entries({
        Pizza: "pizza",
        Bananas: "banana",
        Donuts: "donut",
        Apples: "apple",
      })) {
        await page.goto(morsel.origin);
        await page.click(`text=${title}`);
        await untilResult(page);
        expect((await page.textContent("h1"))?.toLowerCase()).toContain(name);
      }

      const bytes = [...(await readFile(ORANGE))];
      for (const kind of ["drop", "paste"] as const) {
        await page.goto(morsel.origin);
        await page.evaluate(
          ([type, photo]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(photo)], "orange.jpg", { type: "image/jpeg" }));
            const init = { bubbles: true, cancelable: true };
            document.body.dispatchEvent(
              type === "drop"
                ? new DragEvent("drop", { ...init, dataTransfer: data })
                : new ClipboardEvent("paste", { ...init, clipboardData: data }),
            );
          },
          [kind, bytes] as const,
        );
        // Whoever reloads early meets it under way, or finished: both end in the same result.
        await page.waitForURL("**/try/records/*");
        await page.reload();
        await untilResult(page);
        expect(await page.textContent("h1")).toBe("orange");
      }
    },
    LIMIT_MS,
  );

  it(
    "calls a lost connection that, and goes on by itself: the upload once, the analysis, and corrections",
    async () => {
      const morsel = await startMorsel();
      const page = await openPage(browser);
      const lost = page.getByText("Connection lost");
      const keys: (string | undefined)[] = [];
      page.on("request", (request) => {
        if (request.url().endsWith("/image") || request.url().includes("/image?"))
          if (request.method() === "POST") keys.push(request.headers()["idempotency-key"]);
      });
      /** Whatever matches is cut off until the function that this returns is called. */
      const cut = async (what: RegExp): Promise<() => Promise<void>> => {
        await page.route(what, (route) => route.abort("internetdisconnected"));
        return () => page.unroute(what);
      };

      await page.goto(morsel.origin);
      const upload = await cut(/\/nutrition_records\/image/);
      await page.setInputFiles("#photo", ORANGE);
      await lost.waitFor();
      await page.context().setOffline(true);
      await upload();
      await page.context().setOffline(false);
      const resume = await cut(/\/nutrition_records\/[0-9a-f-]{36}(\/(events|status))?$/);
      await page.waitForURL("**/try/records/*");
      await lost.waitFor();
      await resume();
      await untilResult(page);
      expect(await page.textContent("h1")).toBe("orange");
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(1);

      const energyChangesFrom = (before: number) =>
        page.waitForFunction((was) => document.querySelector("[data-energy]")?.textContent !== was, String(before));
      let before = await energyOf(page);
      await page.context().setOffline(true);
      await page.click('[aria-label^="10 g more"]');
      await page.getByText("Connection lost. The change is sent when it is back.").waitFor();
      await page.context().setOffline(false);
      await energyChangesFrom(before);
      expect(await page.locator(".complaint").count()).toBe(0);

      before = await energyOf(page);
      const show = await cut(/\/try\/records\/[0-9a-f-]{36}$/);
      await page.click('[aria-label^="10 g more"]');
      await page.getByText("The change was saved. It is shown here when the connection is back.").waitFor();
      await show();
      await energyChangesFrom(before);
      expect(await page.locator(".complaint").count()).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    "says of a food that it does not know that it does not, and of an amount that was entered that it was",
    async () => {
      const morsel = await startMorsel();
      const page = await openPage(browser);
      await page.goto(morsel.origin);
      await page.click("text=Oranges");
      await untilResult(page);
      const facts = page.locator(".headline");
      expect(await facts.textContent()).toMatch(/probably [\d,]+ to [\d,]+ kcal/);
      await page.fill("[name=serving_size]", "150");
      await page.press("[name=serving_size]", "Enter");
      await facts.getByText("for the amounts that you entered").waitFor();

      await page.click("text=Something else?");
      await page.getByLabel("A different name").fill("zorblaxqu");
      await page.getByRole("button", { name: "Look up" }).click();
      await facts.getByText("It is not in the food table, and not counted.").waitFor();
      const text = (await facts.textContent()) ?? "";
      for (const wrong of ["exact", "quite sure", "100 %", "for the amounts"]) expect(text).not.toContain(wrong);
      expect(await page.locator(".complaint").count()).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    "is accessible in both schemes on both widths, light to load, and moves nothing while it loads",
    async () => {
      const morsel = await startMorsel();
      for (const colorScheme of COLOR_SCHEMES) {
        for (const width of [1280, 390]) {
          const page = await openPage(browser, { colorScheme, viewport: { width, height: 844 } });
          const weighed: Promise<number>[] = [];
          page.on("response", (response) => {
            const isPhoto = response.headers()["content-type"]?.startsWith("image/jpeg");
            if (isPhoto) return;
            weighed.push(
              response.body().then(
                (body) => body.length,
                () => 0,
              ),
            );
          });
          const weight = async (): Promise<number> => (await Promise.all(weighed.splice(0))).reduce((a, b) => a + b, 0);
          await page.goto(morsel.origin, { waitUntil: "networkidle" });
          const bytes = await weight();
          expect(bytes).toBeGreaterThan(1_000);
          expect(bytes).toBeLessThan(MAX_PAGE_BYTES);
          const shift = await page.evaluate(
            () =>
              new Promise<number>((resolve) => {
                new PerformanceObserver((list) => {
                  resolve(
                    list
                      .getEntries()
                      .reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0),
                  );
                }).observe({ type: "layout-shift", buffered: true });
                setTimeout(() => resolve(0), 300);
              }),
          );
          expect(shift).toBe(0);
          expect(await accessibilityProblems(page)).toEqual([]);
          await page.click("text=Oranges");
          await untilResult(page);
          await openAll(page);
          expect(await accessibilityProblems(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
          weighed.length = 0;
          await page.reload({ waitUntil: "networkidle" });
          expect(await weight()).toBeLessThan(MAX_PAGE_BYTES);
        }
      }
    },
    LIMIT_MS,
  );

  it(
    "works without a script: upload, result, correction",
    async () => {
      const morsel = await startMorsel();
      const page = await openPage(browser, { javaScriptEnabled: false });
      await page.goto(morsel.origin);
      await page.setInputFiles("#photo", ORANGE);
      await page.click("text=Analyze it");
      await untilResult(page);
      expect(await page.textContent("h1")).toBe("orange");
      const before = await energyOf(page);
      await page.fill("[name=serving_size]", "1000");
      await page.click("text=Change");
      await page.waitForLoadState();
      expect(await energyOf(page)).not.toBe(before);
    },
    LIMIT_MS,
  );
});
