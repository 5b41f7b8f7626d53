import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receiver } from "./receiver.ts";

const HMAC_KEY = "conformance-hmac-key-0123456789";
export const WEBHOOK_KEY = "conformance-webhook-key-0123456789";
const APPLICATIONS = "/admin/applications";
const PATIENCE_MS = 60_000;
const POLL_MS = 100;

export type HeaderFields = Record<string, string>;

/** An answer with its body read: `text` as it came, `body` parsed when it is JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // The suite looks at whatever an implementation answers; asserting is its way of parsing.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** An implementation of the contract, seen through its public interface alone. */
export class Morsel {
  readonly #remembered = new Map<string, Promise<unknown>>();
  /** The applications that were created, by this suite's own calls or by a sentence's. */
  readonly #created = new Set<number>();
  readonly baseUrl: string;
  readonly receiver: Receiver;
  readonly admin: HeaderFields;

  constructor(baseUrl: string, adminToken: string, receiver: Receiver) {
    this.baseUrl = baseUrl;
    this.receiver = receiver;
    this.admin = { authorization: `Bearer ${adminToken}` };
  }

  async call(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(path.startsWith("http") ? path : `${this.baseUrl}${path}`, {
      redirect: "manual",
      ...init,
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    const body = isJson && text ? JSON.parse(text) : null;
    if (init.method === "POST" && path === APPLICATIONS && response.status === 201) this.#created.add(body.id);
    return { status: response.status, headers: response.headers, text, body };
  }

  /** Why no sentence can be checked, as a sentence; null when all can. */
  async obstacle(): Promise<string | null> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const seen = await this.call(APPLICATIONS, { headers: this.admin, signal }).catch(() => null);
    if (seen === null) {
      return `No service responds at ${this.baseUrl}: start one with \`npm start\`, or name yours with --base-url.`;
    }
    if (seen.status === 200) return null;
    return `${this.baseUrl} does not accept this administrator token (it responded ${seen.status} to GET ${APPLICATIONS}): name yours with --admin-token.`;
  }

  /** Deletes the applications that were created, with all of their data; returns those that are left. */
  async cleanUp(): Promise<number[]> {
    for (const id of this.#created) {
      const answer = await this.send("DELETE", `${APPLICATIONS}/${id}`, this.admin).catch(() => null);
      if (answer?.status === 202 || answer?.status === 404) this.#created.delete(id);
    }
    return [...this.#created];
  }

  send(method: string, path: string, headers: HeaderFields, body?: unknown): Promise<Answer> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.call(path, { method, headers: { "content-type": "application/json", ...headers }, ...json });
  }

  /** Does something once for all sentences that need it. */
  once<Value>(name: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#remembered.get(name);
    if (known !== undefined) return known as Promise<Value>;
    const made = make();
    this.#remembered.set(name, made);
    return made;
  }

  async createApplication(settings: Record<string, unknown> = {}): Promise<number> {
    const answer = await this.send("POST", APPLICATIONS, this.admin, {
      name: `conformance ${randomUUID()}`,
      hmac_key: HMAC_KEY,
      webhook_signature_key: WEBHOOK_KEY,
      ...settings,
    });
    assert.equal(answer.status, 201, answer.text);
    return answer.body.id;
  }

  /** The application of the sentences that need no other. */
  application(): Promise<number> {
    return this.once("application", () => this.createApplication());
  }

  sign = (message: string): string => createHmac("sha256", HMAC_KEY).update(message).digest("hex");

  /** The headers that speak for a user; without a name, for one whom nobody else speaks for. */
  async logIn(user = `user-${randomUUID()}`, applicationId?: number): Promise<HeaderFields> {
    const application_id = applicationId ?? (await this.application());
    const answer = await this.send(
      "POST",
      "/auth/hmac",
      {},
      {
        application_id,
        application_user_id: user,
        signature: this.sign(user),
      },
    );
    assert.equal(answer.status, 200, answer.text);
    return { authorization: `Bearer ${answer.body.access_token}` };
  }

  sample(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.once(`sample ${name}`, async () =>
      Uint8Array.from(await readFile(new URL(`../samples/${name}`, import.meta.url))),
    );
  }

  /** Uploads a sample's raw bytes. */
  async upload(user: HeaderFields, query = "", photo = "orange.jpg", headers: HeaderFields = {}): Promise<Answer> {
    return this.call(`/nutrition_records/image${query}`, {
      method: "POST",
      headers: { "content-type": "image/jpeg", ...user, ...headers },
      body: await this.sample(photo),
    });
  }

  /** Has the label in a sample read. */
  async label(user: HeaderFields, photo: string, query = ""): Promise<Answer> {
    return this.call(`/nutrition_records/ingredients/label${query}`, {
      method: "POST",
      headers: { "content-type": "image/jpeg", ...user },
      body: await this.sample(photo),
    });
  }

  async uploaded(user: HeaderFields, query = "", photo = "orange.jpg"): Promise<string> {
    const answer = await this.upload(user, query, photo);
    assert.equal(answer.status, 202, answer.text);
    return answer.body.record_id;
  }

  record(user: HeaderFields, id: string): Promise<Answer> {
    return this.call(`/nutrition_records/${id}`, { headers: user });
  }

  /** Waits until the analysis is over. */
  async finalRecord(user: HeaderFields, id: string): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.record(user, id);
      assert.equal(answer.status, 200, answer.text);
      if (!["pending", "processing"].includes(answer.body.status)) return answer;
      assert.ok(Date.now() < deadline, `the record is still ${answer.body.status} after ${PATIENCE_MS} ms`);
      await sleep(POLL_MS);
    }
  }

  /** A completed analysis of an orange with everything that can be asked for, and the user whose it is. */
  completed(): Promise<{ user: HeaderFields; id: string; record: Answer }> {
    return this.once("completed", async () => {
      const user = await this.logIn();
      const query =
        "?include_dish_description=true&include_ingredients=true&include_nutri_score=true" +
        `&metadata=${encodeURIComponent(JSON.stringify({ meal: "lunch" }))}`;
      const id = await this.uploaded(user, query);
      const record = await this.finalRecord(user, id);
      assert.equal(record.body.status, "completed", record.text);
      return { user, id, record };
    });
  }

  /** An analysis that found nothing to eat. */
  failed(): Promise<{ user: HeaderFields; id: string; record: Answer }> {
    return this.once("failed", async () => {
      const user = await this.logIn();
      const id = await this.uploaded(user, "", "still-life.jpg");
      const record = await this.finalRecord(user, id);
      assert.equal(record.body.status, "failed", record.text);
      return { user, id, record };
    });
  }

  /** A record typed by hand, fresh for each caller. */
  async manual(user: HeaderFields, change: Record<string, unknown> = {}): Promise<Answer> {
    const answer = await this.send("POST", "/nutrition_records/manual", user, {
      dish_name: "lentil soup",
      serving_size: 300,
      unit: "g",
      nutritional_fields: { energy_kcal: 210, protein_g: 12, fat_total_g: 6, carbohydrate_g: 27 },
      ...change,
    });
    assert.equal(answer.status, 201, answer.text);
    return answer;
  }
}

/** Fails unless the answer is the problem document that the contract promises. */
export function assertProblem(answer: Answer, status: number, code?: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const { type, title, detail, errors, retryable, request_id } = answer.body;
  assert.equal(answer.body.status, status);
  if (code !== undefined) assert.equal(answer.body.code, code);
  assert.match(type, /^https?:\/\/.+\/problems\/[a-z_]+$/);
  assert.ok(title && detail && Array.isArray(errors) && typeof retryable === "boolean", answer.text);
  assert.equal(request_id, answer.headers.get("x-request-id"));
}

/** RFC 3339 in UTC with milliseconds. */
export const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
