import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { operationsOf, type PlacedOperation } from "../../src/openapi/api-document.ts";
import { SAMPLE_PHOTO, SAMPLE_TIMED_LOGIN } from "../../src/openapi/samples.ts";
import { describeService } from "../../src/routes/openapi.ts";
import { jpeg, webp } from "../support/images.ts";
import { admin, deliveryOf } from "../support/worker/record-lives.ts";
import { responseDisagreements, disagreements } from "../support/worker/api-contract.ts";
import {
  ADMIN,
  BASE,
  call,
  createApplication,
  finalRecord,
  logIn,
  upload,
  uploadUnheard,
} from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL, type ReceivedWebhook } from "../support/worker/webhook-endpoint.ts";

const document = describeService(BASE);
const operations = operationsOf(document);
const photo = jpeg({ width: 1024, height: 768 });
/** The local application of the examples, and a tenant of the tests. */
const LOCAL = { id: 1, hmac_key: "local-hmac-key-0123456789" };
let tenant: number;
let ada: { authorization: string };
let completedId: string;
let webhooks: ReceivedWebhook[];

beforeAll(async () => {
  webhooks = listenForWebhooks();
  await createApplication(LOCAL);
  tenant = await createApplication({ webhook_url: WEBHOOK_URL });
  ada = await logIn(tenant);
  completedId = await completed();
});
beforeEach(() => void (webhooks = listenForWebhooks()));

/** A record whose analysis is complete. */
async function completed(): Promise<string> {
  const response = await upload(ada, photo, "?include_ingredients=true&include_dish_description=true");
  const { record_id: id } = await response.json<{ record_id: string }>();
  await finalRecord(ada, id);
  return id;
}

const rotate = async (application: number): Promise<{ keys: { id: string }[] }> =>
  (
    await call(`/admin/applications/${application}/keys/hmac/rotate`, {
      method: "POST",
      headers: ADMIN,
      body: JSON.stringify({ overlap_hours: 24 }),
    })
  ).json();

/** What a request needs besides its example. */
interface Situation {
  path?: Record<string, string | number>;
  headers?: Record<string, string>;
}

/** A delivery of the tenant. */
async function aDelivery(): Promise<Record<string, string | number>> {
  const { delivery_id } = await deliveryOf(tenant, completedId);
  return { id: tenant, delivery_id };
}

/** Asks for what answers with a job, and reads the job's id. */
async function jobOf(id: number, path: string, method: string, field: string, body?: unknown): Promise<string> {
  const job = await (await admin(id, path, method, body)).json<Record<string, string>>();
  return job[field] ?? "";
}

/** The situation in which an operation's examples are good; without one, a complete record and a tenant. */
const SITUATIONS: Readonly<Record<string, () => Promise<Situation>>> = {
  revokeTokens: async () => ({ headers: await logIn(tenant, "zoe") }),
  cancelRecord: async () => ({ path: { id: await uploadUnheard(ada, photo) } }),
  deleteRecord: async () => ({ path: { id: await completed() } }),
  changeApplication: async () => ({ path: { id: await createApplication() } }),
  deleteApplication: async () => ({ path: { id: await createApplication() } }),
  eraseUser: async () => ({ path: { id: await createApplication(), user: "ada" } }),
  readErasureReceipt: async () => {
    const id = await createApplication();
    return { path: { id, receipt: await jobOf(id, "/users/ada", "DELETE", "receipt_id") } };
  },
  readDelivery: async () => ({ path: await aDelivery() }),
  resendDelivery: async () => ({ path: await aDelivery() }),
  readRecovery: async () => {
    const since = { since: "2026-01-01T00:00:00Z" };
    return { path: { id: tenant, recovery_id: await jobOf(tenant, "/recover", "POST", "recovery_id", since) } };
  },
  readReanalysis: async () => {
    const since = { since: "2026-01-01T00:00:00Z" };
    return { path: { id: tenant, reanalysis_id: await jobOf(tenant, "/reanalyze", "POST", "reanalysis_id", since) } };
  },
  rotateKey: async () => ({ path: { id: await createApplication(), purpose: "hmac" } }),
  revokeKey: async () => ({ path: { id: await createApplication(), purpose: "webhook" } }),
  deleteKey: async () => {
    const id = await createApplication();
    const { keys } = await rotate(id);
    return { path: { id, purpose: "hmac", key_id: keys.at(-1)?.id ?? "" } };
  },
};

