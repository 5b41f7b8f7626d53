import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, startMorsel } from "../support/node/running-morsel.ts";

const NEEDED = ["bash", "curl", "openssl", "sed"];

const isThere = (command: string): boolean => {
  try {
    execFileSync("which", [command]);
    return true;
  } catch {
    return false;
  }
};

/** The block of shell commands in a document that has this text in it. */
function blockWith(document: string, text: string): string {
  const blocks = [...readFileSync(join(ROOT, document), "utf8").matchAll(/^```sh\n(.*?)^```$/gms)];
  const found = blocks.map(([, block = ""]) => block).find((block) => block.includes(text));
  if (found === undefined) throw new Error(`${document} has no commands with "${text}"`);
  return found;
}

describe.skipIf(!NEEDED.every(isThere))("the first request", () => {
  it.each(["README.md", "docs/using-the-api.md"])("works as %s says, pasted", async (document) => {
    const { origin } = await startMorsel();
    const commands = blockWith(document, "openssl dgst").replaceAll("http://localhost:8787", origin);
    const printed = execFileSync("bash", ["-ec", commands], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(printed).toMatch(/^HTTP\/1.1 202 /m);
    expect(printed).toMatch(/"record_id":"[0-9a-f-]{36}","status":"pending"/);
  });
});
