import { describe, expect, it } from "vitest";
import {
  acceptOnce,
  claimOf,
  keepResponse,
  type Creation,
  type FirstResponse,
  type IdempotencyPorts,
  type KeyHolder,
  type UserKey,
} from "../../../src/intake/idempotency.ts";
import { problem } from "../../../src/problems/problem.ts";
import { fail, ok } from "../../../src/result.ts";
import { pendingRecord } from "../../support/records.ts";

const KEY: UserKey = { applicationId: 1, userId: "ada", key: "k" };
const RESPONSE: FirstResponse = { status: 202, location: "/nutrition_records/r1", body: "{}" };
const RECORD = pendingRecord({ id: "r1" });
const REQUEST = "what was asked for";

/** One key's row and a clock that moves only while somebody sleeps. */
function world(holder: KeyHolder | null) {
  const state = { holder, now: 1_000_000, reports: 0, resumed: 0, created: 0, released: 0 };
  const ports: IdempotencyPorts = {
    keyHolder: () => Promise.resolve(state.holder),
    takeKeyOver: (_, seen, heldUntil) => {
      if (state.holder?.heldUntil !== seen.heldUntil || state.holder.response !== null) return Promise.resolve(false);
      state.holder = { ...state.holder, heldUntil };
      return Promise.resolve(true);
    },
    releaseKey: () => {
      state.released += 1;
      return Promise.resolve();
    },
    saveFirstResponse: (_, __, response) => {
      if (state.holder !== null) state.holder = { ...state.holder, response };
      return Promise.resolve();
    },
    now: () => state.now,
    sleep: (ms) => {
      state.now += ms;
      return Promise.resolve();
    },
    reportOutage: () => void (state.reports += 1),
  };
  const creation: Creation = {
    fingerprint: () => Promise.resolve(REQUEST),
    create: () => {
      state.created += 1;
      return Promise.resolve(ok(RECORD));
    },
    resume: () => {
      state.resumed += 1;
      return Promise.resolve(ok(RECORD));
    },
  };
  return { state, ports, creation };
}

const held = (change: Partial<KeyHolder> = {}): KeyHolder => ({
  recordId: "r1",
  fingerprint: REQUEST,
  response: null,
  heldUntil: 1_010_000,
  ...change,
});

describe("a request with an idempotency key", () => {
  it("that is free does its work and does not say that it was replayed", async () => {
    const { state, ports, creation } = world(null);
    expect(await acceptOnce(ports, KEY, creation)).toEqual(ok({ outcome: "created", record: RECORD }));
    expect(state.created).toBe(1);
  });

  it("whose work is refused is refused", async () => {
    const { ports, creation } = world(null);
    const refused = fail(problem("photo_too_large"));
    expect(await acceptOnce(ports, KEY, { ...creation, create: () => Promise.resolve(refused) })).toEqual(refused);
  });

  it("that has a response gets it, and nothing is done", async () => {
    const { state, ports, creation } = world(held({ response: RESPONSE }));
    expect(await acceptOnce(ports, KEY, creation)).toEqual(ok({ outcome: "replayed", response: RESPONSE }));
    expect(state).toMatchObject({ created: 0, resumed: 0, now: 1_000_000 });
  });

  it.each([["another request"], [null]])("is refused when it asks for %j", async (asked) => {
    const { ports, creation } = world(held({ response: RESPONSE }));
    const other = { ...creation, fingerprint: () => Promise.resolve(asked) };
    expect(await acceptOnce(ports, KEY, other)).toMatchObject({ error: { code: "idempotency_key_reused" } });
  });

  it("waits for the one that is at work", async () => {
    const { state, ports, creation } = world(held());
    const sleep = (ms: number) => {
      if (state.now > 1_004_000 && state.holder !== null) state.holder = { ...state.holder, response: RESPONSE };
      return ports.sleep(ms);
    };
    expect(await acceptOnce({ ...ports, sleep }, KEY, creation)).toEqual(
      ok({ outcome: "replayed", response: RESPONSE }),
    );
    expect(state.resumed).toBe(0);
  });

  it("takes over from one that has not responded in its time", async () => {
    const { state, ports, creation } = world(held());
    expect(await acceptOnce(ports, KEY, creation)).toEqual(ok({ outcome: "resumed", record: RECORD }));
    expect(state.resumed).toBe(1);
    expect(state.now).toBeGreaterThanOrEqual(1_010_000);
  });

  it("is told to come again when another one has taken over and is slow", async () => {
    const { state, ports, creation } = world(held());
    const taken = { ...ports, takeKeyOver: () => Promise.resolve(false) };
    expect(await acceptOnce(taken, KEY, creation)).toMatchObject({
      error: { code: "idempotency_key_in_use", retryAfterSeconds: 2 },
    });
    expect(state.resumed).toBe(0);
  });

  it("is told to come again when the record is deleted while it waits", async () => {
    const { state, ports, creation } = world(held());
    const sleep = () => {
      state.holder = null;
      return Promise.resolve();
    };
    expect(await acceptOnce({ ...ports, sleep }, KEY, creation)).toMatchObject({
      error: { code: "idempotency_key_in_use" },
    });
  });

  it("lets the key go when it cannot bring the work to its end", async () => {
    const { state, ports, creation } = world(held({ heldUntil: 0 }));
    const failing = { ...creation, resume: () => Promise.resolve(fail(problem("temporarily_unavailable"))) };
    expect(await acceptOnce(ports, KEY, failing)).toMatchObject({ error: { code: "temporarily_unavailable" } });
    expect(state.released).toBe(1);
  });
});

describe("a request without an idempotency key", () => {
  it("does its work and asks nobody about keys", async () => {
    const { ports, creation } = world(held({ response: RESPONSE }));
    const keyless = { ...ports, keyHolder: () => Promise.reject(new Error("there is no key")) };
    expect(await acceptOnce(keyless, null, creation)).toEqual(ok({ outcome: "created", record: RECORD }));
  });
});

describe("the first response to a key", () => {
  it("is kept for whoever comes with it later", async () => {
    const { state, ports } = world(held());
    await keepResponse(ports, KEY, "r1", RESPONSE);
    expect(state.holder?.response).toEqual(RESPONSE);
  });

  it("is given although it cannot be kept", async () => {
    const { state, ports } = world(null);
    await keepResponse(
      { ...ports, saveFirstResponse: () => Promise.reject(new Error("D1 is down")) },
      KEY,
      "r1",
      RESPONSE,
    );
    expect(state.reports).toBe(1);
  });
});

describe("the claim of a key", () => {
  it("lasts a day, and is held for the wait and ten seconds more", () => {
    expect(claimOf(KEY, REQUEST, 1_000, 30_000)).toEqual({
      ...KEY,
      fingerprint: REQUEST,
      heldUntil: 41_000,
      expiresAt: 86_401_000,
    });
  });
});