/** Logins of the examples are signed for one moment. */
const MOMENTS: Readonly<Record<string, number>> = { [SAMPLE_TIMED_LOGIN.signature]: SAMPLE_TIMED_LOGIN.timestamp };

const usualSituation = ({ path }: PlacedOperation): Situation => ({
  path: { id: path.startsWith("/admin/applications") ? tenant : completedId, n: 0 },
});

const authorizationOf = ({ security: [scheme = {}] }: PlacedOperation): Record<string, string> =>
  "token" in scheme ? ada : "administrator" in scheme ? ADMIN : {};

/** Sends a request to an operation. */
function send(operation: PlacedOperation, { path = {}, headers = {} }: Situation, body?: BodyInit): Promise<Response> {
  const filled = Object.entries(path).reduce(
    (url, [name, value]) => url.replace(`{${name}}`, String(value)),
    operation.path,
  );
  return call(filled, {
    method: operation.method.toUpperCase(),
    headers: { ...authorizationOf(operation), ...headers },
    ...(body !== undefined && { body }),
  });
}

const bytesOfSample = (): Uint8Array<ArrayBuffer> => Uint8Array.fromBase64(SAMPLE_PHOTO);

function sampleForm(): FormData {
  const form = new FormData();
  form.set("image", new Blob([bytesOfSample()], { type: "image/png" }));
  return form;
}

/** Photos for the forms of a body that have no example in the document. */
const BYTES: Readonly<Record<string, () => BodyInit>> = {
  "multipart/form-data": sampleForm,
  "image/jpeg": () => photo,
  "image/png": bytesOfSample,
  "image/webp": () => webp({ width: 1024, height: 768 }),
};

interface ExampleRequest {
  name: string;
  operation: PlacedOperation;
  body?: BodyInit;
  contentType?: string;
}

/** Every documented request: one for each example, one for each form without one, one where there is no body. */
function requestsOf(operation: PlacedOperation): ExampleRequest[] {
  const { operationId, requestBody } = operation;
  if (requestBody === undefined) return [{ name: operationId, operation }];
  return Object.entries(requestBody.content).flatMap(([contentType, { examples }]): ExampleRequest[] => {
    const bytes = BYTES[contentType];
    if (bytes !== undefined) return [{ name: `${operationId}, ${contentType}`, operation, body: bytes(), contentType }];
    return Object.values(examples ?? {}).flatMap((example) =>
      "value" in example
        ? [{ name: `${operationId}, ${example.summary}`, operation, body: JSON.stringify(example.value), contentType }]
        : [],
    );
  });
}

const REQUESTS = operations.flatMap(requestsOf).map((request) => [request.name, request] as const);
const named = (found: PlacedOperation[]) => found.map((operation) => [operation.operationId, operation] as const);

async function situationOf(operation: PlacedOperation): Promise<Situation> {
  return { ...usualSituation(operation), ...(await SITUATIONS[operation.operationId]?.()) };
}

function headersFor(contentType: string | undefined, body: BodyInit | undefined): Record<string, string> {
  // A form's content type has a boundary that only the runtime knows.
  if (contentType === undefined || contentType === "multipart/form-data") return {};
  return {
    "content-type": contentType,
    ...(body instanceof Uint8Array && { "content-length": String(body.length) }),
  };
}

describe("a documented request", () => {
  it.each(REQUESTS)("is answered well, and as documented: %s", async (_, { operation, body, contentType }) => {
    const moment = Object.entries(MOMENTS).find(([signature]) => typeof body === "string" && body.includes(signature));
    const clock = moment === undefined ? null : vi.spyOn(Date, "now").mockReturnValue(moment[1] * 1000);
    const situation = await situationOf(operation);
    const headers = { ...headersFor(contentType, body), ...situation.headers };
    const response = await send(operation, { ...situation, headers }, body);
    clock?.mockRestore();
    expect(response.ok, `${response.status} ${response.ok ? "" : await response.clone().text()}`).toBe(true);
    expect(await responseDisagreements(response, operation, document)).toEqual([]);
  });
});

