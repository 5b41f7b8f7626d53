import { setTimeout as sleep } from "node:timers/promises";
import { PHOTO_BYTES, type Bench } from "./bench.ts";
import { compareUnderLoad, type Contest } from "./contest.ts";
import { asRaw, photoOf } from "./photo.ts";
import type { Row } from "./report.ts";
import { startServer } from "./servers.ts";
import { moveIn } from "./tenant.ts";
import { createUploader } from "./uploader.ts";
import { pollsFloor, wholeService } from "./workers.ts";

const CONNECTIONS = 16;
const MAX_OWN_MICROSECONDS = 100;
const POLL_MS = 50;

/** Uploads a photo and waits for its end. Returns the path of its status and the status itself. */
async function completeRecord(origin: string, authorization: string): Promise<{ path: string; status: string }> {
  const uploader = createUploader(origin, authorization, asRaw(photoOf(PHOTO_BYTES)));
  const path = `/nutrition_records/${await uploader.upload()}/status`;
  uploader.close();
  for (;;) {
    const status = await (await fetch(`${origin}${path}`, { headers: { authorization } })).text();
    if (status.includes('"completed"')) return { path, status };
    if (!status.includes('"pending"') && !status.includes('"processing"')) throw new Error(`no apple seen: ${status}`);
    await sleep(POLL_MS);
  }
}

/** Servers that answer for one completed record from the edge cache, which the service trusts for a minute at a time. */
async function pollContest(bench: Bench): Promise<Contest> {
  const floor = await startServer(bench.stateRoot, pollsFloor(bench.service.tokenKey));
  const service = await startServer(bench.stateRoot, wholeService(bench.service));
  const authorization = await moveIn(service.origin);
  const { path, status } = await completeRecord(service.origin, authorization);
  await fetch(`${floor.origin}${path}`, { method: "PUT", body: status });
  const load = {
    path,
    successStatus: 200,
    method: "GET" as const,
    headers: { authorization },
    connections: CONNECTIONS,
  };
  return { name: "cached status polls", floor, service, load, maxOwnMicroseconds: MAX_OWN_MICROSECONDS };
}

/** Cached polls a second. */
export async function measurePolls(bench: Bench): Promise<Row[]> {
  return compareUnderLoad(bench, await pollContest(bench));
}
