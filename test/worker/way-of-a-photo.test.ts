import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { flatJpeg, jpeg, png } from "../support/images.ts";
import { models } from "../support/worker/scripted-models.ts";
import {
  ADMIN,
  BASE,
  call,
  createApplication,
  finalRecord,
  hmac,
  logIn,
  stored,
  upload,
  WEBHOOK_KEY,
} from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL });
  ada = await logIn(applicationId);
});

/** The same for any bytes, by name. */
const formsOf = (
  bytes: Uint8Array<ArrayBuffer>,
): Record<string, { headers: Record<string, string>; body: BodyInit }> => {
  const form = new FormData();
  form.set("image", new Blob([bytes]), "lunch.jpg");
  return {
    "raw bytes": {
      headers: { ...ada, "content-type": "image/jpeg", "content-length": String(bytes.length) },
      body: bytes,
    },
    "base64 in JSON": {
      headers: { ...ada, "content-type": "application/json" },
      body: JSON.stringify({ body: bytes.toBase64() }),
    },
    "a multipart form": { headers: ada, body: form },
  };
};

/** The three ways in which an app sends a photo. */
const encodings: [string, () => RequestInit][] = [
  [
    "raw bytes",
    () => ({ headers: { ...ada, "content-type": "image/jpeg", "content-length": String(photo.length) }, body: photo }),
  ],
  [
    "base64 in JSON",
    () => ({
      headers: { ...ada, "content-type": "application/json" },
      body: JSON.stringify({ body: photo.toBase64() }),
    }),
  ],
  [
    "base64 with a data prefix",
    () => ({
      headers: { ...ada, "content-type": "application/json" },
      body: JSON.stringify({ body: `data:image/jpeg;base64,${photo.toBase64()}` }),
    }),
  ],
  [
    "a multipart form",
    () => {
      const form = new FormData();
      form.set("image", new Blob([photo], { type: "image/jpeg" }), "lunch.jpg");
      return { headers: ada, body: form };
    },
  ],
];

