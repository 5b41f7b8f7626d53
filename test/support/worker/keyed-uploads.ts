import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { call, stored } from "./tenant.ts";

/** Uploads one photo in one way, with an Idempotency-Key. */
export type Send = (key: string, authorization: Record<string, string>, query?: string) => Promise<Response>;

export const sendRaw =
  (bytes: Uint8Array<ArrayBuffer>, path = "/nutrition_records/image"): Send =>
  (key, authorization, query = "") =>
    call(`${path}${query}`, {
      method: "POST",
      headers: {
        ...authorization,
        "content-type": "image/jpeg",
        "content-length": String(bytes.length),
        "idempotency-key": key,
      },
      body: bytes,
    });

export const sendJson =
  (fields: object): Send =>
  (key, authorization) =>
    call("/nutrition_records/image", {
      method: "POST",
      headers: { ...authorization, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(fields),
    });

export const sendForm =
  (bytes: Uint8Array<ArrayBuffer>): Send =>
  (key, authorization) => {
    const body = new FormData();
    body.set("image", new Blob([bytes]), "lunch.jpg");
    return call("/nutrition_records/image", {
      method: "POST",
      headers: { ...authorization, "idempotency-key": key },
      body,
    });
  };

export const newKey = (): string => crypto.randomUUID();

/** An answer as far as it must be the same the next time. */
export const asGiven = async (response: Response) => ({
  status: response.status,
  location: response.headers.get("location"),
  retryAfter: response.headers.get("retry-after"),
  body: await response.text(),
});

export const idOf = (given: { body: string }): string => (JSON.parse(given.body) as { record_id: string }).record_id;

export const codeOf = async (response: Response): Promise<[number, string]> => [
  response.status,
  (await response.json<{ code: string }>()).code,
];

/** Counts what must happen once. */
export async function counts() {
  const before = await stored();
  const send = vi.spyOn(env.ANALYSIS_QUEUE, "send");
  return async () => {
    const after = await stored();
    return {
      photos: after.photos - before.photos,
      records: after.records - before.records,
      messages: send.mock.calls.length,
    };
  };
}
export const ONCE = { photos: 1, records: 1, messages: 1 };

/** Lets every wake-up call get lost, for tests that no analysis should outlive. */
export const loseMessages = () =>
  vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValue({ metadata: { metrics: {} } } as never);
