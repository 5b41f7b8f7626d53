import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** One violation of each layer rule: where it is planted, and what is wrong there. */
const PLANTED: [string, string][] = [
  ["src/records/transitions.ts", 'import { Hono } from "hono";\nexport const app = new Hono();\n'],
  ["src/webhooks/outbox.ts", 'import { eq } from "drizzle-orm";\nexport const same = eq;\n'],
  ["src/nutrition/matching.ts", 'import { env } from "cloudflare:workers";\nexport const bindings = env;\n'],
  ["src/webhooks/schedule.ts", 'import { proxyDurable } from "itty-durable";\nexport const proxy = proxyDurable;\n'],
  [
    "src/analysis/consumer.ts",
    'import { recordRoutes } from "../routes/records.ts";\nexport const routes = recordRoutes;\n',
  ],
  ["src/routes/records.ts", 'import { eq } from "drizzle-orm";\nexport const same = eq;\n'],
  ["src/db/records.ts", 'import { Hono } from "hono";\nexport const app = new Hono();\n'],
  ["src/client/photo.ts", 'import { ok } from "../result.ts";\nexport const fine = ok;\n'],
  ["src/client/morsel.ts", 'import { z } from "zod";\nexport const schema = z;\n'],
  ["src/analysis/job.ts", "export const read = (bucket: R2Bucket): R2Bucket => bucket;\n"],
  ["src/intake/store.ts", "export const run = (ai: Ai): Ai => ai;\n"],
  ["src/records/sweep.ts", "export const query = (db: D1Database): D1Database => db;\n"],
];

/** The same imports where they belong: these must pass, or the rules would only forbid everything. */
const ALLOWED: [string, string][] = [
  ["src/client/pages.ts", 'import { encodeText } from "./hmac.ts";\nexport const encode = encodeText;\n'],
  ["src/routes/health.ts", 'import { Hono } from "hono";\nexport const app = new Hono();\n'],
  ["src/db/foods.ts", 'import { eq } from "drizzle-orm";\nexport const same = eq;\n'],
  ["src/photos/photo-store.ts", "export const read = (bucket: R2Bucket): R2Bucket => bucket;\n"],
];

const root = new URL("../..", import.meta.url).pathname;
let folder: string;
let complaints: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "morsel-layers-"));
  for (const [path, text] of [...PLANTED, ...ALLOWED]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const config = join(root, ".config/oxlint.json");
  const run = spawnSync(join(root, "node_modules/.bin/oxlint"), ["-c", config, "--format", "json", folder], {
    encoding: "utf8",
    cwd: root,
  });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
  complaints = diagnostics
    .filter(({ code }) => /no-restricted-(imports|types)/.test(code))
    .map(({ filename }) => filename.slice(filename.indexOf("src/")));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the linter", () => {
  it.each(PLANTED)("refuses a wrong import or type in %s", (path) => {
    expect(complaints).toContain(path);
  });

  it.each(ALLOWED)("allows the same in %s, where it belongs", (path) => {
    expect(complaints).not.toContain(path);
  });
});
