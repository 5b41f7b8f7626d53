import { describe, expect, it } from "vitest";
import { classifyModelFailure, excerptOf, soonestOf, type ModelFailure } from "../../../src/analysis/model-failure.ts";
import { postponedBy } from "../../../src/analysis/trouble.ts";

const NOW = Date.UTC(2026, 11, 1, 12, 30);
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const classify = (message: string): ModelFailure => classifyModelFailure(new Error(message), MODEL, NOW);

describe("a call of a model that failed", () => {
  it.each([
    ["3040: Capacity temporarily exceeded, please try again."],
    ["AiError: 3007: Request timeout"],
    ["3008: Request aborted"],
    ["3021: rate limiting: too many requests"],
    ["2003: Rate limited by the gateway"],
    ['{"error":[{"code":2021,"message":"Rate limit exceeded for unified billing"}]}'],
    ["7003: User Input Error: rate_limit_exceeded"],
    ['{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'],
    ['{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"quotaId":"RequestsPerMinutePerProject"}]}}'],
    ["Network connection lost"],
    ["something that nobody has seen before"],
  ])("because it is busy, with %j, may succeed soon", (message) => {
    expect(classify(message).kind).toBe("busy");
    expect(classify(message)).not.toHaveProperty("notBefore");
  });

  it.each([
    ["3036: You have used up your daily free allocation of 10,000 neurons", Date.UTC(2026, 11, 2)],
    ["AiError: 3036: Account limited", Date.UTC(2026, 11, 2)],
    [
      '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"quotaId":"RequestsPerDay"}]}}',
      Date.UTC(2026, 11, 2, 7),
    ],
  ])("because the quota of a day is spent, with %j, waits for its reset", (message, notBefore) => {
    expect(classify(message)).toMatchObject({ kind: "quota", notBefore });
  });

  it.each([
    ['{"internalCode":2021,"description":"Insufficient balance"}'],
    ["2045: Spend limit reached"],
    ["2049: credits used up"],
    ["7003: Payment error"],
    [
      '{"error":{"message":"You exceeded your current quota, see https://platform.openai.com/docs/guides/rate-limits","code":"insufficient_quota"}}',
    ],
    ['{"error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}'],
  ])("because it is not paid, with %j, waits for money", (message) => {
    expect(classify(message).kind).toBe("quota");
  });

  it.each([
    ["5007: No such model @cf/x/y or task"],
    ["3042: model not found"],
    ["5005: wrong task"],
    ["5019: deprecated SDK"],
    ["5016: Model agreement required"],
    ["5018: Account is not allowed"],
    ["3041: not allowed"],
    ["3023: account blocked"],
    ["AiError: this model needs Workers Paid (5035)"],
    ["2001: Please configure AI Gateway in the Cloudflare dashboard"],
    ["2009: Unauthorized"],
    ['{"internalCode":2021,"message":"Model not available via unified billing"}'],
    ["7003: model_not_found"],
    ['{"error":{"message":"Incorrect API key provided: sk-live-0123456789abcdefghij","code":"invalid_api_key"}}'],
    ["image input is not supported - hint: you may need to provide the mmproj"],
  ])("because something is set wrong, with %j, waits for a person", (message) => {
    expect(classify(message).kind).toBe("misconfigured");
  });

  it.each([
    ["3003: Incomplete request"],
    ["3006: Request is too large"],
    ["5004: Invalid data"],
    ["AiError: 5006: Error: required properties at '/' are 'messages'"],
    ["2002: could not parse the output"],
    ["7003: User Input Error: unsupported_value"],
    ['{"error":{"type":"invalid_request_error","message":"temperature: not allowed"}}'],
  ])("because our request is wrong, with %j, is not the photo's fault", (message) => {
    expect(classify(message).kind).toBe("request_refused");
  });

  it.each([
    ["3010: Invalid or incomplete input for the model"],
    ["7003: User Input Error: Could not process image"],
    ['{"error":{"code":400,"message":"Unable to process input image.","status":"INVALID_ARGUMENT"}}'],
    ['{"error":{"code":"invalid_image_format","message":"…"}}'],
    ["Failed to load image or audio file"],
    ["5004: Invalid data: failed to decode image"],
  ])("because the picture cannot be read, with %j, is", (message) => {
    expect(classify(message).kind).toBe("photo_rejected");
  });

  it("is told by its model and what helps, and never in the words of the error", () => {
    const { detail } = classify("5018: key sk-live-0123456789 of ada@example.com is not allowed");
    expect(detail).toBe(
      `The model ${MODEL} is not available to this account: choose another model, or ask Cloudflare for access. (5018)`,
    );
  });

  it("is logged by its beginning, without keys and pictures", () => {
    const key = "sk-live-0123456789abcdefghij";
    const said = excerptOf(
      new Error(`401: ${key} is wrong for data:image/jpeg;base64,${"/9j/4AAQ".repeat(99)} ${"why ".repeat(99)}`),
    );
    expect(said).toMatch(/^401: … is wrong for data:image\/jpeg;base64,… why/);
    expect(said.length).toBe(200);
  });

  it("with something that is no error may succeed soon", () => {
    expect(classifyModelFailure("boom", MODEL, NOW)).toMatchObject({
      kind: "busy",
      detail: expect.stringContaining(MODEL),
    });
  });
});

const of = (kind: ModelFailure["kind"], notBefore?: number): ModelFailure =>
  kind === "photo_rejected" || notBefore === undefined ? { kind, detail: kind } : { kind, detail: kind, notBefore };

describe("of the failures of several models", () => {
  it.each<[ModelFailure["kind"][], ModelFailure["kind"]]>([
    [["misconfigured", "busy"], "busy"],
    [["busy", "quota"], "busy"],
    [["quota", "photo_rejected"], "quota"],
    [["misconfigured", "photo_rejected"], "photo_rejected"],
    [["request_refused", "misconfigured"], "misconfigured"],
    [["request_refused", "request_refused"], "request_refused"],
  ])("%j the one counts that passes soonest: %s", ([first = "busy", ...others], kind) => {
    expect(soonestOf([of(first), ...others.map((other) => of(other))]).kind).toBe(kind);
  });

  it("quotas are waited for until the first of them is counted anew, if all say when", () => {
    expect(soonestOf([of("quota", 20), of("quota", 10), of("misconfigured")])).toMatchObject({ notBefore: 10 });
    expect(soonestOf([of("quota", 20), of("quota")])).not.toHaveProperty("notBefore");
  });
});

describe("for a record that waits", () => {
  it.each([
    [of("busy"), "models_unavailable"],
    [of("quota"), "quota_exhausted"],
    [of("misconfigured"), "model_misconfigured"],
    [of("request_refused"), "model_misconfigured"],
  ])("%j is the reason %s", (failure, reason) => {
    if (failure.kind === "photo_rejected") throw new Error("such a record does not wait");
    expect(postponedBy(failure)).toMatchObject({ reason, detail: failure.detail });
  });
});
