import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunningMorsel } from "./running-morsel.ts";

/** A sample photo's bytes. */
export const readSample = (name: string): Promise<Uint8Array> =>
  readFile(join(import.meta.dirname, "../../samples", name));

/** What a test reads of a record; the whole shape is in the OpenAPI document. */
interface RecordResponse {
  record_id: string;
  status: string;
  failure_code: string | null;
  dish_name: string | null;
  nutritional_fields: Record<string, number>;
  analysis: { confidence: number };
}

/** Uploads the orange; resolves with the record's id. */
export const uploadOrange = async (morsel: RunningMorsel): Promise<string> =>
  uploadPhoto(morsel, await readSample("orange.jpg"));

async function postPhoto(morsel: RunningMorsel, path: string, jpeg: Uint8Array): Promise<Response> {
  return fetch(`${morsel.origin}/nutrition_records/${path}`, {
    method: "POST",
    headers: {
      ...(await authorization(morsel)),
      "content-type": "image/jpeg",
      // wrangler compresses answers, and a compressed one waits for the thread that the local model computes on.
      "accept-encoding": "identity",
    },
    body: Uint8Array.from(jpeg),
  });
}

/** Uploads a JPEG; resolves with the record's id. */
export async function uploadPhoto(morsel: RunningMorsel, jpeg: Uint8Array): Promise<string> {
  const result = await postPhoto(morsel, "image", jpeg);
  if (result.status !== 202) throw new Error(`upload: ${result.status} ${await result.text()}`);
  return ((await result.json()) as { record_id: string }).record_id;
}

/** Has the label in a JPEG read; resolves with the answer and its HTTP status. */
export async function sendLabel(
  morsel: RunningMorsel,
  jpeg: Uint8Array,
  query = "",
): Promise<{ httpStatus: number; record_id: string }> {
  const result = await postPhoto(morsel, `ingredients/label${query}`, jpeg);
  if (!result.ok) throw new Error(`label: ${result.status} ${await result.text()}`);
  return { ...((await result.json()) as { record_id: string }), httpStatus: result.status };
}

export async function readRecord(morsel: RunningMorsel, id: string): Promise<RecordResponse> {
  const result = await fetch(`${morsel.origin}/nutrition_records/${id}`, { headers: await authorization(morsel) });
  if (result.status !== 200) throw new Error(`record: ${result.status} ${await result.text()}`);
  return (await result.json()) as RecordResponse;
}

/** A record's photo, as its user gets it. */
export async function readPhoto(morsel: RunningMorsel, id: string): Promise<{ type: string; bytes: Uint8Array }> {
  const result = await fetch(`${morsel.origin}/nutrition_records/${id}/image`, {
    headers: await authorization(morsel),
  });
  if (result.status !== 200) throw new Error(`photo: ${result.status} ${await result.text()}`);
  return { type: result.headers.get("content-type") ?? "", bytes: new Uint8Array(await result.arrayBuffer()) };
}

/** Names the receiver of the local application's webhooks, as the launcher's printed line does. */
export async function sendWebhooksTo(morsel: RunningMorsel, url: string): Promise<void> {
  const result = await fetch(`${morsel.origin}/admin/applications/1`, {
    method: "PATCH",
    headers: { authorization: "Bearer local-admin-token", "content-type": "application/json" },
    body: JSON.stringify({ webhook_url: url }),
  });
  if (!result.ok) throw new Error(`webhook url: ${result.status} ${await result.text()}`);
}

async function authorization(morsel: RunningMorsel): Promise<{ authorization: string }> {
  const line = await readFile(join(morsel.stateDir, "local/authorization"), "utf8");
  return { authorization: line.replace(/^Authorization: /, "").trim() };
}
