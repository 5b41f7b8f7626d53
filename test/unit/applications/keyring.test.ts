import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseKeyring } from "../../../src/applications/keys/keyring.ts";
import { fail, ok } from "../../../src/result.ts";
import { holds } from "../../support/properties.ts";

describe("a setting with several keys", () => {
  it("names them newest first, with spaces around them or without", () => {
    expect(parseKeyring(" b:two:parts , a-_9:one,, ")).toEqual(
      ok([
        { id: "b", secret: "two:parts" },
        { id: "a-_9", secret: "one" },
      ]),
    );
  });

  it.each([
    [undefined, "is not set"],
    ["", "is not set"],
    [" , ,", "is not set"],
    ["secret-without-a-name", 'must be "id:secret" pairs, separated by commas'],
    [":secret", 'must be "id:secret" pairs, separated by commas'],
    ["a:", 'must be "id:secret" pairs, separated by commas'],
    ["a b:secret", 'must be "id:secret" pairs, separated by commas'],
    [`${"a".repeat(33)}:secret`, 'must be "id:secret" pairs, separated by commas'],
    ["x!a:secret", 'must be "id:secret" pairs, separated by commas'],
    ["a:1,b:2,a:3", "names two keys a"],
  ])("as %j is refused, without the secret", (text, complaint) => {
    expect(parseKeyring(text)).toEqual(fail(complaint));
  });

  it("may have names of 32 characters, and secrets over several lines", () => {
    const id = "k".repeat(32);
    expect(parseKeyring(`${id}:a\nb`)).toEqual(ok([{ id, secret: "a\nb" }]));
  });

  holds(
    "is read as it was written",
    fc.property(
      fc.uniqueArray(
        fc.record({
          id: fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/),
          secret: fc.base64String({ minLength: 4 }),
        }),
        { minLength: 1, maxLength: 5, selector: ({ id }) => id },
      ),
      (keys) => {
        expect(parseKeyring(keys.map(({ id, secret }) => `${id}:${secret}`).join(","))).toEqual({
          ok: true,
          value: keys,
        });
      },
    ),
  );

  holds(
    "never tells more of itself than a key's name",
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const keys = parseKeyring(text);
      if (!keys.ok) expect(keys.error.length).toBeLessThan(60);
    }),
  );
});
