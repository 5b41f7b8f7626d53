import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { format, type FormatOptions } from "oxfmt";

const ENTRY = new URL("../pages/try/browser/main.ts", import.meta.url);

/** The file with the script of the try-it page. */
export const PAGE_SCRIPT_FILE = new URL("../pages/try/script.ts", import.meta.url);

const HEADER = "// Made by `npm run page-script` from the modules in `browser/`. Do not edit.";

/** What that file should have in it: the browser's modules and the client as one script, small enough to be sent at once. */
export async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY.pathname],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    // The client reads files by their path in Node; no page gets there.
    external: ["node:fs/promises"],
    legalComments: "none",
  });
  const text = `${HEADER}\n\nexport const TRY_SCRIPT = ${JSON.stringify(outputFiles[0]?.text)};\n`;
  const config = await readFile(new URL("../../.config/oxfmt.json", import.meta.url), "utf8");
  const { code, errors } = await format("script.ts", text, JSON.parse(config) as FormatOptions);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return code;
}
