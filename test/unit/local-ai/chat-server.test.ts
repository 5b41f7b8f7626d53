import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createChatModel } from "../../../src/local-ai/chat-server.ts";
import { classifyModelFailure } from "../../../src/analysis/model-failure.ts";
import { type ChatServerStandIn, startChatServer } from "../../support/node/chat-server.ts";

let standIn: ChatServerStandIn;
const input = { messages: [{ role: "user", content: "What food is in this photo?" }], max_tokens: 9 };
const ask = (change: { url?: string; model?: string; apiKey?: string } = {}) =>
  createChatModel({ url: standIn.url, model: null, apiKey: null, ...change }, fetch)(input);

beforeEach(async () => {
  standIn = await startChatServer("rice");
});
afterEach(() => standIn.close());

describe("a vision model at a server of one's own", () => {
  it("gets the request as the production code built it, and its answer goes back as it is", async () => {
    expect(await ask()).toMatchObject({ choices: [{ message: { content: "rice" } }] });
    expect(standIn.requests).toEqual([{ authorization: undefined, body: { model: "stand-in-vision", ...input } }]);
  });

  it.each(["", "/", "/v1", "/v1/"])(
    "is found under the address that its manual gives, with %j at its end",
    async (end) => {
      await ask({ url: standIn.url + end });
      expect(standIn.requests).toHaveLength(1);
    },
  );

  it("is the one that was named, and gets the key that was given", async () => {
    await ask({ model: "llava:13b", apiKey: "secret" });
    expect(standIn.requests).toMatchObject([{ authorization: "Bearer secret", body: { model: "llava:13b" } }]);
  });

  it.each([
    [500, "something about it", "busy"],
    [503, "loading model", "busy"],
    [429, "something about it", "busy"],
    [429, "insufficient_quota", "quota"],
    [400, "something about it", "request_refused"],
    [400, "Failed to load image or audio file", "photo_rejected"],
    [413, "something about it", "request_refused"],
    [401, "something about it", "misconfigured"],
    [404, "model 'llava' not found", "misconfigured"],
    [500, "image input is not supported - hint: mmproj", "misconfigured"],
  ])("that answers %i (%s) fails as Workers AI would: %s", async (status, text, kind) => {
    standIn.answerWith(status, text);
    const failure = await ask().catch((error: unknown) => error);
    expect(classifyModelFailure(failure, "@local/vlm", 0).kind).toBe(kind);
    expect(String(failure)).toContain(text);
  });

  it.each([
    [401, "LOCAL_VLM_API_KEY"],
    [404, "LOCAL_VLM_MODEL"],
  ])("that answers %i names the setting to correct: %s", async (status, setting) => {
    standIn.answerWith(status, "something about it");
    const failure = await ask().catch((error: unknown) => error);
    expect(classifyModelFailure(failure, "@local/vlm", 0).detail).toContain(setting);
  });
});
