import { expect, it } from "vitest";
import { USER_ID } from "../../../src/auth/tokens.ts";

it("a user's id is 1 to 128 letters, digits, points, dashes and underscores, and nothing around them", () => {
  for (const id of ["a", "Ada_9.x-y", "a".repeat(128)]) expect(USER_ID.test(id), id).toBe(true);
  for (const id of ["", "a".repeat(129), "a b", " a", "a ", "ä", "a/b", "a\n"])
    expect(USER_ID.test(id), id).toBe(false);
});
