import { createHmac } from "node:crypto";
import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { LOCAL_ADMIN_TOKEN } from "../../src/cli/local-config.ts";
import { PHOTO_BYTES, type Bench } from "./bench.ts";
import { asRaw, photoOf } from "./photo.ts";
import { row, type Row } from "./report.ts";
import { median, takeTurns, type Turn } from "./rounds.ts";
import { settle, startServer, type Server } from "./servers.ts";
import { moveIn } from "./tenant.ts";
import { createUploader, type Uploader } from "./uploader.ts";
import { wholeService } from "./workers.ts";
import { runWrk, type Load } from "./wrk.ts";

/** What the neighbor sends with: each connection uploads again as soon as it has its answer. */
const FLOOD_CONNECTIONS = 8;
/** A flood runs for a while before anything is measured in it. */
const FLOOD_HEAD_START_MS = 300;
/** The quiet tenant is a person with an app, not another load. */
const PAUSE_MS = 20;
/** Both share one thread of one workerd here, and one machine with the flood's own client. */
const MAX_RATIO = 2;

const HMAC_KEY = "neighbor-hmac-key-0123456789";
const FEW_UPLOADS = { uploads_per_minute: 60 };
const ANY_UPLOADS = { uploads_per_minute: 1_000_000, user_uploads_per_minute: 1_000_000 };

async function postJson<Answer>(url: string, body: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${LOCAL_ADMIN_TOKEN}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Another application with these limits. Returns its user's `authorization` header. */
async function moveInNextDoor(origin: string, rateLimits: object): Promise<string> {
  const application = { name: "neighbor", hmac_key: HMAC_KEY, rate_limits: rateLimits };
  const { id } = await postJson<{ id: number }>(`${origin}/admin/applications`, application);
  const signature = createHmac("sha256", HMAC_KEY).update("bob").digest("hex");
  const login = { application_id: id, application_user_id: "bob", signature };
  const { access_token: token } = await postJson<{ access_token: string }>(`${origin}/auth/hmac`, login);
  return `Bearer ${token}`;
}

function floodOf(bench: Bench, server: Server, authorization: string): Load {
  const photo = asRaw(photoOf(PHOTO_BYTES));
  return {
    url: `${server.origin}/nutrition_records/image`,
    method: "POST",
    headers: { authorization, "content-type": photo.contentType },
    body: photo.body,
    connections: FLOOD_CONNECTIONS,
    seconds: bench.seconds + 1,
    mayBeRefused: true,
  };
}

/** The quiet tenant: one photo after the other, and a poll of each. */
interface QuietTenant {
  origin: string;
  authorization: string;
  uploader: Uploader;
  agent: Agent;
}

const poll = ({ origin, authorization, agent }: QuietTenant, id: string): Promise<void> =>
  new Promise((resolve, reject) => {
    get(`${origin}/nutrition_records/${id}/status`, { agent, headers: { authorization } }, (response) => {
      response.resume().on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error("no status"))));
    }).on("error", reject);
  });

async function liveQuietly(tenant: QuietTenant, seconds: number): Promise<Record<"upload" | "poll", number>> {
  const times: Record<"upload" | "poll", number[]> = { upload: [], poll: [] };
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const startedAt = performance.now();
    const id = await tenant.uploader.upload();
    const uploadedAt = performance.now();
    await poll(tenant, id);
    times.upload.push(uploadedAt - startedAt);
    times.poll.push(performance.now() - uploadedAt);
    await sleep(PAUSE_MS);
  }
  return { upload: median(times.upload), poll: median(times.poll) };
}

const floodedTurn =
  (bench: Bench, tenant: QuietTenant, flood: Load): Turn<"upload" | "poll"> =>
  async () => {
    const flooding = runWrk(flood, bench.stateRoot);
    await sleep(FLOOD_HEAD_START_MS);
    const times = await liveQuietly(tenant, bench.seconds);
    await flooding;
    await settle();
    return times;
  };

/** What one tenant waits for an upload and a poll while another floods the service with uploads. */
export async function measureNeighbors(bench: Bench): Promise<Row[]> {
  const server = await startServer(bench.stateRoot, wholeService(bench.service));
  const authorization = await moveIn(server.origin);
  const uploader = createUploader(server.origin, authorization, asRaw(photoOf(PHOTO_BYTES)));
  const tenant: QuietTenant = { origin: server.origin, authorization, uploader, agent: new Agent({ keepAlive: true }) };
  const alone: Turn<"upload" | "poll"> = () => liveQuietly(tenant, bench.seconds);
  const rows: Row[] = [];
  for (const [name, limits, target] of [
    ["a limited neighbor's flood", FEW_UPLOADS, { of: "ratio", bound: "≤", value: MAX_RATIO }],
    ["an unlimited neighbor's flood", ANY_UPLOADS, null],
  ] as const) {
    const flood = floodOf(bench, server, await moveInNextDoor(server.origin, limits));
    const compare = await takeTurns(name, bench.rounds, alone, floodedTurn(bench, tenant, flood));
    rows.push(row(`upload during ${name}: p50`, "ms", compare("upload"), target));
    rows.push(row(`poll during ${name}: p50`, "ms", compare("poll"), target));
  }
  uploader.close();
  tenant.agent.destroy();
  await server.stop();
  return rows;
}
