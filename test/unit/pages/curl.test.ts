import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readApiDocument } from "../../../src/cli/api-document.ts";
import { curlCommands } from "../../../src/pages/docs/curl.ts";
import { operationsOf } from "../../../src/openapi/api-document.ts";

const ORIGIN = "https://morsel.example.com";
const operations = operationsOf(await readApiDocument(ORIGIN));
const commands = operations.flatMap((operation) =>
  curlCommands(operation, ORIGIN).map(({ text }): [string, string, string] => [
    operation.operationId,
    text,
    operation.method,
  ]),
);

/** What a shell makes of a command: the words that curl would get. Photos are three bytes here. */
function wordsOf(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; base64() { echo AAAA; }; ${command.replaceAll("< photo.jpg", "")}`;
  const run = spawnSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], TOKEN: "t", ADMIN_TOKEN: "a" },
  });
  expect(run.stderr).toBe("");
  return run.stdout.split("\0").slice(0, -1);
}

describe("a command of the documentation", () => {
  it.each(commands)("of %s is what a shell can read", (_, command, method) => {
    const words = wordsOf(command);
    expect(words.find((word) => word.startsWith("https://"))).toMatch(/^https:\/\/morsel\.example\.com\/[^{}]*$/);
    expect(words.includes("-X") ? words[words.indexOf("-X") + 1] : "GET").toBe(method.toUpperCase());
    const body = words.includes("-d") ? words[words.indexOf("-d") + 1] : undefined;
    if (body !== undefined) expect(() => JSON.parse(body) as unknown).not.toThrow();
    if (command.includes("TOKEN")) expect(words).toContainEqual(expect.stringMatching(/^Authorization: Bearer [ta]$/));
  });

  it("takes the photo of a JSON body from a file", () => {
    const upload = commands.find(([id, text]) => id === "uploadImage" && text.includes("-d "))?.[1] ?? "";
    const words = wordsOf(upload);
    expect(JSON.parse(words[words.indexOf("-d") + 1] ?? "")).toEqual({ body: "AAAA" });
  });

  it("shows raw photos once, and a form", () => {
    const uploads = commands.filter(([id]) => id === "uploadImage").map(([, text]) => text);
    expect(uploads.filter((text) => text.includes("--data-binary"))).toHaveLength(1);
    expect(uploads.filter((text) => text.includes("-F image=@photo.jpg"))).toHaveLength(1);
  });
});