describe("a photo", () => {
  it.each(encodings)("sent as %s is accepted at once and completes", async (_, init) => {
    listenForWebhooks();
    const response = await call("/nutrition_records/image", { method: "POST", ...init() });
    const accepted = await response.json<{ record_id: string; status: string; uploaded_at: string }>();
    expect(response.status, JSON.stringify(accepted)).toBe(202);
    expect(accepted).toMatchObject({ status: "pending", uploaded_at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) });
    expect(response.headers.get("location")).toBe(`${BASE}/nutrition_records/${accepted.record_id}`);
    expect(response.headers.get("retry-after")).toBe("2");
    const bytes = await (await env.PHOTOS.get(`${applicationId}/${accepted.record_id}`))?.bytes();
    expect(bytes).toEqual(new Uint8Array(photo));
    expect(await finalRecord(ada, accepted.record_id)).toMatchObject({
      status: "completed",
      dish_name: "apple",
      serving_size: 182,
      nutritional_fields: { energy_kcal: 95, protein_g: 0.5, fat_total_g: 0.3, carbohydrate_g: 25.1 },
    });
  });

  it("that is large arrives in storage byte for byte", async () => {
    listenForWebhooks();
    const large = jpeg({ width: 1024, height: 768, bytes: 1_500_000 });
    const { record_id: id } = await (await upload(ada, large)).json<{ record_id: string }>();
    const bytes = await (await env.PHOTOS.get(`${applicationId}/${id}`))?.bytes();
    expect(bytes?.length).toBe(large.length);
    expect(bytes?.findIndex((byte, index) => byte !== large[index])).toBe(-1);
    await finalRecord(ada, id);
  });

  it.each(["raw bytes", "base64 in JSON", "a multipart form"])(
    "without its end marker, sent as %s, is stored with it, and nothing of what follows",
    async (name) => {
      listenForWebhooks();
      const whole = flatJpeg({ width: 1024, height: 768 });
      const open = Uint8Array.from([...whole.slice(0, -2), ...flatJpeg({ width: 600, height: 600, orientation: 6 })]);
      const response = await call("/nutrition_records/image", { method: "POST", ...formsOf(open)[name] });
      expect(response.status).toBe(202);
      const { record_id: id } = await response.json<{ record_id: string }>();
      expect(await (await env.PHOTOS.get(`${applicationId}/${id}`))?.bytes()).toEqual(whole);
      expect(await finalRecord(ada, id)).toMatchObject({ status: "completed" });
    },
  );

  it.each(["raw bytes", "base64 in JSON", "a multipart form"])(
    "that lacks a part of its picture, sent as %s, is refused and not kept",
    async (name) => {
      const before = await stored();
      const cut = flatJpeg({ width: 1024, height: 768 }).slice(0, -3);
      const response = await call("/nutrition_records/image", { method: "POST", ...formsOf(cut)[name] });
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: "damaged_photo" });
      expect(await stored()).toEqual(before);
    },
  );

  it("without its end marker is the same photo when its upload is repeated", async () => {
    listenForWebhooks();
    const open = flatJpeg({ width: 1024, height: 768 }).slice(0, -2);
    const ids = [];
    for (const name of ["raw bytes", "raw bytes", "base64 in JSON"]) {
      const init = formsOf(open)[name];
      const headers = { ...init?.headers, "idempotency-key": "an-open-photo" };
      const response = await call("/nutrition_records/image", { method: "POST", ...init, headers });
      expect(response.status).toBe(202);
      ids.push((await response.json<{ record_id: string }>()).record_id);
    }
    expect(new Set(ids).size).toBe(1);
  });

  it("is announced by one webhook, signed in both forms, whose body is the record", async () => {
    const webhooks = listenForWebhooks();
    const { record_id: id } = await (
      await upload(ada, photo, "?include_ingredients=true")
    ).json<{ record_id: string }>();
    const record = await finalRecord(ada, id);
    // Those of earlier tests may still come.
    const own = () => webhooks.filter(({ body }) => body.includes(id));
    await vi.waitFor(() => expect(own()).toHaveLength(1));
    const [webhook] = own();
    expect(webhook?.url).toBe(WEBHOOK_URL);
    expect(JSON.parse(webhook?.body ?? "")).toEqual(record);
    expect(record).toMatchObject({ application_user_id: "ada", ingredients: [{ unit: "g", serving_size: 182 }] });
    const { headers, body } = webhook ?? { headers: new Headers(), body: "" };
    expect(headers.get("x-body-signature")).toBe(await hmac(WEBHOOK_KEY, body));
    expect(headers.get("webhook-id")).toMatch(/^evt_/);
    expect(headers.get("x-webhook-attempt")).toBe("1");
    expect(headers.get("user-agent")).toMatch(/^Morsel\//);
    const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
    expect(headers.get("webhook-signature")).toBe(
      `v1,${Uint8Array.fromHex(await hmac(WEBHOOK_KEY, signed)).toBase64()}`,
    );
  });

  it("leaves a delivery that the administrator can read", async () => {
    listenForWebhooks(() => new Response("thank you", { status: 200 }));
    const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
    await vi.waitFor(async () => {
      const deliveries = await (
        await call(`/admin/applications/${applicationId}/deliveries`, { headers: ADMIN })
      ).json<{ record_id: string }[]>();
      expect(deliveries.find((delivery) => delivery.record_id === id)).toMatchObject({
        event: "completed",
        status: "delivered",
        next_attempt_at: null,
        attempts: [{ attempt: 1, http_status: 200, error: null, response_excerpt: "thank you" }],
      });
    });
  });

  it("is shown to the model as it was uploaded, with the country and no nutrient asked for", async () => {
    listenForWebhooks();
    const { record_id: id } = await (
      await upload(ada, png({ width: 600, height: 600 }), "?country_code=de")
    ).json<{ record_id: string }>();
    await finalRecord(ada, id);
    const request = models.calls.at(-1);
    expect(request?.model).toBe("@test/scripted");
    const text = JSON.stringify(request?.input);
    expect(text).toContain("data:image/png;base64,");
    expect(text).toContain('ISO code \\"de\\"');
    expect(request?.input).toMatchObject({ response_format: { type: "json_schema" }, max_tokens: 2048 });
  });

  it("without food ends as failed, with a sentence and a code, and is announced too", async () => {
    const webhooks = listenForWebhooks();
    models.answer = () => ({
      choices: [{ message: { content: '{"food_present":false,"dish_name":null,"description":null,"foods":[]}' } }],
    });
    const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
    expect(await finalRecord(ada, id)).toMatchObject({
      status: "failed",
      failure_code: "no_food_found",
      failure_reason: "No food was found in the photo.",
    });
    const own = () => webhooks.map(({ body }) => JSON.parse(body)).filter((body) => body.record_id === id);
    await vi.waitFor(() => expect(own()).toMatchObject([{ status: "failed" }]));
  });

  it("leaves nothing behind in the queue's favor: one photo and one row for one upload", async () => {
    listenForWebhooks();
    const before = await stored();
    const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
    await finalRecord(ada, id);
    expect(await stored()).toEqual({ photos: before.photos + 1, records: before.records + 1 });
  });
});
