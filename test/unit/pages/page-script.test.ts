import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { PAGE_SCRIPT_FILE, pageScript } from "../../../src/cli/page-script.ts";

// The first use of the bundler and the formatter takes seconds on a busy machine.
it(
  "the script of the try-it page is made of its modules (`npm run page-script` after a change)",
  {
    timeout: 30_000,
  },
  async () => {
    expect(await readFile(PAGE_SCRIPT_FILE, "utf8")).toBe(await pageScript());
  },
);
