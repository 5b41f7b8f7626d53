import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { jpeg, png, webp } from "../support/images.ts";
import { realPng } from "../support/worker/real-png.ts";
import { call, createApplication, logIn, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication();
  ada = await logIn(applicationId);
});
beforeEach(() => void listenForWebhooks());
afterEach(() => vi.restoreAllMocks());

const readPhoto = (id: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  call(`/nutrition_records/${id}/image`, { ...init, headers: { ...ada, ...init.headers } });
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe("GET /nutrition_records/{id}/image", () => {
  it.each([
    ["jpeg", jpeg({ width: 1024, height: 768 })],
    ["png", png({ width: 1024, height: 768 })],
    ["webp", webp({ width: 1024, height: 768 })],
  ])("answers with the stored %s to the byte, by the format that its own header has", async (format, photo) => {
    const id = await uploadUnheard(ada, photo);
    const response = await readPhoto(id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": `image/${format}`,
      "content-length": String(photo.length),
      "x-content-type-options": "nosniff",
      "cache-control": expect.stringMatching(/^private/),
      "content-disposition": "inline",
    });
    const stored = await env.PHOTOS.get(`${applicationId}/${id}`);
    expect(await bytesOf(response)).toEqual(await stored?.bytes());
  });

  it("turns a photo upright that was not taken so", async () => {
    const id = await uploadUnheard(ada, await realPng(600, 520, 6));
    const response = await readPhoto(id);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    const info = await env.IMAGES.info(new Blob([await bytesOf(response)]).stream());
    expect(info).toMatchObject({ format: "image/jpeg", width: 520, height: 600 });
  });

  it("answers with a photo as it is stored that no decoder can turn", async () => {
    const photo = jpeg({ width: 1024, height: 768, orientation: 6 });
    const fault = Object.assign(new Error("IMAGES_TRANSFORM_ERROR 9412: not an image"), { code: 9412 });
    vi.spyOn(env.IMAGES, "input").mockImplementation(() => {
      throw fault;
    });
    const response = await readPhoto(await uploadUnheard(ada, photo));
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect((await bytesOf(response)).length).toBe(photo.length);
  });

  it("answers with a photo as it is stored whose picture data are garbage", async () => {
    const photo = jpeg({ width: 1024, height: 768, orientation: 6 });
    const response = await readPhoto(await uploadUnheard(ada, photo));
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).length).toBe(photo.length);
  });

  it.each([9402, 9422, 9424, 9432])(
    "answers with it as it is stored while it cannot be turned (%i), and not to be kept",
    async (code) => {
      const photo = await realPng(600, 520, 6);
      const id = await uploadUnheard(ada, photo);
      const outage = vi.spyOn(env.IMAGES, "input").mockImplementation(() => {
        throw Object.assign(new Error(`IMAGES_TRANSFORM_ERROR ${code}`), { code });
      });
      const response = await readPhoto(id);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
      expect([response.headers.get("cache-control"), response.headers.get("etag")]).toEqual(["no-store", null]);
      expect((await bytesOf(response)).length).toBe(photo.length);
      outage.mockRestore();
      expect((await readPhoto(id)).headers.get("content-type")).toBe("image/jpeg");
    },
  );

  it("has nothing of the metadata that the upload carried", async () => {
    const secret = Array.from("GPS 52.5163N", (char) => char.charCodeAt(0));
    const photo = jpeg({ width: 1024, height: 768, orientation: 1, trailer: secret });
    const text = new TextDecoder("latin1").decode(await bytesOf(await readPhoto(await uploadUnheard(ada, photo))));
    expect(text).not.toContain("GPS");
    expect(text).not.toContain("Exif");
  });

  it.each([1, 6])("is answered with 304 to a client that has it (orientation %i)", async (orientation) => {
    const id = await uploadUnheard(ada, await realPng(600, 520, orientation));
    const etag = (await readPhoto(id, { method: "HEAD" })).headers.get("etag") ?? "";
    const again = await readPhoto(id, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect((await readPhoto(id, { headers: { "if-none-match": '"another"' } })).status).toBe(200);
  });

  it("tells a HEAD the same headers without reading the photo", async () => {
    const photo = jpeg({ width: 1024, height: 768 });
    const id = await uploadUnheard(ada, photo);
    const expected = Object.fromEntries((await readPhoto(id)).headers);
    const read = vi.spyOn(env.PHOTOS, "get");
    const response = await readPhoto(id, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      ...expected,
      "x-request-id": expect.any(String),
      ratelimit: expect.any(String),
    });
    expect(read).not.toHaveBeenCalled();
  });

  it.each(["GET", "HEAD"])("says with a code of its own that the photo is gone, to a %s", async (method) => {
    const id = await uploadUnheard(ada, jpeg({ width: 1024, height: 768 }));
    const etag = (await readPhoto(id, { method: "HEAD" })).headers.get("etag") ?? "";
    await env.PHOTOS.delete(`${applicationId}/${id}`);
    for (const headers of [{}, { "if-none-match": etag }]) {
      const response = await readPhoto(id, { method, headers });
      expect(response.status).toBe(404);
      if (method === "GET") expect(await response.json()).toMatchObject({ code: "photo_gone", retryable: false });
    }
  });
});
