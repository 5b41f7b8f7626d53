import { env, exports } from "cloudflare:workers";
import { vi } from "vitest";

export const BASE = "https://morsel.test";
export const ADMIN = { authorization: "Bearer test-admin-token-0123456789" };
export const HMAC_KEY = "tenant-hmac-key-0123456789";
export const WEBHOOK_KEY = "tenant-webhook-key-0123456789";

/** Calls the Worker over HTTP. */
export const call = (path: string, init?: RequestInit): Promise<Response> =>
  exports.default.fetch(new Request(`${BASE}${path}`, init));

const hex = (bytes: ArrayBuffer): string => new Uint8Array(bytes).toHex();

/** Hex HMAC-SHA256, as an integrator's server computes it. */
export async function hmac(key: string, message: string): Promise<string> {
  const encoder = new TextEncoder();
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return hex(await crypto.subtle.sign("HMAC", imported, encoder.encode(message)));
}

/** Makes an application through the admin API. */
export async function createApplication(settings: Record<string, unknown> = {}): Promise<number> {
  const response = await call("/admin/applications", {
    method: "POST",
    headers: ADMIN,
    body: JSON.stringify({ name: "tenant", hmac_key: HMAC_KEY, webhook_signature_key: WEBHOOK_KEY, ...settings }),
  });
  if (response.status !== 201) throw new Error(`POST /admin/applications: ${response.status} ${await response.text()}`);
  return (await response.json<{ id: number }>()).id;
}

/** Gets an access token for a user of an application. */
export async function logIn(applicationId: number, userId = "ada"): Promise<{ authorization: string }> {
  const body = { application_id: applicationId, application_user_id: userId, signature: await hmac(HMAC_KEY, userId) };
  const response = await call("/auth/hmac", { method: "POST", body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(`POST /auth/hmac: ${response.status} ${await response.text()}`);
  return { authorization: `Bearer ${(await response.json<{ access_token: string }>()).access_token}` };
}

/** Uploads raw bytes. */
export const upload = (
  authorization: Record<string, string>,
  photo: Uint8Array<ArrayBuffer>,
  query = "",
): Promise<Response> =>
  call(`/nutrition_records/image${query}`, {
    method: "POST",
    headers: { ...authorization, "content-type": "image/jpeg", "content-length": String(photo.length) },
    body: photo,
  });

export interface RecordBody {
  record_id: string;
  status: string;
  failure_code: string | null;
  [field: string]: unknown;
}

/** Reads a record as its owner. */
export async function readRecord(authorization: Record<string, string>, id: string): Promise<RecordBody> {
  const response = await call(`/nutrition_records/${id}`, { headers: authorization });
  if (response.status !== 200) throw new Error(`GET record: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Waits until the record is final. */
export const finalRecord = (authorization: Record<string, string>, id: string): Promise<RecordBody> =>
  vi.waitFor(
    async () => {
      const record = await readRecord(authorization, id);
      if (record.status === "pending" || record.status === "processing") throw new Error(`still ${record.status}`);
      return record;
    },
    { timeout: 8_000, interval: 20 },
  );

/** How many things are stored: photos in R2 and rows in D1. */
export async function stored(): Promise<{ photos: number; records: number }> {
  const { objects } = await env.PHOTOS.list();
  const row = await env.DB.prepare("SELECT count(*) AS n FROM records").first<{ n: number }>();
  return { photos: objects.length, records: row?.n ?? 0 };
}

/** Uploads a photo whose wake-up call gets lost: no consumer touches the record, the test leads it through its life. */
export async function uploadUnheard(
  authorization: Record<string, string>,
  photo: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const lost = vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValueOnce({ metadata: { metrics: {} } } as never);
  const response = await upload(authorization, photo);
  lost.mockRestore();
  return (await response.json<{ record_id: string }>()).record_id;
}
