import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { findFreePort } from "../support/node/processes.ts";
import {
  killLauncher,
  launchMorsel,
  pressCtrlC,
  ROOT,
  type RunningMorsel,
  startMorsel,
} from "../support/node/running-morsel.ts";
import { waitUntil } from "../support/node/wait-until.ts";

const STOP_PATIENCE_MS = 5000;

/** What it printed itself: npm begins with the names of the package and the script. */
const ownOutput = (morsel: RunningMorsel): string => morsel.output().replace(/^\s*(> .*\n)+\n/, "");

let stateDir: string;
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "morsel-"));
});
afterAll(() => rm(stateDir, { recursive: true }));

/** A system on the state that all tests of this file share, so that only the first one makes the database. */
const startShared = (): Promise<RunningMorsel> => startMorsel({ stateDir });

describe("npm start, when it cannot start", () => {
  it("says in one sentence that the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };

    const morsel = await launchMorsel({ stateDir, port });

    expect(await morsel.ended).toBe(1);
    expect(ownOutput(morsel)).toBe(
      `Port ${port} is in use by another program: stop it, or choose another port with \`PORT=9000 npm start\`.\n`,
    );
  });

  it.each(["abc", "0", "70000", "-1", "80.5"])("says in one sentence that %s is no port", async (port) => {
    const morsel = await launchMorsel({ stateDir, port });

    expect(await morsel.ended).toBe(1);
    expect(ownOutput(morsel)).toBe(`PORT must be a whole number from 1 to 65535, not "${port}".\n`);
  });

  it("says in one sentence that the state is another running system's", async () => {
    await startShared();

    const second = await launchMorsel({ stateDir });

    expect(await second.ended).toBe(1);
    expect(ownOutput(second)).toMatch(/^Morsel is already running on .*: stop it first, or .*\.\n$/);
  });
});

describe("npm start, on a new machine", () => {
  it("makes its database though somebody asks for its health and its records all the while", async () => {
    const port = await findFreePort();
    const over = new AbortController();
    onTestFinished(() => over.abort());
    const keepAsking = async (path: string): Promise<void> => {
      while (!over.signal.aborted) {
        const headers = { authorization: "Bearer local-admin-token" };
        await fetch(`http://localhost:${port}${path}`, { headers, signal: AbortSignal.timeout(1_000) }).catch(
          () => undefined,
        );
        await sleep(20);
      }
    };
    for (const path of ["/healthz", "/admin/applications"]) void keepAsking(path);

    await expect(startMorsel({ port })).resolves.toMatchObject({ port });
  }, 150_000);
});

describe("npm start, once it is ready", () => {
  it("prints lines that upload a photo and read its record when they are pasted into a shell", async () => {
    const morsel = await startShared();
    const lines = morsel.output().matchAll(/^ {2}(?:ID=|curl .*\$ID$).*$/gm);

    const response = execFileSync("sh", ["-c", [...lines].join("\n")], { cwd: ROOT, encoding: "utf8" });

    const [id, record = ""] = response.split("\n");
    expect(JSON.parse(record)).toMatchObject({ record_id: id, application_user_id: "demo" });
  });

  it.each([
    ["Ctrl-C", pressCtrlC],
    ["a signal to npm alone", stopNpm],
    ["kill -9 of the launcher", killLauncher],
  ])("leaves no process and no port behind after %s", async (_how, stop) => {
    const morsel = await startShared();
    const processes = morsel.processes();

    await stop(morsel);

    expect(await waitUntil(() => !processes.some(({ pid }) => isAlive(pid)), STOP_PATIENCE_MS)).toBe(true);
    expect(await findFreePort(morsel.port)).toBe(morsel.port);
  });

  it("ends without a word when Ctrl-C is pressed", async () => {
    const morsel = await startShared();
    const printed = morsel.output();

    await pressCtrlC(morsel);

    expect(morsel.output()).toBe(printed);
  });
});

function stopNpm(morsel: RunningMorsel): Promise<number | null> {
  process.kill(morsel.npmPid, "SIGTERM");
  return morsel.ended;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
