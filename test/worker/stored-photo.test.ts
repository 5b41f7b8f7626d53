import { env } from "cloudflare:workers";
import { crc32 } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { exifBlock, jpeg, png, webp } from "../support/images.ts";
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

function pngChunk(name: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(payload.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, payload.length);
  chunk.set(new TextEncoder().encode(name), 4);
  chunk.set(payload, 8);
  view.setUint32(payload.length + 8, crc32(chunk.subarray(4, payload.length + 8)));
  return chunk;
}

/** A PNG that decoders can read: grey, and noisy enough to be as many bytes as intake asks of its pixels. */
async function realPng(width: number, height: number, orientation: number): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = new Uint8Array((width + 1) * height);
  for (let at = 0; at < rows.length; at++) rows[at] = at % (width + 1) === 0 ? 0 : Math.imul(at, 2_654_435_761) >>> 24;
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
  const chunks = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk("IHDR", header),
    pngChunk("eXIf", exifBlock(orientation)),
    pngChunk("IDAT", await new Response(packed).bytes()),
    pngChunk("IEND", new Uint8Array(0)),
  ];
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

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
