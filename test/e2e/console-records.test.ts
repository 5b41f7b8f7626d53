import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { LOCAL_ADMIN_TOKEN } from "../../src/cli/local-config.ts";
import {
  accessibilityProblems,
  CHROMIUM,
  COLOR_SCHEMES,
  IN_CHROMIUM,
  launchBrowser,
  openPage,
} from "../support/e2e/browser.ts";
import { sendWebhooksTo, uploadOrange } from "../support/node/demo-user.ts";
import { startMorsel } from "../support/node/running-morsel.ts";
import { startWebhookReceiver } from "../support/node/webhook-receiver.ts";

const PATIENCE_MS = 60_000;
const PHONE = { width: 390, height: 844 };

async function signIn(page: Page, origin: string, to: string): Promise<void> {
  await page.goto(`${origin}${to}`);
  await page.locator("input[name=token]").fill(LOCAL_ADMIN_TOKEN);
  await page.locator("main button").click();
  await page.waitForURL(`${origin}${to}`);
}

/** What is wrong with a page: what axe-core says, and whether it is wider than the screen. */
async function problemsOf(page: Page): Promise<string[]> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [...(overflow > 0 ? [`it is ${overflow} pixels too wide`] : []), ...(await accessibilityProblems(page))];
}

describe.skipIf(CHROMIUM === null)(`the console's pages of records ${IN_CHROMIUM}`, () => {
  it("let an administrator find a failing webhook, send it again, and see it arrive", async () => {
    const receiver = await startWebhookReceiver();
    onTestFinished(receiver.close);
    const morsel = await startMorsel();
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    receiver.answerWith(503, "we are moving house");
    await sendWebhooksTo(morsel, receiver.url);
    const id = await uploadOrange(morsel);
    await receiver.webhookAbout(id, PATIENCE_MS);

    const page = await openPage(browser);
    await signIn(page, morsel.origin, "/console/records");
    await page.getByLabel("Record or user").fill(id.slice(0, 13));
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("link", { name: "orange" }).click();
    await page.getByRole("link", { name: "Webhook attempt 1" }).waitFor({ timeout: PATIENCE_MS });
    const photo = page.locator("img.photo");
    await expect
      .poll(() => photo.evaluate(({ naturalWidth }: HTMLImageElement) => naturalWidth), { timeout: PATIENCE_MS })
      .toBeGreaterThan(0);
    expect(await page.getByText("Model call: @local/centernet-coco").count()).toBe(1);

    await page.getByRole("link", { name: "Webhook attempt 1" }).click();
    await page.getByText("The response to attempt 1").click();
    expect(await page.getByText("we are moving house").first().isVisible()).toBe(true);
    receiver.answerWith(204);
    await page.getByRole("button", { name: "Resend now" }).click();
    await page.getByText(/^Resent: 204/).waitFor({ timeout: PATIENCE_MS });
    expect(receiver.bodiesAbout(id).length).toBeGreaterThanOrEqual(2);
    expect(await page.locator(".title .badge").textContent()).toBe("delivered");

    const pages = [
      "/console/records",
      "/console/records?q=nobody",
      `/console/records/${id}`,
      "/console/deliveries",
      new URL(page.url()).pathname,
      "/console/usage?range=day",
      "/console/usage?range=quarter",
    ];
    for (const colorScheme of COLOR_SCHEMES) {
      for (const viewport of [null, PHONE]) {
        const visitor = await openPage(browser, { colorScheme, ...(viewport !== null && { viewport }) });
        await signIn(visitor, morsel.origin, "/console/usage");
        for (const path of pages) {
          await visitor.goto(`${morsel.origin}${path}`);
          for (const fold of await visitor.locator("summary").all()) await fold.click();
          expect(await problemsOf(visitor), `${path}, ${colorScheme}`).toEqual([]);
        }
      }
    }
  }, 240_000);

  it("recover what did not arrive, without a script, and show how far it is", async () => {
    const receiver = await startWebhookReceiver();
    onTestFinished(receiver.close);
    const morsel = await startMorsel();
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    // 410 gives an event up at once.
    receiver.answerWith(410);
    await sendWebhooksTo(morsel, receiver.url);
    const id = await uploadOrange(morsel);
    await receiver.webhookAbout(id, PATIENCE_MS);
    receiver.answerWith(204);

    const page = await openPage(browser, { javaScriptEnabled: false });
    await signIn(page, morsel.origin, "/console/deliveries?application_id=1&status=exhausted");
    await expect
      .poll(async () => (await page.reload(), page.locator("a.name[href*=evt_]").count()), {
        timeout: PATIENCE_MS,
        interval: 500,
      })
      .toBe(1);
    await page.locator("summary", { hasText: "Redeliver" }).click();
    await page.getByRole("button", { name: "Redeliver now" }).click();
    await page.getByText("1 requeued").waitFor({ timeout: PATIENCE_MS });
    await page.getByRole("link", { name: "View deliveries" }).click();
    await expect
      .poll(async () => (await page.reload(), page.locator("td .badge", { hasText: "delivered" }).count()), {
        timeout: PATIENCE_MS,
        interval: 500,
      })
      .toBe(1);
    expect(receiver.bodiesAbout(id)).toHaveLength(2);
  }, 240_000);
});
