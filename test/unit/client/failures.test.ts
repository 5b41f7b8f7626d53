import { describe, expect, it } from "vitest";
import type { Morsel } from "../../../src/client/index.ts";
import {
  ACCEPTED,
  broken,
  callService,
  failureOf,
  ID,
  json,
  PHOTO,
  problem,
  RECORD,
} from "../../support/node/scripted-service.ts";

describe("a retry", () => {
  it.each<[string, () => Response, number[]]>([
    ["a network error", broken, [500]],
    ["503", () => problem("temporarily_unavailable", 503, { retryable: true }), [500]],
    [
      "503 with Retry-After",
      () => problem("temporarily_unavailable", 503, { headers: { "retry-after": "7" } }),
      [7000],
    ],
    [
      "429 with Retry-After as a date",
      () => problem("rate_limited", 429, { headers: { "retry-after": new Date(1_700_000_003_000).toUTCString() } }),
      [3000],
    ],
    ["a gateway's own 502", () => new Response("<html>", { status: 502 }), [500]],
    ["an error that the service calls retryable", () => problem("internal_error", 500, { retryable: true }), [500]],
    [
      "an idempotency key in use",
      () => problem("idempotency_key_in_use", 409, { retryable: true, headers: { "retry-after": "2" } }),
      [2000],
    ],
  ])("follows %s, after the time that was asked for", async (_, answer, slept) => {
    const { morsel, clock } = callService([answer, json(ACCEPTED, 202)]);
    expect(await morsel.uploadImage(PHOTO)).toEqual(ACCEPTED);
    expect(clock.slept).toEqual(slept);
  });

  it("waits longer each time, up to a quarter more by chance, and gives up with the last problem", async () => {
    const { morsel, clock, requests } = callService([broken, broken, broken, broken, json(RECORD)], {}, 1);
    expect(await failureOf(morsel.readRecord(ID))).toMatchObject({ code: "network_error", status: 0, retryable: true });
    expect(requests).toHaveLength(4);
    expect(clock.slept).toEqual([625, 1250, 2500]);
  });

  it("does not keep anybody waiting for more than a minute", async () => {
    const { morsel, clock } = callService([problem("rate_limited", 429, { headers: { "retry-after": "3600" } })]);
    expect(await failureOf(morsel.readRecord(ID))).toMatchObject({ code: "rate_limited", retryAfterSeconds: 3600 });
    expect(clock.slept).toEqual([]);
  });

  it.each<[string, (morsel: Morsel) => Promise<unknown>]>([
    ["cancelling", (m) => m.cancelRecord(ID)],
    ["removing an ingredient", (m) => m.correctIngredient(ID, 0, { remove: true })],
    ["asking for another analysis", (m) => m.reanalyzeRecord(ID)],
  ])("of %s does not follow a lost answer, for it may have worked; but 503, for it has not", async (_, act) => {
    const lost = callService([broken, json(RECORD)]);
    expect((await failureOf(act(lost.morsel))).code).toBe("network_error");
    expect(lost.requests).toHaveLength(1);
    const refused = callService([problem("temporarily_unavailable", 503), json(RECORD)]);
    expect(await act(refused.morsel)).toEqual(RECORD);
  });

  it("does not follow what would fail again", async () => {
    const { morsel, requests } = callService([problem("invalid_dimensions", 422)]);
    expect((await failureOf(morsel.uploadImage(PHOTO))).code).toBe("invalid_dimensions");
    expect(requests).toHaveLength(1);
  });

  it("can be switched off", async () => {
    const { morsel, requests } = callService([broken], { maxRetries: 0 });
    await failureOf(morsel.readRecord(ID));
    expect(requests).toHaveLength(1);
  });
});

describe("a problem", () => {
  it("carries what the service said", async () => {
    const errors = [{ location: "body.serving_size", message: "a number", value: "x" }];
    const body = {
      title: "Invalid",
      status: 422,
      detail: "Too small.",
      errors,
      code: "invalid_request",
      retryable: false,
      request_id: "abc",
    };
    const { morsel } = callService([json(body, 422)]);
    const failure = await failureOf(morsel.readRecord(ID));
    expect(failure).toMatchObject({
      name: "MorselProblem",
      code: "invalid_request",
      status: 422,
      detail: "Too small.",
      errors,
      requestId: "abc",
      retryable: false,
      retryAfterSeconds: null,
    });
    expect(failure.message).toBe("invalid_request: Too small.");
  });

  it.each<[string, Response, number]>([
    ["an HTML page", new Response("<html>", { status: 404 }), 404],
    ["JSON that is no problem", json(["x"], 400), 400],
    ["null", json(null, 400), 400],
    ["a record that is no JSON", new Response("<html>login</html>", { status: 200 }), 200],
  ])("is typed too when the answer is %s", async (_, answer, status) => {
    const { morsel } = callService([answer]);
    expect(await failureOf(morsel.readRecord(ID))).toMatchObject({
      code: "unexpected_response",
      status,
      retryable: false,
    });
  });
});

describe("an access token", () => {
  const expired = () => problem("expired_token", 401);
  const sequence = () => {
    let n = 0;
    return async () => `t${++n}`;
  };

  it("is asked for once, however many calls wait for it", async () => {
    const { morsel, requests } = callService([json(RECORD), json(RECORD)], { token: undefined, getToken: sequence() });
    await Promise.all([morsel.readRecord(ID), morsel.readRecord(ID)]);
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer t1", "Bearer t1"]);
  });

  it("is renewed once when it has expired, for all calls that had it", async () => {
    const { morsel, requests } = callService([expired(), expired(), json(RECORD), json(RECORD)], {
      getToken: sequence(),
    });
    await Promise.all([morsel.readRecord(ID), morsel.readRecord(ID)]);
    expect(requests.slice(2).map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer t2", "Bearer t2"]);
  });

  it("is not renewed for ever", async () => {
    const { morsel, requests } = callService([expired(), expired()], { getToken: sequence() });
    expect((await failureOf(morsel.readRecord(ID))).code).toBe("expired_token");
    expect(requests).toHaveLength(2);
  });

  it.each([
    ["given as text", expired, {}],
    ["invalid", () => problem("invalid_token", 401), { getToken: sequence() }],
  ])("that is %s is not renewed", async (_, answer, options) => {
    const { morsel, requests } = callService([answer()], options);
    expect((await failureOf(morsel.readRecord(ID))).status).toBe(401);
    expect(requests).toHaveLength(1);
  });

  it("is asked for again after the callback has failed, with its own error", async () => {
    let calls = 0;
    const getToken = async () => {
      if (++calls === 1) throw new Error("the server is down");
      return "t2";
    };
    const { morsel } = callService([json(RECORD)], { getToken });
    await expect(morsel.readRecord(ID)).rejects.toThrow("the server is down");
    expect(await morsel.readRecord(ID)).toEqual(RECORD);
  });

  it("is needed", async () => {
    const { morsel } = callService([], { token: undefined });
    await expect(morsel.readRecord(ID)).rejects.toThrow("A token is required");
  });

  it("is what logIn answers with, and does not need", async () => {
    const token = { access_token: "t9", expires_at: "2026-11-24T10:30:00.000Z" };
    const { morsel, requests } = callService([json(token)], { token: undefined });
    expect(await morsel.logIn({ application_id: 1, application_user_id: "ada", signature: "00" })).toEqual(token);
    expect(requests[0]?.headers.get("authorization")).toBeNull();
  });
});
