import { setTimeout as sleep } from "node:timers/promises";
import { crc32, deflateSync } from "node:zlib";
import { jpeg } from "../support/images.ts";
import type { Bench } from "./bench.ts";
import { watchIsolate } from "./isolate-memory.ts";
import { watchMemory } from "./process-usage.ts";
import { soloRow, type Row } from "./report.ts";
import { median } from "./rounds.ts";
import { settle, startServer } from "./servers.ts";
import { moveIn } from "./tenant.ts";
import { serviceWithBoxes } from "./workers.ts";

/** What an isolate may hold in production. */
const MAX_MEGABYTES = 128;
const MEGABYTE = 1e6;
const WAITING_PHOTOS = 10;
const SIDE_PIXELS = 2000;
/** As many bytes of picture data as cannot be packed, so that the file is as large as a photo may be. */
const NOISE_BYTES = 7_400_000;
const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 100;

function chunk(name: string, payload: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), payload]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(payload.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG that decoders read, of four megapixels and about as many bytes as a photo may have; no two are alike. */
function largePhoto(seed: number): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE_PIXELS, 0);
  header.writeUInt32BE(SIDE_PIXELS, 4);
  header.set([8, 2], 8);
  const stride = 3 * SIDE_PIXELS + 1;
  const rows = Buffer.alloc(stride * SIDE_PIXELS);
  let state = seed + 1;
  for (let at = 0; at < NOISE_BYTES; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    if (at % stride !== 0) rows[at] = state >>> 24;
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rows, { level: 1 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** Peak of the isolate, and of all of workerd above what it held before, megabytes. */
interface Peak {
  isolate: number;
  process: number;
}

/** Uploads photos at once to a fresh server, and watches its memory until all of them are analyzed. */
async function peakDuring(bench: Bench, photos: readonly Buffer<ArrayBuffer>[]): Promise<Peak> {
  const workers = serviceWithBoxes(bench.service);
  const server = await startServer(bench.stateRoot, workers, { inspect: true });
  const authorization = await moveIn(server.origin);
  const upload = async (body: Uint8Array<ArrayBuffer>, type: string): Promise<string> => {
    const headers = { authorization, "content-type": type };
    const response = await fetch(`${server.origin}/nutrition_records/image`, { method: "POST", headers, body });
    const { record_id: id } = (await response.json()) as { record_id?: string };
    if (id === undefined) throw new Error(`upload: ${response.status}`);
    return id;
  };
  const isAnalyzed = async (id: string): Promise<boolean> => {
    const response = await fetch(`${server.origin}/nutrition_records/${id}`, { headers: { authorization } });
    const { status } = (await response.json()) as { status: string };
    if (status === "failed") throw new Error("an analysis has failed");
    return status === "completed";
  };
  const waitForAll = async (ids: readonly string[]): Promise<void> => {
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(LOOK_AGAIN_MS)) {
      if ((await Promise.all(ids.map(isAnalyzed))).every(Boolean)) return;
      if (Date.now() > end) throw new Error("the analyses take too long");
    }
  };
  try {
    await waitForAll([await upload(jpeg({ width: 1024, height: 768 }), "image/jpeg")]);
    await settle();
    const peakAboveIdle = watchMemory(server.pid);
    const isolatePeak = await watchIsolate(await server.inspectorUrl(), workers[0]?.name ?? "");
    await waitForAll(await Promise.all(photos.map((photo) => upload(photo, "image/png"))));
    return { isolate: (await isolatePeak()) / MEGABYTE, process: peakAboveIdle() / MEGABYTE };
  } finally {
    await server.stop();
  }
}

/** Memory while photos of the largest size are analyzed by a model that is asked for the boxes of six foods. */
export async function measureAnalysisMemory(bench: Bench): Promise<Row[]> {
  const photos = Array.from({ length: WAITING_PHOTOS }, (_, number) => largePhoto(number));
  const rows: Row[] = [];
  for (const count of [1, WAITING_PHOTOS]) {
    const name = `${count} ${count === 1 ? "photo" : "photos"} of 7.5 MB analyzed, with boxes of 6 foods`;
    const peaks: Peak[] = [];
    for (let round = 1; round <= bench.rounds; round++) {
      process.stderr.write(`${name}: round ${round} of ${bench.rounds}\n`);
      peaks.push(await peakDuring(bench, photos.slice(0, count)));
    }
    const most = (figure: keyof Peak): number => median(peaks.map((peak) => peak[figure]));
    rows.push(soloRow(`${name}: the isolate`, "MB", most("isolate"), MAX_MEGABYTES), {
      ...soloRow(`${name}: all of workerd`, "MB", most("process"), MAX_MEGABYTES),
      target: null,
    });
  }
  return rows;
}
