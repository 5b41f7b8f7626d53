import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Operation } from "../../src/http/operation.ts";
import { MAX_BODY_BYTES, MAX_HEADER_LENGTH, MAX_PROBLEM_BYTES, MAX_URL_LENGTH } from "../../src/bounds.ts";
import { ADMIN_OPERATIONS } from "../../src/routes/admin.ts";
import { AUTH_OPERATIONS } from "../../src/routes/auth.ts";
import { RECORD_OPERATIONS } from "../../src/routes/records.ts";
import { loseMessages } from "../support/worker/keyed-uploads.ts";
import { ADMIN, call, createApplication, logIn } from "../support/worker/tenant.ts";

const OPERATIONS = [...AUTH_OPERATIONS, ...RECORD_OPERATIONS, ...ADMIN_OPERATIONS];
/** What paths name; the id is that of a record of ada's. */
const VALUES: Record<string, string> = {
  id: "",
  n: "0",
  user_id: "ada",
  kind: "hmac",
  purpose: "hmac",
};

let ada: { authorization: string };
let applicationId: number;

beforeAll(async () => {
  applicationId = await createApplication();
  ada = await logIn(applicationId);
  const body = JSON.stringify({ dish_name: "soup", serving_size: 1, unit: "g" });
  const response = await call("/nutrition_records/manual", { method: "POST", headers: ada, body });
  VALUES["id"] = (await response.json<{ record_id: string }>()).record_id;
});
afterEach(() => vi.restoreAllMocks());

const pathOf = ({ path }: Operation): string =>
  path.replace(/\{(\w{1,40})\}/g, (_, name: string) =>
    name === "id" && path.startsWith("/admin/applications")
      ? String(applicationId)
      : (VALUES[name] ?? VALUES["id"] ?? ""),
  );
const authorizationOf = ({ security }: Operation): Record<string, string> =>
  security === "token" ? ada : security === "administrator" ? ADMIN : {};
interface Sent {
  headers?: Record<string, string>;
  body?: BodyInit;
}

const send = (operation: Operation, init: Sent, query = "") =>
  call(`${pathOf(operation)}${query}`, {
    ...init,
    method: operation.method.toUpperCase(),
    headers: { ...authorizationOf(operation), ...init.headers },
  });
const named = (operations: readonly Operation[]) =>
  operations.map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const);
const withBody = OPERATIONS.filter(({ body }) => body?.["application/json"] !== undefined);
const takesPhotos = ({ body }: Operation): boolean => body?.["multipart/form-data"] !== undefined;

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  const text = await response.text();
  expect(text.length).toBeLessThanOrEqual(MAX_PROBLEM_BYTES);
  expect([response.status, (JSON.parse(text) as { code: string }).code]).toEqual([status, code]);
}

/** A body of so many bytes that never says how many: it is read, or refused, as it comes. */
const unstated = (bytes: number): ReadableStream => {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      const chunk = new Uint8Array(Math.min(left, 64 * 1024)).fill(0x20);
      left -= chunk.length;
      controller.enqueue(chunk);
      if (left === 0) controller.close();
    },
  });
};

describe("every route", () => {
  it.each(named(OPERATIONS))("%s refuses a URL that is too long", async (_, operation) => {
    await expectProblem(await send(operation, {}, `?x=${"a".repeat(MAX_URL_LENGTH)}`), 414, "url_too_long");
  });

  it.each(named(OPERATIONS))("%s refuses a header that is too large", async (_, operation) => {
    const headers = { prefer: `wait=${" ".repeat(MAX_HEADER_LENGTH)}"` };
    await expectProblem(await send(operation, { headers }), 431, "headers_too_large");
  });
});

