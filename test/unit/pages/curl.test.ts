import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { signLogin, type Login } from "../../../src/client/index.ts";
import { readApiDocument } from "../../../src/cli/api-document.ts";
import { curlCommands } from "../../../src/pages/docs/curl.ts";
import { operationsOf } from "../../../src/openapi/api-document.ts";

const ORIGIN = "https://morsel.example.com";
/** A real photo is as large as this. */
const PHOTO = Buffer.alloc(3_000_000, "food");
const folder = mkdtempSync(join(tmpdir(), "morsel-curl-"));
writeFileSync(join(folder, "photo.jpg"), PHOTO);
afterAll(() => rmSync(folder, { recursive: true }));

const operations = operationsOf(await readApiDocument(ORIGIN));
const commands = operations.flatMap((operation) =>
  curlCommands(operation, ORIGIN).map(({ text }): [string, string, string] => [
    operation.operationId,
    text,
    operation.method,
  ]),
);

/**
 * What a shell makes of a command: the words that curl would get, and behind them what it reads from its input. The
 * photo is larger than a command line may be.
 */
function wordsOf(command: string): string[] {
  const curl = `curl() { for word in "$@"; do printf '%s\\0' "$word"; [ "$word" != @- ] || { cat; printf '\\0'; }; done; }`;
  const run = spawnSync("sh", ["-c", `${curl}\n${command}`], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], TOKEN: "t", ADMIN_TOKEN: "a" },
    maxBuffer: 4 * PHOTO.length,
  });
  expect(run.stderr).toBe("");
  return run.stdout.split("\0").slice(0, -1);
}

/** The JSON that a command sends; undefined for one that sends none. */
function jsonOf(words: string[]): string | undefined {
  if (words.includes("@-")) return words.at(-1);
  return words.includes("-d") ? words[words.indexOf("-d") + 1] : undefined;
}

describe("a command of the documentation", () => {
  it.each(commands)("of %s is what a shell can read", (_, command, method) => {
    const words = wordsOf(command);
    expect(words.find((word) => word.startsWith("https://"))).toMatch(/^https:\/\/morsel\.example\.com\/[^{}]*$/);
    expect(words.includes("-X") ? words[words.indexOf("-X") + 1] : "GET").toBe(method.toUpperCase());
    const body = jsonOf(words);
    if (body !== undefined) expect(() => JSON.parse(body) as unknown).not.toThrow();
    if (command.includes("TOKEN")) expect(words).toContainEqual(expect.stringMatching(/^Authorization: Bearer [ta]$/));
  });

  it("takes the photo of a JSON body from a file", () => {
    const upload = commands.find(([id, text]) => id === "uploadImage" && text.includes("base64"))?.[1] ?? "";
    expect(JSON.parse(jsonOf(wordsOf(upload)) ?? "")).toEqual({ body: PHOTO.toString("base64") });
  });

  it("signs a login with a time when it is sent", async () => {
    const login = commands.find(([id, text]) => id === "logIn" && text.includes("TIMESTAMP"))?.[1] ?? "";
    const sent = JSON.parse(jsonOf(wordsOf(login)) ?? "") as Login;
    const { timestamp = 0 } = sent;
    expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(60);
    const signed = { applicationId: 1, userId: "ada", hmacKey: "local-hmac-key-0123456789", timestamp };
    expect(sent).toEqual(await signLogin(signed));
  });

  it("names each thing by an id of its own kind", () => {
    const ids = commands.flatMap(([, text]) => /\/admin\/applications\/([^\s?]+)/.exec(text)?.[1]?.split("/") ?? []);
    expect(ids).not.toContain("1");
    for (const id of ["4711", "hmac", "ada"]) expect(ids).toContain(id);
    expect(ids.filter((id) => id.startsWith("evt_")).length).toBeGreaterThan(0);
  });

  it("shows raw photos once, and a form", () => {
    const uploads = commands.filter(([id]) => id === "uploadImage").map(([, text]) => text);
    expect(uploads.filter((text) => text.includes("--data-binary"))).toHaveLength(1);
    expect(uploads.filter((text) => text.includes("-F image=@photo.jpg"))).toHaveLength(1);
  });
});
