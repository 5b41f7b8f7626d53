import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import { describe, expect, it, onTestFinished } from "vitest";
import { signWebhook } from "../../src/webhooks/signature.ts";
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

async function startProgram(file: string): Promise<Receiver> {
  const program = spawn(process.execPath, [join(ROOT, "examples/receivers", file)], {
    env: { ...process.env, PORT: "0", MORSEL_WEBHOOK_KEYS: KEYS },
  });
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

async function startWorker(file: string): Promise<Receiver> {
  const config = {
    name: "receiver",
    main: `examples/receivers/${file}`,
    compatibility_date: "2026-10-23",
    vars: { MORSEL_WEBHOOK_KEYS: KEYS },
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

    const line = "completed: crème brûlée 🍮";
    expect(await waitUntil(() => taken().length >= 2, 2_000)).toBe(true);
    expect(taken()).toEqual([line, line]);
  });
});
