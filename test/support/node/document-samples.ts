import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./running-morsel.ts";

/** A fenced block of a document. */
export interface Sample {
  document: string;
  /** What stands behind its fence; empty for a drawing. */
  language: string;
  text: string;
}

/** Every Markdown document of the repository, as from its root. */
export const DOCUMENTS: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

export const samplesOf = (document: string): Sample[] =>
  [...readFileSync(join(ROOT, document), "utf8").matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
    ([, language = "", text = ""]) => ({ document, language, text }),
  );

/** The one sample of a document that has this text in it. */
export function sampleWith(document: string, text: string): string {
  const found = samplesOf(document).filter((sample) => sample.text.includes(text));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${document} has ${found.length} samples with "${text}"`);
  return only.text;
}

/** Which test runs the shell commands of a document, by a text in them … */
export const RUN_BY: Readonly<Record<string, string>> = {
  "npm ci && npm start": "test/e2e/start.test.ts: `npm start`, and every test of this project `npm test`",
  "openssl dgst": "test/e2e/documents.test.ts",
  "export OPERATIONS_WEBHOOK_KEY": "test/e2e/documents.test.ts, on free ports",
  "admin/operations/test": "test/e2e/documents.test.ts",
  "npm run conformance -- --base-url": "test/e2e/conformance.test.ts",
  "npm run eval -- --photos photos/": "test/e2e/eval.test.ts, with the repository's own photos and meals",
};

/** … or why none does. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "npx wrangler login": "needs a Cloudflare account",
  "d1 time-travel": "needs a Cloudflare account",
  "npm run import-foods -- sr-legacy --remote":
    "needs USDA's download and an account; test/unit/cli/import-foods.test.ts imports a folder of the same form",
  "npm run mutation": "is an overview: each command is run by its maintainers, and takes up to hours",
};
