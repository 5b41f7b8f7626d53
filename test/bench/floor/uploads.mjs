/**
 * The least that an upload can cost: the photo to R2 and a row of the service's own table to D1 at the same time, then
 * the queue. Nothing is checked. Each encoding is parsed in the way that was found to be the cheapest.
 */

const INSERT = `INSERT INTO records (id, application_id, user_id, status, version, input_type, options, metadata, photo,
  content, failure_code, failure_reason, uploaded_at, modified_at, consumed_at, sweep_at)
  VALUES (?, 1, 'demo', 'pending', 1, 'image', ?, NULL, ?, NULL, NULL, NULL, ?, ?, ?, ?)`;

// As long as what the service writes into these columns.
const OPTIONS = JSON.stringify({
  analysis_mode: "precise",
  include_dish_description: false,
  include_ingredients: false,
  include_nutri_score: false,
  include_nutrition_fields: [],
});
const PHOTO = JSON.stringify({ format: "jpeg", bytes: 200_000, width: 1024, height: 768, orientation: 1 });

/** @type {Record<string, (request: Request) => unknown>} */
const READERS = {
  "image/jpeg": (request) => request.body,
  "multipart/form-data": async (request) => (await request.formData()).get("image"),
  "application/json": async (request) => Uint8Array.fromBase64((await request.json()).body),
};

/** As UUIDv7 the ids grow with time, so that rows are appended. */
const createId = (/** @type {number} */ now) => `${now.toString(16)}-${crypto.randomUUID()}`.slice(0, 36);

export default {
  /** @type {(request: Request, env: FloorEnv) => Promise<Response>} */
  async fetch(request, env) {
    const now = Date.now();
    const id = createId(now);
    const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
    const photo = await READERS[type]?.(request);
    await Promise.all([
      env.PHOTOS.put(`1/${id}`, photo),
      env.DB.prepare(INSERT).bind(id, OPTIONS, PHOTO, now, now, now, now).run(),
    ]);
    await env.QUEUE.send({ record_id: id });
    return Response.json({ record_id: id, status: "pending" }, { status: 202 });
  },
};
