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
    [500, "retry"],
    [429, "retry"],
    [400, "retry"],
    [413, "photo_rejected"],
  ])("that answers %i fails as Workers AI would: %s", async (status, kind) => {
    standIn.answerWith(status, "something about it");
    const failure = await ask().catch((error: unknown) => error);
    expect(classifyModelFailure(failure)).toBe(kind);
    expect(String(failure)).toContain("something about it");
  });
});
