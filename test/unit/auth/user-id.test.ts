import { expect, it } from "vitest";
import { isUserId } from "../../../src/auth/tokens.ts";

it("a user's id is 1 to 128 letters, digits, points, dashes and underscores, and nothing around them", () => {
  for (const id of ["a", "Ada_9.x-y", "a".repeat(128), "...", ".a", "a."]) expect(isUserId(id), id).toBe(true);
  for (const id of ["", "a".repeat(129), "a b", " a", "a ", "ä", "a/b", "a\n", "%2e%2e"])
    expect(isUserId(id), id).toBe(false);
});

it("`.` and `..` are no user ids: in a path they would name another place", () => {
  expect([isUserId("."), isUserId("..")]).toEqual([false, false]);
});
