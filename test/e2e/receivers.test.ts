import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import { describe, expect, it, onTestFinished } from "vitest";
import { signWebhook } from "../../src/webhooks/signature.ts";
import { machineNode } from "../support/node/built-client.ts";
import { ROOT } from "../support/node/running-morsel.ts";
import { waitUntil } from "../support/node/wait-until.ts";

const OLD_KEY = "receiver-old-key-0123456789";
const KEY = "receiver-new-key-0123456789";
const KEYS = `${KEY},${OLD_KEY}`;
const START_MS = 20_000;
const EXPIRED_SECONDS = 301;

/** An example that runs, and what it has printed of the records that it took. */
interface Receiver {
  url: string;
  taken: () => string[];
}

const recordsIn = (text: string): string[] => text.match(/^(?:completed|failed): .*$/gm) ?? [];

/** Runs an example as its first lines say, in the machine's own Node. */
const launch = (file: string, keys: string) =>
  spawn(machineNode(), [join("examples/receivers", file)], {
    cwd: ROOT,
    env: { ...process.env, PORT: "0", MORSEL_WEBHOOK_KEYS: keys },
  });

async function startProgram(file: string): Promise<Receiver> {
  const program = launch(file, KEYS);
  let output = "";
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  onTestFinished(async () => {
    program.kill();
    await once(program, "close");
  });
  const port = () => /listening on (\d+)/.exec(output)?.[1];
  if (!(await waitUntil(() => port() !== undefined, START_MS))) throw new Error(`${file}: ${output}`);
  return { url: `http://localhost:${port()}/`, taken: () => recordsIn(output) };
}

async function startWorker(file: string, keys = KEYS): Promise<Receiver> {
  const config = {
    name: "receiver",
    main: `examples/receivers/${file}`,
    compatibility_date: "2026-10-23",
    vars: { MORSEL_WEBHOOK_KEYS: keys },
  };
  const harness = createTestHarness({ root: ROOT, workers: [{ config }] });
  onTestFinished(() => harness.close());
  const { url } = await harness.listen();
  const printed = () => harness.getLogs().map(({ message }) => message);
  return { url: String(url), taken: () => printed().flatMap((message) => recordsIn(message)) };
}

const body = JSON.stringify({ record_id: "r1", status: "completed", dish_name: "crème brûlée 🍮" });
const nowSeconds = () => Math.floor(Date.now() / 1000);
const sign = async (
  eventId: string,
  { key = KEY, timestamp = nowSeconds() } = {},
): Promise<Record<string, string>> => ({
  ...(await signWebhook({ keys: [key], eventId, timestamp, body })),
});

describe.each([
  ["plain Node", () => startProgram("node.mjs")],
  ["Express", () => startProgram("express.mjs")],
  ["Hono", () => startWorker("hono.ts")],
])("the receiver in %s", (_, start) => {
  it("takes what is genuine, once, and refuses what is forged or old", async () => {
    const { url, taken } = await start();
    const deliver = async (headers: Record<string, string>, sent = body) => {
      const init = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: sent };
      const response = await fetch(url, init);
      return [response.status, await response.text()];
    };

    const genuine = await sign("evt_1");
    expect(await deliver(genuine)).toEqual([204, ""]);
    expect(await deliver(await sign("evt_2", { key: OLD_KEY }))).toEqual([204, ""]);
    expect(await deliver(genuine)).toEqual([200, "seen already"]);
    expect(await deliver(await sign("evt_1", { timestamp: nowSeconds() - 5 }))).toEqual([200, "seen already"]);

    expect(await deliver(await sign("evt_3", { key: "somebody-elses-key" }))).toEqual([401, "wrong_signature"]);
    expect(await deliver(await sign("evt_3"), body.replace("crème", "creme"))).toEqual([401, "wrong_signature"]);
    expect(await deliver({ ...(await sign("evt_3")), "webhook-id": "evt_4" })).toEqual([401, "wrong_signature"]);
    const old = await sign("evt_5", { timestamp: nowSeconds() - EXPIRED_SECONDS });
    expect(await deliver(old)).toEqual([401, "timestamp_off"]);
    const { "x-body-signature": stripped = "" } = old;
    expect(await deliver({ "x-body-signature": stripped })).toEqual([401, "missing_signature"]);
    expect(await deliver({})).toEqual([401, "missing_signature"]);
    const [status] = await deliver(await sign("evt_6"), "x".repeat(2 * 1024 * 1024));
    expect(status).toBe(413);

    // A request that breaks off is no reason to end.
    const broken = connect(Number(new URL(url).port), "localhost");
    await once(broken, "connect");
    broken.write("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\nabc", () => broken.destroy());
    await once(broken, "close");
    for (const init of [{ method: "GET" }, { method: "POST" }]) {
      const { status: refused } = await fetch(url, init);
      expect([401, 404]).toContain(refused);
    }
    expect(await deliver(await sign("evt_7"))).toEqual([204, ""]);

    const line = "completed: crème brûlée 🍮";
    expect(await waitUntil(() => taken().length >= 3, 2_000)).toBe(true);
    expect(taken()).toEqual([line, line, line]);
  });
});

describe("a receiver without a key", () => {
  it.each(["node.mjs", "express.mjs"])("says at once which setting it lacks, and ends: %s", async (file) => {
    for (const keys of ["", ","]) {
      const program = launch(file, keys);
      let output = "";
      program.stderr.on("data", (chunk) => (output += String(chunk)));
      const [code] = (await once(program, "close")) as [number];
      expect([code, output]).toEqual([
        1,
        "Set MORSEL_WEBHOOK_KEYS to the webhook signature key of your application.\n",
      ]);
    }
  });

  it("accepts nothing as a Worker", async () => {
    const { url } = await startWorker("hono.ts", "");
    const response = await fetch(url, { method: "POST", headers: await sign("evt_1"), body });
    expect([response.status, await response.text()]).toEqual([500, "The receiver has no key."]);
  });
});

describe("npm ci", () => {
  it("builds the client that the receivers import", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(scripts["prepare"]).toBe("npm run build:client");
  });
});