describe("an answer that says no", () => {
  it.each(named(operations.filter(({ security }) => security.length > 0)))(
    "to somebody without a token is as documented: %s",
    async (_, operation) => {
      const response = await send(operation, { ...usualSituation(operation), headers: { authorization: "" } });
      expect(response.status).toBe(401);
      expect(await responseDisagreements(response, operation, document)).toEqual([]);
    },
  );

  it.each(named(operations.filter(({ requestBody }) => requestBody?.content["application/json"] !== undefined)))(
    "to a body that is broken, or something else, is as documented: %s",
    async (_, operation) => {
      for (const [body, statuses] of [
        ["{", [400]],
        ["17", [422]],
      ] as const) {
        const { path = {} } = await situationOf(operation);
        const response = await send(operation, { path, headers: { "content-type": "application/json" } }, body);
        expect(statuses).toContain(response.status);
        expect(await responseDisagreements(response, operation, document)).toEqual([]);
      }
    },
  );

  it.each(named(operations.filter(({ path }) => path.includes("{id}"))))(
    "to an unknown id is as documented: %s",
    async (_, operation) => {
      const [request] = requestsOf(operation);
      const { path = {} } = await situationOf(operation);
      const unknown = { ...path, id: operation.path.startsWith("/admin/applications") ? 999_999 : crypto.randomUUID() };
      const headers = headersFor(request?.contentType, request?.body);
      const response = await send(operation, { path: unknown, headers }, request?.body);
      expect(await responseDisagreements(response, operation, document)).toEqual([]);
    },
  );

  const accepting = (header: string) =>
    operations.filter(({ parameters }) => parameters.some(({ name }) => name === header));

  it.each(named(accepting("If-Match")))("to a stale version is as documented: %s", async (_, operation) => {
    const [request] = requestsOf(operation);
    const headers = { ...headersFor(request?.contentType, request?.body), "if-match": '"stale"' };
    const response = await send(operation, { ...(await situationOf(operation)), headers }, request?.body);
    expect(response.status).toBe(412);
    expect(await responseDisagreements(response, operation, document)).toEqual([]);
  });

  it.each(named(accepting("If-None-Match")))("to an unchanged version is as documented: %s", async (_, operation) => {
    const situation = await situationOf(operation);
    const etag = (await send(operation, situation)).headers.get("etag") ?? "";
    const response = await send(operation, { ...situation, headers: { "if-none-match": etag } });
    expect(response.status).toBe(304);
    expect(await responseDisagreements(response, operation, document)).toEqual([]);
  });
});

describe("a webhook", () => {
  const [webhook] = Object.values(document.webhooks).flatMap((item) => Object.values(item));

  it("has the documented headers and body", async () => {
    const id = await completed();
    const received = await vi.waitFor(() => {
      const found = webhooks.find(({ body }) => body.includes(id));
      if (found === undefined) throw new Error("no webhook yet");
      return found;
    });
    for (const { name, schema } of webhook?.parameters ?? []) {
      const text = received.headers.get(name) ?? "";
      expect(disagreements(schema?.type === "integer" ? Number(text) : text, schema, document), name).toEqual([]);
    }
    const schema = webhook?.requestBody?.content["application/json"]?.schema;
    expect(disagreements(JSON.parse(received.body), schema, document)).toEqual([]);
  });
});

describe("the check itself", () => {
  const read = operations.find(({ operationId }) => operationId === "readRecord");

  it.each<[string, string, RegExp]>([
    ["a field that is not documented", '{"secret": 1}', /secret/],
    ["a wrong type", '{"record_id": 17}', /record_id/],
  ])("finds %s", async (_, text, place) => {
    if (read === undefined) throw new Error("readRecord is gone");
    const record = await (await send(read, { path: { id: completedId } })).json<object>();
    const spoilt = Response.json({ ...record, ...(JSON.parse(text) as object) }, { headers: { "x-secret": "1" } });
    const found = (await responseDisagreements(spoilt, read, document)).join("\n");
    expect(found).toMatch(place);
    expect(found).toContain("the header x-secret is not documented");
  });

  it("finds a status, a code and a content type that are not documented", async () => {
    if (read === undefined) throw new Error("readRecord is gone");
    const teapot = new Response("", { status: 418 });
    expect(await responseDisagreements(teapot, read, document)).toHaveLength(1);
    const text = new Response("hello", { headers: { "content-type": "text/plain" } });
    expect(await responseDisagreements(text, read, document)).toEqual([
      "the content type text/plain is not documented",
    ]);
    const refused = await call("/nutrition_records?limit=ten", { headers: ada });
    const renamed = Response.json(await refused.json(), {
      status: 404,
      headers: { "content-type": "application/problem+json" },
    });
    expect(await responseDisagreements(renamed, read, document)).toEqual([
      "the code invalid_request is not documented",
    ]);
  });
});
