import type { Bench } from "./bench.ts";
import { watchIsolate } from "./isolate-memory.ts";
import { asRaw, photoOf } from "./photo.ts";
import { watchMemory } from "./process-usage.ts";
import { row, type Row } from "./report.ts";
import { takeTurns, type Turn } from "./rounds.ts";
import { settle, startServer, type WorkerOptions } from "./servers.ts";
import { moveIn } from "./tenant.ts";
import { createUploader } from "./uploader.ts";
import { serviceWithoutConsumer, uploadsFloor } from "./workers.ts";

const PARALLEL_UPLOADS = 20;
const LARGEST_PHOTO_BYTES = 7_500_000;
const WARM_UP_PHOTO_BYTES = 20_000;
const MEGABYTE = 1e6;
/** What an isolate may hold in production. */
const MAX_MEGABYTES = 128;

/**
 * Peak memory of a fresh server during parallel uploads: of the first Worker's isolate, and of the whole workerd (with
 * the simulated R2 and D1 inside) above what it holds after one small upload.
 */
function memoryTurn(
  bench: Bench,
  workers: WorkerOptions[],
  authorize: (origin: string) => Promise<string>,
): Turn<"isolate" | "process"> {
  const warmUp = asRaw(photoOf(WARM_UP_PHOTO_BYTES));
  const largest = asRaw(photoOf(LARGEST_PHOTO_BYTES));
  return async () => {
    const server = await startServer(bench.stateRoot, workers, { inspect: true });
    const authorization = await authorize(server.origin);
    const small = createUploader(server.origin, authorization, warmUp);
    const large = createUploader(server.origin, authorization, largest);
    await small.upload();
    await settle();
    const peakAboveIdle = watchMemory(server.pid);
    const isolatePeak = await watchIsolate(await server.inspectorUrl(), workers[0]?.name ?? "");
    await Promise.all(Array.from({ length: PARALLEL_UPLOADS }, () => large.upload()));
    const peak = { isolate: (await isolatePeak()) / MEGABYTE, process: peakAboveIdle() / MEGABYTE };
    for (const uploader of [small, large]) uploader.close();
    await server.stop();
    return peak;
  };
}

/** Memory during parallel uploads of the largest photo. */
export async function measureMemory(bench: Bench): Promise<Row[]> {
  const name = `${PARALLEL_UPLOADS} raw uploads of ${LARGEST_PHOTO_BYTES / MEGABYTE} MB`;
  const floor = memoryTurn(bench, uploadsFloor(), () => Promise.resolve(""));
  const service = memoryTurn(bench, serviceWithoutConsumer(bench.service), (origin) => moveIn(origin));
  const compare = await takeTurns(name, bench.rounds, floor, service);
  const target = { of: "service", bound: "≤", value: MAX_MEGABYTES } as const;
  return [
    row(`${name}: the isolate`, "MB", compare("isolate"), target),
    row(`${name}: all of workerd`, "MB", compare("process"), target),
  ];
}
