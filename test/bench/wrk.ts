import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export interface Load {
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: Uint8Array;
  connections: number;
  seconds: number;
  /** Answers above 399 are part of what is measured. */
  mayBeRefused?: boolean;
}

/** wrk's own timeout of 2 s would count a slow answer as none. */
const TIMEOUT_SECONDS = 30;

export const isWrkInstalled = (): boolean => spawnSync("wrk", ["--version"]).error === undefined;

/** JSON's string syntax is Lua's too, for the ASCII that headers and paths consist of. */
const lua = (value: string): string => JSON.stringify(value);

function writeScript(load: Load, dir: string): string {
  const headers = Object.entries(load.headers).map(([name, value]) => `wrk.headers[${lua(name)}] = ${lua(value)}`);
  const bodyFile = join(dir, "wrk-body");
  if (load.body !== undefined) writeFileSync(bodyFile, load.body);
  const body = `local file = io.open(${lua(bodyFile)}, "rb"); wrk.body = file:read("*all"); file:close()`;
  const script = `
    wrk.method = ${lua(load.method)}
    ${headers.join("\n")}
    ${load.body === undefined ? "" : body}
    function done(summary)
      local e = summary.errors
      io.write(string.format("\\nDONE %d %d %d", summary.requests, summary.duration,
        e.connect + e.read + e.write + e.timeout${load.mayBeRefused === true ? "" : " + e.status"}))
    end`;
  const file = join(dir, "wrk.lua");
  writeFileSync(file, script);
  return file;
}

/** Sends the same request over and over from one thread. Throws when an answer is missing, or above 399 and not expected to be. */
export async function runWrk(load: Load, dir: string): Promise<{ requests: number; requestsPerSecond: number }> {
  const connections = ["--threads", "1", "--connections", String(load.connections)];
  const times = ["--duration", `${load.seconds}s`, "--timeout", `${TIMEOUT_SECONDS}s`];
  const wrk = spawn("wrk", [...connections, ...times, "--script", writeScript(load, dir), load.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = await Promise.all([text(wrk.stdout), once(wrk, "exit")]);
  const [, requests, microseconds, errors] = /DONE (\d+) (\d+) (\d+)/.exec(output) ?? [];
  if (errors !== "0") throw new Error(`${load.method} ${load.url}: ${errors ?? "all"} requests failed\n${output}`);
  return { requests: Number(requests), requestsPerSecond: Number(requests) / (Number(microseconds) / 1e6) };
}
