import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULTS_PER_MINUTE } from "../../../src/applications/rate-limits.ts";
import { DEFAULT_STORAGE } from "../../../src/applications/storage-limits.ts";
import { FREE_FAILURES } from "../../../src/limits/guesses.ts";
import {
  ATTEMPT_TIMEOUT_MS,
  DEFAULT_PHOTO_RETENTION_DAYS,
  DELIVERY_RETENTION_DAYS,
  hours,
  IDEMPOTENCY_KEY_LIFETIME_SECONDS,
  LOGIN_TOLERANCE_SECONDS,
  kilobytes,
  MAX_APPLICATION_ID,
  MAX_BASE64_LENGTH,
  MAX_BODY_BYTES,
  MAX_FIELD_ERRORS,
  MAX_FIELDS,
  MAX_FOOD_NAME_LENGTH,
  MAX_HEADER_LENGTH,
  MAX_IDEMPOTENCY_KEY_LENGTH,
  MAX_INGREDIENTS,
  MAX_JSON_DEPTH,
  MAX_JSON_ENTRIES,
  MAX_METADATA_BYTES,
  MAX_METADATA_PAIRS,
  MAX_OPTIONS_BYTES,
  MAX_PAGE_ENTRIES,
  MAX_PHOTO_BYTES,
  MAX_PIXELS,
  MAX_PROBLEM_BYTES,
  MAX_SERVING,
  MAX_TEXT_LENGTH,
  MAX_URL_LENGTH,
  MAX_USAGE_DAYS,
  MAX_USER_ID_LENGTH,
  MAX_WAIT_SECONDS,
  megabytes,
  millions,
  MIN_SIDE_PIXELS,
  OPERATIONS_EVENT_RETENTION_DAYS,
  PHOTO_FETCH_TIMEOUT_MS,
  seconds,
  TOKEN_LIFETIME_SECONDS,
} from "../../../src/bounds.ts";
import { DOCUMENTS } from "../../support/node/document-samples.ts";
import { ROOT } from "../../support/node/running-morsel.ts";

const MAX_README_LINES = 150;

const textOf = (document: string): string => readFileSync(join(ROOT, document), "utf8");

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

const anchorsOf = (document: string): string[] =>
  [...textOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

/** Links to files of the repository, as `[path, anchor]`. */
const linksOf = (document: string): [string, string][] =>
  [...textOf(document).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path = "", anchor = ""]) => [
    path === "" ? document : join(dirname(document), path),
    anchor,
  ]);

describe("the documents", () => {
  it.each(DOCUMENTS)("%s leads nowhere in vain", (document) => {
    const broken = linksOf(document).filter(
      ([path, anchor]) =>
        !existsSync(join(ROOT, path)) || (anchor !== "" && path.endsWith(".md") && !anchorsOf(path).includes(anchor)),
    );
    expect(broken).toEqual([]);
  });

  it("begin with a README that is read in a few minutes", () => {
    expect(textOf("README.md").split("\n").length).toBeLessThanOrEqual(MAX_README_LINES);
  });

  it("are all found from the README", () => {
    const linked = new Set(linksOf("README.md").map(([path]) => path));
    expect(DOCUMENTS.filter((document) => document !== "README.md" && !linked.has(document))).toEqual([]);
  });
});

const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };

