import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { concatenate } from "../../src/concatenate.ts";
import { jpeg } from "../support/images.ts";
import { loseMessages } from "../support/worker/keyed-uploads.ts";
import { ADMIN, call, createApplication, logIn, readRecord, stored } from "../support/worker/tenant.ts";

const photo = jpeg({ width: 1024, height: 768 });
let ada: { authorization: string };

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(() => loseMessages());
afterEach(() => vi.restoreAllMocks());

const PHOTO = Symbol("photo");

/** A body of lines that end with CRLF, and the photo. */
function bytesOf(parts: readonly (string | typeof PHOTO)[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  return concatenate(parts.map((part) => (part === PHOTO ? photo : encoder.encode(part.replaceAll("\n", "\r\n")))));
}

const send = (contentType: string, parts: readonly (string | typeof PHOTO)[]): Promise<Response> =>
  call("/nutrition_records/image", {
    method: "POST",
    headers: { ...ada, "content-type": contentType },
    body: bytesOf(parts),
  });

/** Forms as HTTP clients write them, each with the option `include_ingredients` and the metadata `meal: lunch`. */
const FORMS: [client: string, contentType: string, parts: (string | typeof PHOTO)[]][] = [
  [
    ".NET's MultipartFormDataContent",
    'multipart/form-data; boundary="9c5b1b4e-8a47-4f4d-9c11-d9a8c7f1b0aa"',
    [
      "--9c5b1b4e-8a47-4f4d-9c11-d9a8c7f1b0aa\nContent-Type: image/jpeg\nContent-Disposition: form-data; name=image; filename=a.jpg; filename*=utf-8''a.jpg\n\n",
      PHOTO,
      '\n--9c5b1b4e-8a47-4f4d-9c11-d9a8c7f1b0aa\nContent-Type: text/plain; charset=utf-8\nContent-Disposition: form-data; name=include_ingredients\n\nTrue\n--9c5b1b4e-8a47-4f4d-9c11-d9a8c7f1b0aa\nContent-Type: application/json; charset=utf-8\nContent-Disposition: form-data; name=metadata\n\n{"meal":"lunch"}\n--9c5b1b4e-8a47-4f4d-9c11-d9a8c7f1b0aa--\n',
    ],
  ],
  [
    "Swift with Alamofire",
    "multipart/form-data; boundary=alamofire.boundary.5f3a9c0d11e2b7aa",
    [
      '--alamofire.boundary.5f3a9c0d11e2b7aa\nContent-Disposition: form-data; name="include_ingredients"\n\n1\n--alamofire.boundary.5f3a9c0d11e2b7aa\nContent-Disposition: form-data; name="metadata[meal]"\n\nlunch\n--alamofire.boundary.5f3a9c0d11e2b7aa\nContent-Disposition: form-data; name="image"; filename="photo.jpg"\nContent-Type: image/jpeg\n\n',
      PHOTO,
      "\n--alamofire.boundary.5f3a9c0d11e2b7aa--\n",
    ],
  ],
  [
    "Swift's URLSession by hand, with a line break before the first boundary",
    "multipart/form-data; boundary=Boundary-2F1B6A1C",
    [
      '\n--Boundary-2F1B6A1C\nContent-Disposition: form-data; name="include_ingredients"\n\ntrue\n--Boundary-2F1B6A1C\nContent-Disposition: form-data; name="metadata"\n\n{"meal":"lunch"}\n--Boundary-2F1B6A1C\nContent-Disposition: form-data; name="image"; filename="image.jpg"\nContent-Type: image/jpeg\n\n',
      PHOTO,
      "\n--Boundary-2F1B6A1C--",
    ],
  ],
  [
    "Kotlin with OkHttp",
    "multipart/form-data; boundary=8c1a4cf2-b6b0-4f0e-8a0f-1d2e3f4a5b6c",
    [
      '--8c1a4cf2-b6b0-4f0e-8a0f-1d2e3f4a5b6c\nContent-Disposition: form-data; name="include_ingredients"\nContent-Length: 4\n\ntrue\n--8c1a4cf2-b6b0-4f0e-8a0f-1d2e3f4a5b6c\nContent-Disposition: form-data; name="metadata"\nContent-Type: application/json; charset=utf-8\nContent-Length: 16\n\n{"meal":"lunch"}\n--8c1a4cf2-b6b0-4f0e-8a0f-1d2e3f4a5b6c\nContent-Disposition: form-data; name="image"; filename="IMG_20261123.jpg"\nContent-Type: image/jpeg\nContent-Transfer-Encoding: binary\n\n',
      PHOTO,
      "\n--8c1a4cf2-b6b0-4f0e-8a0f-1d2e3f4a5b6c--\n",
    ],
  ],
  [
    "Dart's MultipartRequest",
    "multipart/form-data; boundary=dart-http-boundary-+xZ1-Yk0vQ8o.s_d7",
    [
      '--dart-http-boundary-+xZ1-Yk0vQ8o.s_d7\ncontent-disposition: form-data; name="include_ingredients"\n\ntrue\n--dart-http-boundary-+xZ1-Yk0vQ8o.s_d7\ncontent-disposition: form-data; name="metadata"\n\n{"meal":"lunch"}\n--dart-http-boundary-+xZ1-Yk0vQ8o.s_d7\ncontent-type: application/octet-stream\ncontent-disposition: form-data; name="image"; filename="lunch.jpg"\n\n',
      PHOTO,
      "\n--dart-http-boundary-+xZ1-Yk0vQ8o.s_d7--\n",
    ],
  ],
  [
    "Python's requests, with a file that has no name",
    "multipart/form-data; boundary=3f8e1b1c9a4d4f0f8a6b5c4d3e2f1a0b",
    [
      '--3f8e1b1c9a4d4f0f8a6b5c4d3e2f1a0b\nContent-Disposition: form-data; name="include_ingredients"\n\nTrue\n--3f8e1b1c9a4d4f0f8a6b5c4d3e2f1a0b\nContent-Disposition: form-data; name="metadata"\n\n{"meal": "lunch"}\n--3f8e1b1c9a4d4f0f8a6b5c4d3e2f1a0b\nContent-Disposition: form-data; name="image"\n\n',
      PHOTO,
      "\n--3f8e1b1c9a4d4f0f8a6b5c4d3e2f1a0b--\n",
    ],
  ],
  [
    "curl -F",
    "multipart/form-data; boundary=------------------------a1b2c3d4e5f60718",
    [
      '--------------------------a1b2c3d4e5f60718\nContent-Disposition: form-data; name="image"; filename="orange.jpg"\nContent-Type: image/jpeg\n\n',
      PHOTO,
      '\n--------------------------a1b2c3d4e5f60718\nContent-Disposition: form-data; name="include_ingredients"\n\ntrue\n--------------------------a1b2c3d4e5f60718\nContent-Disposition: form-data; name="metadata"\n\n{"meal":"lunch"}\n--------------------------a1b2c3d4e5f60718--\n',
    ],
  ],
  [
    "a browser's FormData, with JSON as a Blob",
    "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
    [
      '------WebKitFormBoundary7MA4YWxkTrZu0gW\nContent-Disposition: form-data; name="metadata"; filename="blob"\nContent-Type: application/json\n\n{"meal":"lunch"}\n------WebKitFormBoundary7MA4YWxkTrZu0gW\nContent-Disposition: form-data; name="include_ingredients"\n\ntrue\n------WebKitFormBoundary7MA4YWxkTrZu0gW\nContent-Disposition: form-data; name="image"; filename="Löffel &quot;1&quot;.jpg"\nContent-Type: image/jpeg\n\n',
      PHOTO,
      "\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\n",
    ],
  ],
  [
    "React Native on Android",
    "multipart/form-data; boundary=Zq3.kM_0-9d",
    [
      '--Zq3.kM_0-9d\ncontent-disposition: form-data; name="include_ingredients"\n\ntrue\n--Zq3.kM_0-9d\ncontent-disposition: form-data; name="metadata"\n\n{"meal":"lunch"}\n--Zq3.kM_0-9d\ncontent-disposition: form-data; name="image"; filename="photo.jpg"; filename*=utf-8\'\'photo.jpg\ncontent-type: image/jpeg\n\n',
      PHOTO,
      "\n--Zq3.kM_0-9d--\n",
    ],
  ],
];

describe("a form as it is written by", () => {
  it.each(FORMS)("%s is understood, options and all", async (_, contentType, parts) => {
    const response = await send(contentType, parts);
    expect(response.status, await response.clone().text()).toBe(202);
    const { record_id: id } = await response.json<{ record_id: string }>();
    expect(await readRecord(ada, id)).toMatchObject({ input_type: "image", metadata: { meal: "lunch" } });
  });
});

describe("a form that cannot be read", () => {
  const part = '--b\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\n\n';
  it.each<[string, string, (string | typeof PHOTO)[], number, RegExp]>([
    ["without a boundary in its type", "multipart/form-data", [part, PHOTO, "\n--b--\n"], 400, /boundary/],
    ["with another boundary", "multipart/form-data; boundary=c", [part, PHOTO, "\n--b--\n"], 400, /boundary/],
    ["that is cut off", "multipart/form-data; boundary=b", [part, PHOTO], 400, /complete/],
    [
      "with the photo under another name",
      "multipart/form-data; boundary=b",
      ['--b\nContent-Disposition: form-data; name="file"; filename="a.jpg"\n\n', PHOTO, "\n--b--\n"],
      422,
      /"image".*"file"/,
    ],
    [
      "with two photos",
      "multipart/form-data; boundary=b",
      [part, PHOTO, `\n${part}`, PHOTO, "\n--b--\n"],
      422,
      /only one photo/,
    ],
    [
      "with more parts than any client sends",
      "multipart/form-data; boundary=b",
      ['--b\nContent-Disposition: form-data; name="x"\n\ny\n'.repeat(400), "--b--\n"],
      400,
      /form/,
    ],
  ])("%s says why, and stores nothing", async (_, contentType, parts, status, reason) => {
    const before = await stored();
    const response = await send(contentType, parts);
    const { detail } = await response.json<{ detail: string }>();
    expect([response.status, detail]).toEqual([status, expect.stringMatching(reason)]);
    expect(await stored()).toEqual(before);
  });
});

describe("options", () => {
  const withQuery = async (query: string): Promise<Response> =>
    call(`/nutrition_records/image?${query}`, {
      method: "POST",
      headers: { ...ada, "content-type": "image/jpeg", "content-length": String(photo.length) },
      body: photo,
    });

  it.each([
    "include_nutrition_fields=iron_mg&include_nutrition_fields=energy_kcal",
    "include_nutrition_fields[]=iron_mg&include_nutrition_fields[]=energy_kcal",
    "include_nutrition_fields=iron_mg,energy_kcal,iron_mg",
    "metadata[meal]=lunch&metadata[note]=1",
    "consumed_at=2026-11-23T10:30:00+02:00",
    "consumed_at=2026-11-23T10:30:00%2B02:00",
    "include_ingredients=True&ignore_cache=0&country_code=&metadata=",
    "__defineGetter__=y&constructor=z&toString=1&hasOwnProperty=2",
  ])("are understood as ?%s", async (query) => {
    const response = await withQuery(query);
    expect(response.status, await response.text()).toBe(202);
  });

  it.each([
    ["analysis_mode=fast&analysis_mode=precise", "query.analysis_mode", /more than once/],
    ["__proto__=x", "query.__proto__", /name/],
    ["metadata[__proto__]=x", "query.metadata.__proto__", /name/],
    ["consumed_at=yesterday", "query.consumed_at", /2026-11-23T10:30/],
  ])("are refused as ?%s, with the field", async (query, location, message) => {
    const response = await withQuery(query);
    expect(response.status).toBe(422);
    const { errors } = await response.json<{ errors: { location: string; message: string }[] }>();
    expect(errors[0]).toMatchObject({ location, message: expect.stringMatching(message) });
  });

  it("that are null or empty are as good as omitted", async () => {
    const options = { metadata: null, country_code: "", consumed_at: null, include_nutrition_fields: null };
    const body = JSON.stringify({ text: "two eggs", analysis_mode: null, ...options });
    expect((await call("/nutrition_records/text", { method: "POST", headers: ada, body })).status).toBe(202);
  });

  it("name what came where the type of a body is not supported", async () => {
    const response = await call("/nutrition_records/image", {
      method: "POST",
      headers: { ...ada, "content-type": "application/x-www-form-urlencoded" },
      body: "{}",
    });
    expect(response.status).toBe(415);
    expect((await response.json<{ detail: string }>()).detail).toContain("application/x-www-form-urlencoded");
  });
});

describe("a record that was read", () => {
  const typed = { dish_name: "soup", serving_size: 0.01, unit: "g", nutritional_fields: { energy_kj: 418.4 } };
  const create = async (): Promise<{ id: string; etag: string; record: Record<string, unknown> }> => {
    const made = await call("/nutrition_records/manual", { method: "POST", headers: ada, body: JSON.stringify(typed) });
    const { record_id: id } = await made.clone().json<{ record_id: string }>();
    return { id, etag: made.headers.get("etag") ?? "", record: await made.json() };
  };

  it("can be sent back as it is", async () => {
    const { id, record } = await create();
    const put = await call(`/nutrition_records/${id}`, { method: "PUT", headers: ada, body: JSON.stringify(record) });
    expect(put.status, await put.text()).toBe(200);
  });

  it("is changed with its tag weakened, as proxies do that compress, and found by an upper-case id", async () => {
    const { id, etag } = await create();
    const body = JSON.stringify({ serving_size: 2 });
    const path = `/nutrition_records/${id.toUpperCase()}`;
    const change = () => call(path, { method: "PATCH", headers: { ...ada, "if-match": `W/${etag}` }, body });
    expect((await change()).status).toBe(200);
    expect((await change()).status).toBe(412);
  });

  it("shows a size as small as it may be, and kilojoules as kilocalories", async () => {
    const { record } = await create();
    expect(record).toMatchObject({ serving_size: 0.01, nutritional_fields: { energy_kcal: 100 } });
  });

  it.each([
    { serving_size: 20_001, unit: "g" },
    { serving_size: 100, unit: "g", nutritional_fields: { energy_kcal: 100_001 } },
    { serving_size: 100, unit: "g", nutritional_fields: { protein_g: 20_001 } },
  ])("is not made of %j, which no meal is", async (fields) => {
    const body = JSON.stringify({ dish_name: "soup", ...fields });
    expect((await call("/nutrition_records/manual", { method: "POST", headers: ada, body })).status).toBe(422);
  });

  it("is not changed to a size that no meal has", async () => {
    const { id } = await create();
    const body = JSON.stringify({ serving_size: 20_001 });
    expect((await call(`/nutrition_records/${id}`, { method: "PATCH", headers: ada, body })).status).toBe(422);
  });
});

it("a web app that is traced may call", async () => {
  const requested = "authorization,content-type,sentry-trace,baggage,traceparent,tracestate";
  const response = await call("/nutrition_records/image", {
    method: "OPTIONS",
    headers: {
      origin: "https://app.test",
      "access-control-request-method": "POST",
      "access-control-request-headers": requested,
    },
  });
  const allowed = (response.headers.get("access-control-allow-headers") ?? "").toLowerCase().split(", ");
  for (const name of requested.split(",")) expect(allowed).toContain(name);
});

describe("a user's id", () => {
  it.each([".", ".."])("is not `%s`", async (userId) => {
    const applicationId = await createApplication();
    await expect(logIn(applicationId, userId)).rejects.toThrow("422");
    const erased = await call(`/admin/applications/${applicationId}/users/${encodeURIComponent(userId)}`, {
      method: "DELETE",
      headers: ADMIN,
    });
    expect(erased.status).toBe(404);
  });

  it("that looks like a signed time needs a signed time", async () => {
    const applicationId = await createApplication();
    await expect(logIn(applicationId, "1796087802.victim")).rejects.toThrow("timestamp_required");
  });
});
