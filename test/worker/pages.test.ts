import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { PROBLEMS } from "../../src/problems/problem-kinds.ts";
import { OPERATIONS } from "../../src/routes/openapi.ts";
import { call } from "../support/worker/tenant.ts";

const BROWSER = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
const open = (path: string): Promise<Response> => call(path, { headers: BROWSER });
const everyMatch = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? "");

const PAGES = ["/", "/docs", "/problems", "/problems/not_found"];

describe.each(PAGES)("the page %s", (path) => {
  let response: Response;
  let html: string;
  beforeAll(async () => {
    response = await open(path);
    html = await response.text();
  });

  it("is HTML, in one language, with a title, one main part and one first heading", () => {
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toMatch(/<title>[^<]+ · Morsel<\/title>/);
    for (const once of ["<main", "<h1", "<header", 'class="skip" href="#content"']) {
      expect(html.split(once)).toHaveLength(2);
    }
  });

  it("works offline, and runs nothing that this service did not send", () => {
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https:|\*/);
    expect(html).not.toMatch(/<style|style="|<script(?! src=)| on\w+="/);
    for (const source of everyMatch(html, /<(?:link|script|img)[^>]*(?:href|src)="([^"]*)"/g)) {
      expect(source).toMatch(/^\/assets\//);
    }
  });

  it("leads nowhere in vain", async () => {
    const targets = new Set(everyMatch(html, /href="([^"]*)"/g).concat(everyMatch(html, /src="([^"]*)"/g)));
    const ids = everyMatch(html, / id="([^"]*)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    for (const target of targets) {
      if (target.startsWith("#")) expect(ids).toContain(target.slice(1));
      else expect((await open(target)).status, target).toBe(200);
    }
  });
});

describe("the documentation for people", () => {
  it("has every operation with its path", async () => {
    const html = await (await open("/docs")).text();
    for (const { id, path, summary } of OPERATIONS) {
      expect(html).toContain(`<h3 id="${id}">`);
      expect(html).toContain(`<code>${path}</code>`);
      expect(html).toContain(summary.replaceAll("'", "&#39;"));
    }
  });

  it("names the address that it is read under", async () => {
    const html = await (await createApp().fetch(new Request("https://elsewhere.test/docs"), env)).text();
    expect(html).toContain("curl -X POST https://elsewhere.test/nutrition_records/image");
    expect(html).not.toMatch(/morsel\.test|\.invalid/);
  });
});

describe("the page of an error", () => {
  it.each(Object.keys(PROBLEMS))("%s is HTML for browsers and text for others", async (code) => {
    const [page, text] = [await open(`/problems/${code}`), await call(`/problems/${code}`)];
    expect(page.headers.get("vary")).toBe("Accept");
    expect(await page.text()).toContain(`<code>${code}</code>`);
    expect(text.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await text.text()).toContain(`"code": "${code}"`);
  });

  it("is on the list of all", async () => {
    const [html, text] = [await (await open("/problems")).text(), await (await call("/problems")).text()];
    for (const code of Object.keys(PROBLEMS)) {
      expect(html).toContain(`href="/problems/${code}"`);
      expect(text).toContain(code);
    }
  });

  it("is a 404 where there is no such error", async () => {
    expect((await open("/problems/toString")).status).toBe(404);
  });
});
