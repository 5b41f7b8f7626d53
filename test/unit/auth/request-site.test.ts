import { expect, it } from "vitest";
import { isFromAnotherSite } from "../../../src/auth/request-site.ts";

const OWN = ["https://morsel.test", "https://morsel.team.workers.dev"];

it.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ "sec-fetch-site": "same-origin", origin: "https://morsel.test" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ origin: "https://morsel.team.workers.dev" }, false],
  [{ "sec-fetch-site": "cross-site", origin: "https://evil.test" }, true],
  [{ "sec-fetch-site": "cross-site" }, true],
  [{ "sec-fetch-site": "same-site", origin: "https://other.morsel.test" }, true],
  [{ "sec-fetch-site": "same-origin", origin: "https://evil.test" }, true],
  [{ origin: "https://morsel.test:8443" }, true],
  [{ origin: "http://morsel.test" }, true],
  [{ origin: "null" }, true],
])("tells whose request has the headers %j", (headers, foreign) => {
  expect(isFromAnotherSite(new Headers(headers), OWN)).toBe(foreign);
});
