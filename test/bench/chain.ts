import { listenForArrivals, type Arrivals } from "./arrivals.ts";
import { PHOTO_BYTES, type Bench } from "./bench.ts";
import { asRaw, photoOf } from "./photo.ts";
import { cpuMicroseconds } from "./process-usage.ts";
import { row, soloRow, type Row } from "./report.ts";
import { median, takeTurns, type Turn } from "./rounds.ts";
import { settle, startServer, type Server } from "./servers.ts";
import { moveIn } from "./tenant.ts";
import { createUploader, type Uploader } from "./uploader.ts";
import { chainFloor, wholeService } from "./workers.ts";

const MAX_LATENCY_RATIO = 1.3;
const LEAST_THROUGHPUT_RATIO = 0.7;
/** What a tuned Fastify, BullMQ, Redis and PostgreSQL need on a machine with two cores, by the number in flight. */
const LATENCY_TARGETS_MS = { 1: 10, 50: 160 } as const;

/** Records of one turn, for each second that a turn is meant to last. */
const PIPELINE_RECORDS_A_SECOND = 60;
const PIPELINE_CONNECTIONS = 16;

/** One side of the chain from an upload to its webhook. */
interface Chain {
  server: Server;
  uploader: Uploader;
  arrivals: Arrivals;
}

/** Runs `work` against both sides and stops them. */
async function withChains(bench: Bench, work: (floor: Chain, service: Chain) => Promise<Row[]>): Promise<Row[]> {
  const photo = asRaw(photoOf(PHOTO_BYTES));
  const arrivals = await listenForArrivals();
  const floor = await startServer(bench.stateRoot, chainFloor(arrivals.url));
  const service = await startServer(bench.stateRoot, wholeService(bench.service));
  const authorization = await moveIn(service.origin, arrivals.url);
  const chainOf = (server: Server): Chain => ({
    server,
    uploader: createUploader(server.origin, authorization, photo),
    arrivals,
  });
  const chains = { floor: chainOf(floor), service: chainOf(service) };
  const rows = await work(chains.floor, chains.service);
  for (const { uploader, server } of Object.values(chains)) {
    uploader.close();
    await server.stop();
  }
  await arrivals.close();
  return rows;
}

const latencyTurn =
  ({ uploader, arrivals }: Chain, seconds: number, inFlight: number): Turn<"p50"> =>
  async () => {
    const latencies: number[] = [];
    const until = performance.now() + seconds * 1000;
    const keepOneInFlight = async (): Promise<void> => {
      while (performance.now() < until) {
        const startedAt = performance.now();
        const arrivedAt = await arrivals.arrivalOf(await uploader.upload());
        latencies.push(arrivedAt - startedAt);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, keepOneInFlight));
    await settle();
    return { p50: median(latencies) };
  };

/** From the first byte of an upload to its webhook, with one and with fifty records on their way. */
export function measureLatency(bench: Bench): Promise<Row[]> {
  return withChains(bench, async (floor, service) => {
    const rows: Row[] = [];
    for (const inFlight of [1, 50] as const) {
      const name = `upload to webhook, ${inFlight} in flight`;
      const turn = (chain: Chain) => latencyTurn(chain, bench.seconds, inFlight);
      const compare = await takeTurns(name, bench.rounds, turn(floor), turn(service));
      const p50 = compare("p50");
      rows.push(row(`${name}: p50`, "ms", p50, { of: "ratio", bound: "≤", value: MAX_LATENCY_RATIO }));
      rows.push(soloRow(`${name}: p50, absolute`, "ms", p50.service, LATENCY_TARGETS_MS[inFlight]));
    }
    return rows;
  });
}

const pipelineTurn =
  ({ server, uploader, arrivals }: Chain, records: number): Turn<"rate" | "cpu"> =>
  async () => {
    const cpuBefore = cpuMicroseconds(server.pid);
    const startedAt = performance.now();
    let left = records;
    const uploaded: string[] = [];
    const keepUploading = async (): Promise<void> => {
      while (left-- > 0) uploaded.push(await uploader.upload());
    };
    await Promise.all(Array.from({ length: PIPELINE_CONNECTIONS }, keepUploading));
    const arrivedAt = await Promise.all(uploaded.map((id) => arrivals.arrivalOf(id)));
    await settle();
    return {
      rate: records / ((Math.max(...arrivedAt) - startedAt) / 1000),
      cpu: (cpuMicroseconds(server.pid) - cpuBefore) / records,
    };
  };

/** Records a second, from the first upload until the last webhook has come. */
export function measurePipeline(bench: Bench): Promise<Row[]> {
  return withChains(bench, async (floor, service) => {
    const name = "whole pipeline";
    const turn = (chain: Chain) => pipelineTurn(chain, PIPELINE_RECORDS_A_SECOND * bench.seconds);
    const compare = await takeTurns(name, bench.rounds, turn(floor), turn(service));
    return [
      row(name, "records/s", compare("rate"), { of: "ratio", bound: "≥", value: LEAST_THROUGHPUT_RATIO }),
      row(`${name}: CPU`, "µs/record", compare("cpu")),
    ];
  });
}
