import type { Bench } from "./bench.ts";
import { cpuMicroseconds } from "./process-usage.ts";
import { row, soloRow, type Row } from "./report.ts";
import { takeTurns, type Turn } from "./rounds.ts";
import { settle, type Server } from "./servers.ts";
import { runWrk, type Load } from "./wrk.ts";

/** A request that both sides answer, but for the origin and the length of the turn. */
type SharedLoad = Omit<Load, "url" | "seconds"> & { path: string; successStatus: number };

/** The service beside the bare Worker that answers the same requests. */
export interface Contest {
  name: string;
  floor: Server;
  service: Server;
  load: SharedLoad;
  /** What a request may cost the service above the floor, microseconds of CPU. */
  maxOwnMicroseconds: number;
}

/** The service may take this much longer than the bare Worker. */
const LEAST_RATIO = 0.85;

const loadTurn =
  (bench: Bench, server: Server, load: SharedLoad): Turn<"rate" | "cpu"> =>
  async () => {
    const url = `${server.origin}${load.path}`;
    const cpuBefore = cpuMicroseconds(server.pid);
    const { requests, requestsPerSecond } = await runWrk({ ...load, url, seconds: bench.seconds }, bench.stateRoot);
    await settle();
    return { rate: requestsPerSecond, cpu: (cpuMicroseconds(server.pid) - cpuBefore) / requests };
  };

/** wrk counts any answer below 400, a redirect or an empty one just as well. */
async function expectSuccess(server: Server, load: SharedLoad): Promise<void> {
  const { path, successStatus, method, headers, body } = load;
  const response = await fetch(`${server.origin}${path}`, {
    method,
    headers,
    ...(body && { body: new Uint8Array(body) }),
  });
  if (response.status !== successStatus)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

/**
 * Compares how many requests a second floor and service answer, and what CPU time of the whole server each takes; then
 * stops both. The service's own CPU is what it takes above the floor: V8's profiler cannot tell it, because all Workers
 * of a workerd share one thread and each is shown the others' time.
 */
export async function compareUnderLoad(bench: Bench, contest: Contest): Promise<Row[]> {
  const { name, floor, service, load } = contest;
  for (const server of [floor, service]) await expectSuccess(server, load);
  const compare = await takeTurns(name, bench.rounds, loadTurn(bench, floor, load), loadTurn(bench, service, load));
  await Promise.all([floor.stop(), service.stop()]);
  const cpu = compare("cpu");
  return [
    row(name, "req/s", compare("rate"), { of: "ratio", bound: "≥", value: LEAST_RATIO }),
    row(`${name}: CPU`, "µs/req", cpu, { of: "ratio", bound: "≤", value: 1 / LEAST_RATIO }),
    soloRow(`${name}: own CPU`, "µs/req", cpu.service - cpu.floor, contest.maxOwnMicroseconds),
  ];
}
