/** The least that leads from an upload to its webhook: R2, the queue, a consumer, one signed POST. */

const encoder = new TextEncoder();
/** @type {Promise<CryptoKey> | undefined} */
let imported;

const importOnce = () =>
  (imported ??= crypto.subtle.importKey(
    "raw",
    encoder.encode("floor-webhook-key-0123456789"),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  ));

/** @type {(recordId: string, url: string) => Promise<void>} */
async function announce(recordId, url) {
  const body = JSON.stringify({ record_id: recordId, status: "completed" });
  const signature = await crypto.subtle.sign("HMAC", await importOnce(), encoder.encode(body));
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "x-body-signature": new Uint8Array(signature).toHex() },
  });
  await response.arrayBuffer();
}

export default {
  /** @type {(request: Request, env: FloorEnv) => Promise<Response>} */
  async fetch(request, env) {
    const id = crypto.randomUUID();
    await env.PHOTOS.put(`1/${id}`, request.body);
    await env.QUEUE.send({ record_id: id });
    return Response.json({ record_id: id, status: "pending" }, { status: 202 });
  },

  /** @type {(batch: FloorBatch, env: FloorEnv) => Promise<void>} */
  async queue(batch, env) {
    await Promise.all(batch.messages.map(({ body }) => announce(body.record_id, env.WEBHOOK_URL)));
  },
};