describe("every route with a JSON body", () => {
  it.each(named(withBody))("%s refuses one that is too large, stated or not", async (_, operation) => {
    const code = takesPhotos(operation) ? "photo_too_large" : "body_too_large";
    const headers = { "content-type": "application/json" };
    const size = takesPhotos(operation) ? 11_000_000 : MAX_BODY_BYTES + 1;
    await expectProblem(await send(operation, { headers, body: " ".repeat(size) }), 413, code);
    await expectProblem(await send(operation, { headers, body: unstated(size) }), 413, code);
  });

  it.each(named(withBody))(
    "%s refuses one that is nested too deep, too long, or names a prototype",
    async (_, operation) => {
      const headers = { "content-type": "application/json" };
      for (const body of [
        `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
        JSON.stringify({ metadata: Array.from({ length: 5_000 }, () => 1) }),
        '{"metadata":{"__proto__":"x"}}',
        '{"__proto__":{"application_id":1}}',
      ]) {
        await expectProblem(await send(operation, { headers, body }), 422, "invalid_request");
      }
    },
  );

  it.each(named(withBody))("%s refuses a compressed one and says what to do", async (_, operation) => {
    const response = await send(operation, {
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      body: "x",
    });
    expect(response.headers.get("accept-encoding")).toBe("identity");
    await expectProblem(response, 415, "unsupported_encoding");
  });
});

describe("ten megabytes of JSON", () => {
  it.each([
    ["brackets", "[".repeat(9_900_000)],
    ["names", `{${Array.from({ length: 900_000 }, (_, place) => `"${place}":1`).join(",")}}`],
    ["another text beside the photo", JSON.stringify({ body: "x".repeat(5_000_000), note: "x".repeat(4_000_000) })],
  ])("are refused unread where they are no photo: %s", async (_, body) => {
    const headers = { ...ada, "content-type": "application/json" };
    await expectProblem(
      await call("/nutrition_records/image", { method: "POST", headers, body }),
      413,
      "body_too_large",
    );
  });
});

describe("a time", () => {
  it.each(["9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59"])(
    "outside of all years is refused: %s",
    async (time) => {
      const body = JSON.stringify({ text: "soup", consumed_at: time });
      await expectProblem(
        await call("/nutrition_records/text", { method: "POST", headers: ada, body }),
        422,
        "invalid_request",
      );
    },
  );
});

describe("a refusal", () => {
  it("repeats little of what was sent, however much is wrong", async () => {
    loseMessages();
    const fields = Array.from({ length: 400 }, (_, index) => `${"x".repeat(100)}${index}`);
    const body = JSON.stringify({ text: "soup", include_nutrition_fields: fields });
    const response = await call("/nutrition_records/text", { method: "POST", headers: ada, body });
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text.length).toBeLessThan(MAX_PROBLEM_BYTES);
    const { errors, detail } = JSON.parse(text) as { errors: unknown[]; detail: string };
    expect(errors).toHaveLength(20);
    expect(detail).toMatch(/and 380 more$/);
  });

  it.each([
    ["a name of its own", "ü".repeat(3_000)],
    ["many names", Array.from({ length: 300 }, (_, index) => `${index}${"ü".repeat(20)}`).join("=1&")],
  ])("of a query with %s is small too", async (_, query) => {
    const response = await call(`/nutrition_records?${query.slice(0, 8_000)}`, { headers: ada });
    expect([414, 422]).toContain(response.status);
    expect(new TextEncoder().encode(await response.text()).length).toBeLessThanOrEqual(MAX_PROBLEM_BYTES);
  });
});

describe("a list", () => {
  it.each(
    named(
      OPERATIONS.filter(
        ({ method, query }) => method === "get" && query !== undefined && !("last_event_id" in query.shape),
      ),
    ),
  )("%s refuses a parameter that it does not know, and one that is given twice", async (_, operation) => {
    await expectProblem(await send(operation, {}, "?statuss=completed"), 422, "invalid_request");
    await expectProblem(await send(operation, {}, "?__proto__=1"), 422, "invalid_request");
    const [name] = Object.keys(operation.query?.shape ?? {});
    const isList = operation.path === "/nutrition_records" && name === "status";
    if (!isList) await expectProblem(await send(operation, {}, `?${name}=1&${name}=2`), 422, "invalid_request");
  });

  it("takes several values of a filter, in each way that they are written", async () => {
    loseMessages();
    const user = await logIn(applicationId, "lists");
    const text = JSON.stringify({ text: "two eggs" });
    await call("/nutrition_records/text", { method: "POST", headers: user, body: text });
    const meal = JSON.stringify({ dish_name: "soup", serving_size: 1, unit: "g" });
    await call("/nutrition_records/manual", { method: "POST", headers: user, body: meal });
    for (const query of [
      "status=completed,pending",
      "status=completed&status=pending",
      "status[]=completed&status[]=pending",
      "status%5B0%5D=completed&status%5B1%5D=pending",
      "input_type=text&input_type=manual&status=",
    ]) {
      const response = await call(`/nutrition_records?${query}`, { headers: user });
      expect([query, (await response.json<unknown[]>()).length]).toEqual([query, 2]);
    }
    const one = await call("/nutrition_records?status[]=pending", { headers: user });
    expect(await one.json<unknown[]>()).toHaveLength(1);
  });
});
