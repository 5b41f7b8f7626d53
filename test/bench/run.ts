/** `npm run bench`: the service against Workers that do only what cannot be left out, on this machine, now. */
import { rmSync, writeFileSync } from "node:fs";
import type { Bench } from "./bench.ts";
import { measureLatency, measurePipeline } from "./chain.ts";
import { describeMachine } from "./machine.ts";
import { measureAnalysisMemory } from "./analysis-memory.ts";
import { measureMemory } from "./memory.ts";
import { parseOptions, USAGE, type BenchOptions, type Topic } from "./options.ts";
import { measureNeighbors } from "./neighbors.ts";
import { measurePolls } from "./polls.ts";
import { formatTable, isMet, soloRow, type Row } from "./report.ts";
import { makeStateRoot } from "./servers.ts";
import { measureUploads } from "./uploads.ts";
import { buildService } from "./workers.ts";
import { isWrkInstalled } from "./wrk.ts";

const MAX_BUNDLE_KILOBYTES = 1000;

const MEASUREMENTS: Record<Topic, (bench: Bench) => Row[] | Promise<Row[]>> = {
  uploads: measureUploads,
  polls: measurePolls,
  latency: measureLatency,
  pipeline: measurePipeline,
  neighbors: measureNeighbors,
  memory: measureMemory,
  "analysis-memory": measureAnalysisMemory,
  bundle: ({ service }) => [
    soloRow("deployed bundle, gzipped", "kB", service.gzippedBytes / 1000, MAX_BUNDLE_KILOBYTES),
  ],
};

const COUNTED_ELSEWHERE = "A cached poll asks no storage: test/worker/budget.test.ts counts that.";

const NEEDS_WRK: ReadonlySet<Topic> = new Set(["uploads", "polls", "neighbors"]);

async function run({ rounds, seconds, topics, jsonFile }: BenchOptions): Promise<void> {
  const stateRoot = makeStateRoot();
  process.on("exit", () => rmSync(stateRoot, { recursive: true, force: true }));
  process.on("SIGINT", () => process.exit(130));
  const service = await buildService(stateRoot);
  const rows: Row[] = [];
  for (const topic of topics) rows.push(...(await MEASUREMENTS[topic]({ service, rounds, seconds, stateRoot })));
  const machine = describeMachine();
  const method = `Medians of ${rounds} interleaved rounds of ${seconds} s; "of rounds": lowest and highest ratio of one.`;
  const notes = [method, "own CPU: service minus floor.", COUNTED_ELSEWHERE, `${Object.values(machine).join(", ")}.`];
  process.stdout.write(`\n${formatTable(rows)}\n\n${notes.join("\n")}\n`);
  if (jsonFile === null) return;
  const report = { machine, rounds, seconds, rows: rows.map((line) => ({ ...line, met: isMet(line) })) };
  writeFileSync(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
}

const options = parseOptions(process.argv.slice(2));
if (options === null) {
  process.stderr.write(`Usage: ${USAGE}\n`);
  process.exitCode = 1;
} else if (options.topics.some((topic) => NEEDS_WRK.has(topic)) && !isWrkInstalled()) {
  process.stderr.write("The load comes from wrk, which is not installed: apt-get install wrk (or brew install wrk).\n");
  process.exitCode = 1;
} else {
  await run(options);
}
