import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { respondToDns, isDnsQuery, type Zone } from "../support/dns.ts";
import { jpeg } from "../support/images.ts";
import { sendJson } from "../support/worker/keyed-uploads.ts";
import { call, createApplication, finalRecord, logIn, stored } from "../support/worker/tenant.ts";

const photo = jpeg({ width: 1024, height: 768, orientation: 1 });
const PHOTO_URL = "https://photos.tenant.test.example.com/lunch.jpg?size=large";
let applicationId: number;
let ada: { authorization: string };

beforeAll(async () => {
  applicationId = await createApplication();
  ada = await logIn(applicationId);
});
afterEach(() => vi.restoreAllMocks());

/** Stands in for the server of the photo; returns the requests that it got. */
function serve(answer: (request: Request) => Response | Promise<Response>, zone?: Zone): Request[] {
  const requests: Request[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (isDnsQuery(request.url)) return Response.json(respondToDns(request.url, zone));
    requests.push(request);
    return answer(request);
  });
  return requests;
}

const uploadByUrl = (fields: object = {}) =>
  call("/nutrition_records/image", {
    method: "POST",
    headers: { ...ada, "content-type": "application/json" },
    body: JSON.stringify({ body_url: PHOTO_URL, ...fields }),
  });

/** A body of unknown length, `bytes` long if anybody reads on; counts what was read. */
function endless(bytes: number) {
  const read = { bytes: 0, canceled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (read.bytes >= bytes) return controller.close();
      read.bytes += 64 * 1024;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
    cancel: () => void (read.canceled = true),
  });
  return { body, read };
}

describe("a photo by its URL", () => {
  it("may be that of a label", async () => {
    serve(() => new Response(photo));
    const response = await call("/nutrition_records/ingredients/label", {
      method: "POST",
      headers: { ...ada, "content-type": "application/json" },
      body: JSON.stringify({ body_url: PHOTO_URL }),
    });
    expect([response.status, await response.json()]).toMatchObject([200, { status: "completed", name: "Oat Flakes" }]);
  });

  it("is fetched, checked, rid of its metadata, stored and analyzed like any other", async () => {
    const requests = serve(() => new Response(photo, { headers: { "content-type": "text/html" } }));
    const response = await uploadByUrl({ include_ingredients: true });
    const { record_id: id } = await response.json<{ record_id: string }>();
    expect(response.status).toBe(202);
    expect(requests).toMatchObject([{ url: PHOTO_URL, method: "GET", redirect: "manual" }]);
    const object = await env.PHOTOS.get(`${applicationId}/${id}`);
    const bytes = (await object?.bytes()) ?? new Uint8Array(0);
    expect(bytes.length).toBe(photo.length);
    expect(new TextDecoder("latin1").decode(bytes)).not.toContain("Exif");
    expect(await finalRecord(ada, id)).toMatchObject({ status: "completed", ingredients: [{ unit: "g" }] });
  });

  it("without a length is read up to 7.5 MB and no further", async () => {
    const { body, read } = endless(100_000_000);
    serve(() => new Response(body));
    const response = await uploadByUrl();
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "photo_too_large" });
    expect(read.bytes).toBeLessThan(9_000_000);
    expect(read.canceled).toBe(true);
  });

  it("is fetched once for an Idempotency-Key, even when the server has another photo by then", async () => {
    serve(() => new Response(photo));
    vi.spyOn(env.ANALYSIS_QUEUE, "send").mockResolvedValue({ metadata: { metrics: {} } } as never);
    const send = sendJson({ body_url: PHOTO_URL });
    const key = crypto.randomUUID();
    const first = await (await send(key, ada)).json();
    const gone = serve(() => new Response("gone", { status: 404 }));
    const second = await send(key, ada);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await second.json()).toEqual(first);
    expect(gone).toEqual([]);
    const other = await sendJson({ body_url: `${PHOTO_URL}&other=1` })(key, ada);
    expect(await other.json()).toMatchObject({ status: 422, code: "idempotency_key_reused" });
  });
});

const ANSWERS: [string, () => Response, number, string][] = [
  ["is not there", () => new Response("no", { status: 404 }), 422, "photo_not_fetched"],
  ["is behind a failing server", () => new Response("oh", { status: 500 }), 422, "photo_not_fetched"],
  ["has moved", () => Response.redirect("https://elsewhere.example.com/x.jpg", 302), 422, "photo_not_fetched"],
  ["is a page", () => new Response("<html>hello, this is a page</html>"), 415, "unsupported_format"],
  ["is empty", () => new Response(""), 400, "malformed_request"],
  ["is cut off", () => new Response(photo.slice(0, 6000)), 422, "damaged_photo"],
  ["is too small", () => new Response(jpeg({ width: 100, height: 100 })), 422, "invalid_dimensions"],
  [
    "says that it is too large",
    () => new Response(endless(8_000_000).body, { headers: { "content-length": "8000000" } }),
    413,
    "photo_too_large",
  ],
];

describe("a body_url whose photo", () => {
  it.each(ANSWERS)("%s is refused, and leaves nothing behind", async (_, answer, status, code) => {
    const before = await stored();
    serve(answer);
    const response = await uploadByUrl();
    const body = await response.json<{ code: string; errors: { location: string }[]; retryable: boolean }>();
    expect([response.status, body.code]).toEqual([status, code]);
    if (code === "photo_not_fetched") {
      expect(body).toMatchObject({ retryable: true, errors: [{ location: "body.body_url" }] });
    }
    expect(await stored()).toEqual(before);
  });

  it("cannot be reached is refused", async () => {
    serve(() => Promise.reject(new TypeError("connection refused")));
    expect(await (await uploadByUrl()).json()).toMatchObject({
      code: "photo_not_fetched",
      errors: [{ location: "body.body_url", message: "could not be reached" }],
    });
  });
});

describe("a body_url", () => {
  const REFUSED = [
    "http://photos.tenant.test.example.com/lunch.jpg",
    "http://127.0.0.1:9000/lunch.jpg",
    "https://127.0.0.1/lunch.jpg",
    "https://169.254.169.254/latest/meta-data",
    "https://user:secret@photos.tenant.test.example.com/lunch.jpg",
    "https://photos.tenant.test.example.com:22/lunch.jpg",
    "https://metadata.internal/lunch.jpg",
    "ftp://photos.tenant.test.example.com/lunch.jpg",
    "data:image/jpeg;base64,AAAA",
    "lunch.jpg",
  ];
  let requests: Request[];
  beforeEach(() => {
    requests = serve(() => Promise.reject(new Error("must not be called")));
  });

  it.each(REFUSED)("%s is refused without a call", async (url) => {
    const response = await uploadByUrl({ body_url: url });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: "invalid_request",
      errors: [{ location: "body.body_url" }],
    });
    expect(requests).toEqual([]);
  });

  it("whose name leads to a private address is refused without a call", async () => {
    requests = serve(
      () => Promise.reject(new Error("must not be called")),
      () => ["10.0.0.7"],
    );
    const response = await uploadByUrl({ body_url: "https://rebound.tenant.example.com/lunch.jpg" });
    expect(await response.json()).toMatchObject({
      code: "invalid_request",
      errors: [{ location: "body.body_url", message: "names a host with an address that is not public" }],
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ["beside a body", { body: photo.toBase64() }, "body.body"],
    ["that is no text", { body_url: 17 }, "body.body_url"],
    ["that is empty", { body_url: "" }, "body.body_url"],
  ])("%s is refused", async (_, fields, location) => {
    const response = await uploadByUrl(fields);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: "invalid_request", errors: [{ location }] });
  });
});
