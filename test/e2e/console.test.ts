import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  accessibilityProblems,
  CHROMIUM,
  COLOR_SCHEMES,
  IN_CHROMIUM,
  launchBrowser,
  openPage,
} from "../support/e2e/browser.ts";
import { startMorsel } from "../support/node/running-morsel.ts";

const PHONE = { width: 390, height: 844 };

/** An endpoint that answers every webhook with a word. */
async function startEndpoint(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(202, { "content-type": "text/plain" }).end("thank you");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

/** Nobody is kept from reading the page, in either scheme, and nothing of it is wider than the window. */
async function expectGood(page: Page): Promise<void> {
  for (const colorScheme of COLOR_SCHEMES) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page), `${page.url()} ${colorScheme}`).toEqual([]);
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, page.url()).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

/** Presses an act that asks first. */
const unfold = (page: Page, act: string): Promise<void> =>
  page.locator(`summary:text("${act}"), summary[aria-label^="${act}"]`).first().click();

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/console`);
  await page.getByLabel("Administrator token").fill("local-admin-token");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Applications" }).waitFor();
}

describe.skipIf(CHROMIUM === null)(`the console ${IN_CHROMIUM}`, () => {
  it("takes an administrator from signing in to a tested webhook, a new key and the audit log", async () => {
    const [morsel, hook, browser] = await Promise.all([startMorsel(), startEndpoint(), launchBrowser()]);
    onTestFinished(() => browser.close());
    const page = await openPage(browser, { permissions: ["clipboard-read", "clipboard-write"] });

    await page.goto(`${morsel.origin}/console/audit`);
    await expectGood(page);
    await page.getByLabel("Administrator token").fill("not the token");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await expectGood(page);
    await page.getByLabel("Administrator token").fill("local-admin-token");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/console\/audit$/);
    await expectGood(page);

    await page.getByRole("link", { name: "Applications" }).click();
    await expectGood(page);
    await page.getByRole("link", { name: "New application" }).click();
    await expectGood(page);
    await page.getByLabel("Name").fill("Lunchbox");
    await page.getByLabel("Webhook URL").fill("http://example.com/hook");
    await page.getByRole("button", { name: "Create application" }).click();
    await page.getByText("This URL").waitFor();
    await expectGood(page);
    expect(await page.getByLabel("Webhook URL").getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("Webhook URL").fill(hook);
    await page.getByRole("button", { name: "Create application" }).click();

    const hmacKey = await page.getByLabel("HMAC key").inputValue();
    await page.getByRole("button", { name: "Copy" }).first().click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(hmacKey);
    await expectGood(page);

    await page.getByRole("link", { name: "Continue to its settings" }).click();
    const address = page.url();
    await page.getByRole("button", { name: "Send a test event" }).click();
    await page.getByText("The endpoint responded 202").waitFor();
    await page.getByText("thank you").waitFor();
    expect(page.url()).toBe(address);
    await expectGood(page);

    expect(await page.getByRole("button", { name: "Rotate the HMAC key" }).isVisible()).toBe(false);
    await unfold(page, "Rotate the HMAC key");
    await expectGood(page);
    await page.getByRole("button", { name: "Rotate the HMAC key" }).dblclick();
    await page.getByRole("heading", { name: "New HMAC key" }).waitFor();
    const newKey = await page.getByLabel("HMAC key").inputValue();
    expect(newKey).not.toBe(hmacKey);
    await expectGood(page);
    await page.reload();
    await page.getByText("Nothing was changed: the keys have changed").waitFor();
    expect(await page.content()).not.toContain(newKey);
    await page.getByText("expires in 24 hours").waitFor();
    await unfold(page, "Revoke");
    await expectGood(page);
    await page.goto(address);
    await page.getByText("expires in 24 hours").waitFor();
    expect(await page.content()).not.toContain(newKey);
    await expectGood(page);

    await page.getByRole("link", { name: "Audit log of this application" }).click();
    expect(await page.getByRole("row").allInnerTexts()).toEqual([
      expect.stringContaining("When"),
      expect.stringContaining("Rotated a key"),
      expect.stringContaining("Sent a test event"),
      expect.stringContaining("Created an application"),
    ]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    await expectGood(page);
  }, 180_000);

  it("does all of that on a phone, without script", async () => {
    const [morsel, hook, browser] = await Promise.all([startMorsel(), startEndpoint(), launchBrowser()]);
    onTestFinished(() => browser.close());
    const scriptless = await openPage(browser, { javaScriptEnabled: false, viewport: PHONE });
    const reader = await openPage(browser, { viewport: PHONE });

    await signIn(scriptless, morsel.origin);
    await scriptless.getByRole("link", { name: "local" }).click();
    await scriptless.getByLabel("Webhook URL").fill(hook);
    await scriptless.getByLabel("updated").check();
    await scriptless.getByRole("button", { name: "Save" }).click();
    await scriptless.getByText("Saved.").waitFor();
    await scriptless.getByRole("button", { name: "Send a test event" }).click();
    await scriptless.getByText("The endpoint responded 202").waitFor();
    await scriptless.getByText("thank you").waitFor();
    await unfold(scriptless, "Rotate the Webhook signature key");
    await scriptless.getByLabel("Overlap of both keys").last().selectOption("7 days");
    await scriptless.getByRole("button", { name: "Rotate the Webhook signature key" }).click();
    expect(await scriptless.getByLabel("Webhook signature key").inputValue()).toMatch(/^[\w-]{43}$/);
    expect(await scriptless.getByRole("button", { name: "Copy" }).count()).toBe(0);
    await scriptless.getByRole("link", { name: "Back to local" }).click();
    await unfold(scriptless, "Revoke");
    await scriptless.getByText("rotate again before then").waitFor();
    await unfold(scriptless, "Deactivate");
    await scriptless.getByRole("button", { name: "Deactivate now" }).click();
    await scriptless.getByText("The application is inactive.").waitFor();

    await signIn(reader, morsel.origin);
    for (const path of [
      "/console",
      "/console/applications/new",
      "/console/applications/1",
      "/console/audit",
      "/console/operations",
      "/console/x",
    ]) {
      await reader.goto(`${morsel.origin}${path}`);
      await expectGood(reader);
    }

    await scriptless.getByLabel("To delete it").fill("local");
    await scriptless.getByRole("button", { name: "Delete permanently" }).click();
    await scriptless.getByText("Application 1 is deleted").waitFor();
    await reader.goto(scriptless.url());
    await expectGood(reader);
  }, 180_000);
});
