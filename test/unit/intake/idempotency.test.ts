import { describe, expect, it } from "vitest";
import {
  answerOnce,
  claimOf,
  type Creation,
  type FirstAnswer,
  type IdempotencyPorts,
  type KeyHolder,
  type UserKey,
} from "../../../src/intake/idempotency.ts";
import { problem } from "../../../src/problems/problem.ts";
import { fail, ok } from "../../../src/result.ts";

const KEY: UserKey = { applicationId: 1, userId: "ada", key: "k" };
const ANSWER: FirstAnswer = { status: 202, location: "/nutrition_records/r1", body: "{}" };
const REQUEST = "what was asked for";

/** One key's row and a clock that moves only while somebody sleeps. */
function world(holder: KeyHolder | null) {
  const state = { holder, now: 1_000_000, reports: 0, resumed: 0, created: 0, letGo: 0 };
  const ports: IdempotencyPorts = {
    keyHolder: () => Promise.resolve(state.holder),
    takeKeyOver: (_, seen, heldUntil) => {
      if (state.holder?.heldUntil !== seen.heldUntil || state.holder.answer !== null) return Promise.resolve(false);
      state.holder = { ...state.holder, heldUntil };
      return Promise.resolve(true);
    },
    letKeyGo: () => {
      state.letGo += 1;
      return Promise.resolve();
    },
    saveFirstAnswer: (_, __, answer) => {
      if (state.holder !== null) state.holder = { ...state.holder, answer };
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
      return Promise.resolve(ok({ recordId: "r1", answer: ANSWER }));
    },
    resume: () => {
      state.resumed += 1;
      return Promise.resolve(ok(ANSWER));
    },
  };
  return { state, ports, creation };
}

const held = (change: Partial<KeyHolder> = {}): KeyHolder => ({
  recordId: "r1",
  fingerprint: REQUEST,
  answer: null,
  heldUntil: 1_010_000,
  ...change,
});

describe("a request with an idempotency key", () => {
  it("that is free does its work and does not say that it was replayed", async () => {
    const { state, ports, creation } = world(null);
    expect(await answerOnce(ports, KEY, creation)).toEqual(ok({ ...ANSWER, replayed: false }));
    expect(state.created).toBe(1);
  });

  it("whose work is refused is refused", async () => {
    const { ports, creation } = world(null);
    const refused = fail(problem("photo_too_large"));
    expect(await answerOnce(ports, KEY, { ...creation, create: () => Promise.resolve(refused) })).toEqual(refused);
  });

  it("that has an answer gets it, and nothing is done", async () => {
    const { state, ports, creation } = world(held({ answer: ANSWER }));
    expect(await answerOnce(ports, KEY, creation)).toEqual(ok({ ...ANSWER, replayed: true }));
    expect(state).toMatchObject({ created: 0, resumed: 0, now: 1_000_000 });
  });

  it.each([["another request"], [null]])("is refused when it asks for %j", async (asked) => {
    const { ports, creation } = world(held({ answer: ANSWER }));
    const other = { ...creation, fingerprint: () => Promise.resolve(asked) };
    expect(await answerOnce(ports, KEY, other)).toMatchObject({ error: { code: "idempotency_key_reused" } });
  });

  it("waits for the one that is at work", async () => {
    const { state, ports, creation } = world(held());
    const sleep = (ms: number) => {
      if (state.now > 1_004_000 && state.holder !== null) state.holder = { ...state.holder, answer: ANSWER };
      return ports.sleep(ms);
    };
    expect(await answerOnce({ ...ports, sleep }, KEY, creation)).toEqual(ok({ ...ANSWER, replayed: true }));
    expect(state.resumed).toBe(0);
  });

  it("takes over from one that has not answered in its time, and keeps the answer", async () => {
    const { state, ports, creation } = world(held());
    expect(await answerOnce(ports, KEY, creation)).toEqual(ok({ ...ANSWER, replayed: true }));
    expect(state.resumed).toBe(1);
    expect(state.now).toBeGreaterThanOrEqual(1_010_000);
    expect(state.holder?.answer).toEqual(ANSWER);
  });

  it("is told to come again when another one has taken over and is slow", async () => {
    const { state, ports, creation } = world(held());
    const taken = { ...ports, takeKeyOver: () => Promise.resolve(false) };
    expect(await answerOnce(taken, KEY, creation)).toMatchObject({
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
    expect(await answerOnce({ ...ports, sleep }, KEY, creation)).toMatchObject({
      error: { code: "idempotency_key_in_use" },
    });
  });

  it("lets the key go when it cannot bring the work to its end", async () => {
    const { state, ports, creation } = world(held({ heldUntil: 0 }));
    const failing = { ...creation, resume: () => Promise.resolve(fail(problem("temporarily_unavailable"))) };
    expect(await answerOnce(ports, KEY, failing)).toMatchObject({ error: { code: "temporarily_unavailable" } });
    expect(state.letGo).toBe(1);
  });

  it("is answered although its answer cannot be kept", async () => {
    const { state, ports, creation } = world(null);
    const broken = { ...ports, saveFirstAnswer: () => Promise.reject(new Error("D1 is down")) };
    expect(await answerOnce(broken, KEY, creation)).toEqual(ok({ ...ANSWER, replayed: false }));
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
