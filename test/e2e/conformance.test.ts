import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { LOCAL_ADMIN_TOKEN } from "../../src/cli/local-config.ts";
import { findFreePort } from "../support/node/processes.ts";
import { ROOT, startMorsel } from "../support/node/running-morsel.ts";

const NOT_ALL_HOLD = 1;
const ADMIN = { authorization: `Bearer ${LOCAL_ADMIN_TOKEN}` };

interface Outcome {
  code: unknown;
  stdout: string;
  stderr: string;
}

/** Runs `npm run conformance` against a service. */
const conformance = (origin: string, ...more: string[]): Promise<Outcome> =>
  promisify(execFile)(process.execPath, ["test/conformance/run.ts", "--base-url", origin, ...more], { cwd: ROOT }).then(
    (printed) => ({ code: 0, ...printed }),
    (error: Outcome) => {
      if (error.code !== NOT_ALL_HOLD) throw error as unknown as Error;
      return error;
    },
  );

/** The names of the applications that are still in use. */
async function activeApplications(origin: string): Promise<string[]> {
  const all = await (await fetch(`${origin}/admin/applications`, { headers: ADMIN })).json();
  return (all as { name: string; active: boolean }[]).filter(({ active }) => active).map(({ name }) => name);
}

it("keeps every sentence of the contract, as `npm run conformance` checks it from outside", async () => {
  const { origin } = await startMorsel();
  const { stdout: table } = await conformance(origin);
  const broken = table.split("\n").filter((line) => line.includes("FAILS"));
  expect(broken, table).toEqual([]);
  expect(table).toMatch(/(\d+) of \1 sentences hold\.\s*$/);
  // It leaves nothing behind.
  expect(await activeApplications(origin)).toEqual(["local"]);
}, 240_000);

it("cleans up after sentences that do not hold, too", async () => {
  const { origin } = await startMorsel();
  // A service that breaks in the middle: nothing but applications can be created, read and deleted.
  const half = createServer((request, response) => {
    if (request.url?.startsWith("/admin/applications") === true) void forward(request, response, origin);
    else response.writeHead(500).end();
  }).listen(0, "127.0.0.1");
  await once(half, "listening");
  onTestFinished(() => void half.close());
  const { port } = half.address() as AddressInfo;
  const { code, stdout } = await conformance(`http://127.0.0.1:${port}`, "--only", "rotated");
  expect([code, stdout]).toEqual([1, expect.stringContaining("FAILS")]);
  expect(await activeApplications(origin)).toEqual(["local"]);
}, 120_000);

it("says in one sentence that no service responds, or that the token is wrong", async () => {
  const nobody = `http://127.0.0.1:${await findFreePort()}`;
  const alone = await conformance(nobody);
  expect(alone).toMatchObject({ code: 1, stdout: "" });
  expect(alone.stderr).toBe(
    `No service responds at ${nobody}: start one with \`npm start\`, or name yours with --base-url.\n`,
  );
  const { origin } = await startMorsel();
  const stranger = await conformance(origin, "--admin-token", "a-token-from-elsewhere");
  expect(stranger).toMatchObject({ code: 1, stdout: "" });
  expect(stranger.stderr).toMatch(/^http\S+ does not accept this administrator token .*\n$/);
}, 120_000);

/** Passes a request on, and its response back. */
async function forward(request: IncomingMessage, response: ServerResponse, origin: string): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const { authorization = "" } = request.headers;
  const sent = await fetch(`${origin}${request.url}`, {
    method: request.method ?? "GET",
    headers: { authorization, "content-type": "application/json" },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const type = sent.headers.get("content-type") ?? "text/plain";
  response.writeHead(sent.status, { "content-type": type }).end(await sent.text());
}