describe("the npm commands that a document names", () => {
  it.each(DOCUMENTS)("exist, in %s", (document) => {
    const named = [...textOf(document).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

/** Files of the source or the tests that a document names in code, as from the root or as from `src`. */
const filesNamedIn = (document: string): string[] =>
  [...textOf(document).matchAll(/`((?:[\w-]+\/)+[\w-]+\.(?:tsx?|mjs|sql))`/g)].map(([, path = ""]) => path);

describe("the files that a document names", () => {
  it.each(DOCUMENTS.filter((document) => document !== "CHANGELOG.md"))("exist, in %s", (document) => {
    const missing = filesNamedIn(document).filter(
      (path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, "src", path)),
    );
    expect(missing).toEqual([]);
  });
});

it("the tests that docs/security.md names exist", () => {
  const named = [...textOf("docs/security.md").matchAll(/`((?:test|examples)\/[\w./-]+)`/g)].map(
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe("the bounds in docs/using-the-api.md", () => {
  const lines = textOf("docs/using-the-api.md").split("\n");
  const table = lines.slice(lines.indexOf("## Bounds") + 4, lines.indexOf("## The client") - 1);

  it("are those of the program", () => {
    const side = String(MIN_SIDE_PIXELS);
    const number = (value: number): string => value.toLocaleString("en-US");
    expect(table).toEqual([
      `| photo | ${megabytes(MAX_PHOTO_BYTES)}, as base64 ${megabytes(MAX_BASE64_LENGTH)}; ${side}×${side} to ${millions(MAX_PIXELS)} pixels |`,
      `| options around a photo | ${kilobytes(MAX_OPTIONS_BYTES)} |`,
      `| any other body: JSON, or a form of the console | ${kilobytes(MAX_BODY_BYTES)} |`,
      `| JSON | ${MAX_JSON_DEPTH} levels deep; ${MAX_JSON_ENTRIES} entries in a list or an object; no name \`__proto__\` |`,
      `| parts of a form | ${MAX_FIELDS} |`,
      `| path and query of a URL | ${number(MAX_URL_LENGTH)} characters |`,
      `| a header, its name included | ${number(MAX_HEADER_LENGTH)} characters |`,
      `| an error | ${MAX_FIELD_ERRORS} entries in \`errors\`; ${kilobytes(MAX_PROBLEM_BYTES)} |`,
      `| id of an application | a number up to ${number(MAX_APPLICATION_ID)} |`,
      `| id of a user | ${MAX_USER_ID_LENGTH} characters of \`A-Z a-z 0-9 - _ .\`, but not \`.\` or \`..\` |`,
      `| meal in words | ${number(MAX_TEXT_LENGTH)} characters |`,
      `| name of a dish or an ingredient | ${MAX_FOOD_NAME_LENGTH} characters |`,
      `| ingredients of a meal entered manually | ${MAX_INGREDIENTS} |`,
      `| size of a portion | 0.01 to ${number(MAX_SERVING.g)} g or ml, ${number(MAX_SERVING.kcal)} kcal |`,
      `| \`metadata\` | ${MAX_METADATA_PAIRS} pairs of text, ${number(MAX_METADATA_BYTES)} bytes as JSON |`,
      `| time | RFC 3339 with an offset, years 0000 to 9999 |`,
      `| what a user stores, by default | ${number(DEFAULT_STORAGE.user_records)} records, ${DEFAULT_STORAGE.user_bytes / 1e9} GB of photos |`,
      `| uploads and manual entries of a user, by default | ${DEFAULTS_PER_MINUTE.user_uploads_per_minute} a minute |`,
      `| requests of a user, by default | ${number(DEFAULTS_PER_MINUTE.user_requests_per_minute)} a minute |`,
      `| wrong secrets from one network | ${FREE_FAILURES}, then each one doubles a wait of 1 second, up to a minute |`,
      `| \`Idempotency-Key\` | ${MAX_IDEMPOTENCY_KEY_LENGTH} characters, remembered for ${hours(IDEMPOTENCY_KEY_LIFETIME_SECONDS)} |`,
      `| access token | ${hours(TOKEN_LIFETIME_SECONDS)} |`,
      `| timestamp of a login | ${LOGIN_TOLERANCE_SECONDS} seconds off at most |`,
      `| entries of a page | ${MAX_PAGE_ENTRIES} |`,
      `| a response that waits | ${MAX_WAIT_SECONDS} seconds |`,
      `| the server of a \`body_url\` | ${seconds(PHOTO_FETCH_TIMEOUT_MS)} |`,
      `| a webhook endpoint | ${seconds(ATTEMPT_TIMEOUT_MS)} |`,
      `| deliveries | kept for ${DELIVERY_RETENTION_DAYS} days |`,
      `| operational events | kept for ${OPERATIONS_EVENT_RETENTION_DAYS} days |`,
      `| photos, by default | kept for ${DEFAULT_PHOTO_RETENTION_DAYS} days |`,
      `| time range of a usage report | ${MAX_USAGE_DAYS} days |`,
    ]);
  });
});
