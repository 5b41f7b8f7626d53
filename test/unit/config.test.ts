import { describe, expect, it } from "vitest";
import { parseKeyring } from "../../src/applications/keys/keyring.ts";

describe("a secret with several keys", () => {
  it("is read newest first", () => {
    expect(parseKeyring("k2:newest-secret, k1:older-secret")).toEqual({
      ok: true,
      value: [
        { id: "k2", secret: "newest-secret" },
        { id: "k1", secret: "older-secret" },
      ],
    });
  });

  it("may have colons in a secret", () => {
    expect(parseKeyring("k1:a:b")).toMatchObject({ value: [{ id: "k1", secret: "a:b" }] });
  });

  it.each([
    [undefined, "is not set"],
    ["  ", "is not set"],
    ["a-secret-without-its-id", "pairs"],
    ["k1:", "pairs"],
    ["bad id:secret", "pairs"],
    ["k1:a-secret-without, k1:another-secret-without", "names two keys k1"],
  ])("is refused as %j, without showing it", (text, reason) => {
    const parsed = parseKeyring(text);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.error).toContain(reason);
    expect(!parsed.ok && parsed.error).not.toContain("secret-without");
  });
});
