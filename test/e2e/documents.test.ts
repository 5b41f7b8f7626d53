import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { LOCAL_ADMIN_TOKEN } from "../../src/cli/local-config.ts";
import { SAMPLE_RECORD_ID } from "../../src/openapi/samples.ts";
import { sampleWith } from "../support/node/document-samples.ts";
import { documentedCommands, firstSteps } from "../support/node/documented-commands.ts";
import { findFreePort } from "../support/node/processes.ts";
import { ROOT, startMorsel } from "../support/node/running-morsel.ts";
import { waitUntil } from "../support/node/wait-until.ts";

const NEEDED = ["bash", "curl", "openssl", "sed", "base64", "tr"];
const START_MS = 20_000;
const LIMIT_MS = 240_000;
const LOCAL_HMAC_KEY = "local-hmac-key-0123456789";

const isThere = (command: string): boolean => {
  try {
    execFileSync("which", [command]);
    return true;
  } catch {
    return false;
  }
};

const moved = (commands: string, origin: string): string => commands.replaceAll("http://localhost:8787", origin);

const runInShell = (commands: string, { cwd = ROOT, environment = {} }: ShellOptions = {}): string =>
  execFileSync("bash", ["-ec", commands], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });

interface ShellOptions {
  cwd?: string;
  environment?: Record<string, string>;
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "morsel-documents-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A program of the documents that runs until the end of the test. */
function startProgram(file: string, environment: Record<string, string>) {
  const program = spawn(process.execPath, [file], { env: { ...process.env, ...environment } });
  let output = "";
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const ended = once(program, "close").then(([code]) => code as number | null);
  onTestFinished(() => {
    program.kill();
    return ended.then(() => undefined);
  });
  return { output: () => output, ended, isRunning: () => program.exitCode === null };
}

describe.skipIf(!NEEDED.every(isThere))("the first request", () => {
  it.each(["README.md", "docs/using-the-api.md"])("works as %s says, pasted", async (document) => {
    const { origin } = await startMorsel();
    const printed = runInShell(moved(sampleWith(document, "openssl dgst"), origin));
    expect(printed).toMatch(/^HTTP\/1.1 202 /m);
    expect(printed).toMatch(/"record_id":"[0-9a-f-]{36}","status":"pending"/);
  });
});

describe("the client's sample", () => {
  it(
    "runs as docs/using-the-api.md has it, and names the key that it lacks",
    async () => {
      const { origin } = await startMorsel();
      const folder = join(ROOT, "dist/samples");
      mkdirSync(folder, { recursive: true });
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = join(folder, "sample.ts");
      writeFileSync(file, moved(sampleWith("docs/using-the-api.md", "signLogin"), origin));
      const run = (key: Record<string, string>) =>
        execFileSync(process.execPath, [file], {
          cwd: ROOT,
          encoding: "utf8",
          env: { PATH: process.env["PATH"], ...key },
        });
      expect(run({ HMAC_KEY: LOCAL_HMAC_KEY })).toMatch(/^orange \d+$/m);
      expect(() => run({})).toThrow("Set HMAC_KEY to the HMAC key of your application.");
    },
    LIMIT_MS,
  );
});

describe("the receiver of operational events", () => {
  it(
    "takes the test event that docs/operations.md sends, and survives what is broken",
    async () => {
      const port = await findFreePort();
      const file = join(makeFolder(), "receiver.mjs");
      writeFileSync(file, sampleWith("docs/operations.md", "createServer").replace("9999", String(port)));
      const keyless = startProgram(file, { OPERATIONS_WEBHOOK_KEY: "" });
      expect(await keyless.ended).toBe(1);
      expect(keyless.output()).toContain("Set OPERATIONS_WEBHOOK_KEY");

      // The documented commands, apart: they start two programs in the foreground.
      const start = sampleWith("docs/operations.md", "export OPERATIONS_WEBHOOK_KEY");
      const [makeKey = "", ...started] = start.trim().split("\n");
      expect(started).toEqual(["node receiver.mjs &", "OPERATIONS_WEBHOOK_URL=http://localhost:9999/ npm start"]);
      const key = runInShell(`${makeKey}; printf %s "$OPERATIONS_WEBHOOK_KEY"`);
      const receiver = startProgram(file, { OPERATIONS_WEBHOOK_KEY: key });
      const environment = { OPERATIONS_WEBHOOK_KEY: key, OPERATIONS_WEBHOOK_URL: `http://localhost:${port}/` };
      const { origin } = await startMorsel({ environment });

      const broken = connect(port, "localhost");
      await once(broken, "connect");
      broken.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nabc", () => broken.destroy());
      const forged = await fetch(`http://localhost:${port}/`, { method: "POST", body: "{}" });
      expect(forged.status).toBe(401);
      runInShell(moved(sampleWith("docs/operations.md", "admin/operations/test"), origin));
      expect(await waitUntil(() => receiver.output().includes("operations.test"), START_MS)).toBe(true);
      expect(receiver.isRunning()).toBe(true);
    },
    LIMIT_MS,
  );
});

/** What a command may also be answered when it is pasted into a service that has only just been started. */
const OTHER_ANSWERS: Readonly<Record<string, readonly number[]>> = {
  // Analyses take a second, and are over by then; a record that is analyzed again is analyzed only once at a time.
  cancelRecord: [409],
  reanalyzeRecord: [409],
  // The photo is an orange.
  correctIngredient: [409],
  // The examples' own ids of keys, webhooks and jobs.
  deleteKey: [404],
  readDelivery: [404],
  resendDelivery: [404],
  readRecovery: [404],
  readErasureReceipt: [404],
  readReanalysis: [404],
  // A second rotation within the overlap of the first.
  rotateKey: [409],
  // Their endpoints are at example.com, which a machine without the internet cannot look up.
  createApplication: [422, 503],
  changeApplication: [422, 503],
  recoverDeliveries: [409],
  sendTestEvent: [409],
  sendOperationsTest: [409],
};

describe.skipIf(!NEEDED.every(isThere))("the commands of /docs", () => {
  it(
    "are taken by the service that prints them, one after the other, with a real photo",
    async () => {
      const morsel = await startMorsel();
      const page = await (await fetch(`${morsel.origin}/docs`, { headers: { accept: "text/html" } })).text();
      const folder = makeFolder();
      copyFileSync(join(ROOT, "test/samples/orange-large.jpg"), join(folder, "photo.jpg"));
      const steps = runInShell(`${firstSteps(page)}\nprintf '\\nTOKEN=%s' "$TOKEN"`, { cwd: folder });
      const [, token = ""] = /TOKEN=(\S+)$/.exec(steps) ?? [];
      const [, id = ""] = /"record_id":"([^"]+)","status":"pending"/.exec(steps) ?? [];
      const isOver = async () => {
        const headers = { authorization: `Bearer ${token}`, prefer: "wait=30" };
        const record = await fetch(`${morsel.origin}/nutrition_records/${id}`, { headers });
        return ((await record.json()) as { status: string }).status === "completed";
      };
      while (!(await isOver()));

      const commands = documentedCommands(page);
      expect(commands.length).toBeGreaterThan(50);
      const environment = { ADMIN_TOKEN: LOCAL_ADMIN_TOKEN, TOKEN: token };
      // The record, and then the token, are needed by the others.
      const LAST = ["deleteRecord", "revokeTokens"];
      const ordered = commands.toSorted((one, other) => LAST.indexOf(one.operation) - LAST.indexOf(other.operation));
      const wrong: string[] = [];
      for (const { operation, command } of ordered) {
        const status = "curl() { command curl -sS -o answer -w '%{http_code}' \"$@\"; }";
        const text = `${status}\n${command.replaceAll(SAMPLE_RECORD_ID, id)}`;
        const code = Number(runInShell(text, { cwd: folder, environment }).slice(-3));
        const others = OTHER_ANSWERS[operation] ?? [];
        if (!(code >= 200 && code < 300) && !others.includes(code)) wrong.push(`${operation}: ${code}`);
      }
      expect(wrong).toEqual([]);
    },
    LIMIT_MS,
  );
});
