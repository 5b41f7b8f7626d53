import { beforeEach, describe, expect, it } from "vitest";
import {
  createApplicationDirectory,
  type ApplicationDirectory,
  type DirectoryEntry,
} from "../../../src/auth/application-directory.ts";

const CREATED_AT = 1_800_000_000_500;
const ISSUED_AT = CREATED_AT + 60_000;
const ada = { applicationId: 1, userId: "ada", issuedAt: ISSUED_AT };

let now: number;
let stored: DirectoryEntry | null;
let revocations: Record<string, number>;
let reads: string[];
let directory: ApplicationDirectory;

beforeEach(() => {
  now = ISSUED_AT + 1_000;
  stored = { application: { active: true, createdAt: CREATED_AT, rateLimits: {} }, latestRevocation: null };
  revocations = {};
  reads = [];
  directory = createApplicationDirectory(() => now).over({
    readApplication: async (id) => {
      reads.push(`application ${id}`);
      return stored;
    },
    readRevocation: async ({ userId }) => {
      reads.push(`user ${userId}`);
      return revocations[userId] ?? null;
    },
  });
});

/** As storage is after a user's call of POST /auth/revoke. */
function revoke(userId: string, at: number): void {
  revocations[userId] = at;
  stored = { application: { active: true, createdAt: CREATED_AT, rateLimits: {} }, latestRevocation: at };
}

const refusal = (reason: string) => ({ admitted: false, reason });

describe("the directory", () => {
  it("reads an application once in 30 seconds, however many of its users call", async () => {
    for (const userId of ["ada", "bob", "cleo"]) await directory.admit({ ...ada, userId });
    expect(reads).toEqual(["application 1"]);
    now += 30_000;
    await directory.admit(ada);
    expect(reads).toEqual(["application 1", "application 1"]);
  });

  it("learns of a revocation elsewhere within 30 seconds, whatever it remembered", async () => {
    await directory.admit(ada);
    revoke("ada", now);
    expect(await directory.admit(ada)).toMatchObject({ admitted: true });
    now += 30_000;
    expect(await directory.admit(ada)).toEqual(refusal("token_revoked"));
  });

  it("learns of the revocation that it was told of at once", async () => {
    await directory.admit(ada);
    revoke("ada", now);
    directory.forgetUser(ada);
    expect(await directory.admit(ada)).toEqual(refusal("token_revoked"));
  });

  it.each([
    ["the millisecond of the revocation", 0, refusal("token_revoked")],
    ["the millisecond after it", 1, expect.objectContaining({ admitted: true })],
  ])("judges a token of %s", async (_, later, expected) => {
    revoke("ada", ISSUED_AT);
    expect(await directory.admit({ ...ada, issuedAt: ISSUED_AT + later })).toEqual(expected);
  });

  it("lets the other users of the application call, and asks for each of them once in 30 seconds", async () => {
    revoke("ada", ISSUED_AT + 500);
    for (let round = 0; round < 3; round++) {
      expect(await directory.admit({ ...ada, userId: "bob" })).toMatchObject({ admitted: true });
    }
    expect(reads).toEqual(["application 1", "user bob"]);
  });

  it("asks for no user whose token is younger than the application's latest revocation", async () => {
    revoke("bob", ISSUED_AT - 1);
    expect(await directory.admit(ada)).toMatchObject({ admitted: true });
    expect(reads).toEqual(["application 1"]);
  });

  it("takes no token from before the application was made: its id may have been another's", async () => {
    expect(await directory.admit({ ...ada, issuedAt: CREATED_AT - 1_000 })).toEqual(refusal("token_revoked"));
    // Other issuers write whole seconds.
    expect(await directory.admit({ ...ada, issuedAt: CREATED_AT - 500 })).toMatchObject({ admitted: true });
  });

  it.each([
    ["inactive", "inactive_application"],
    ["unknown", "unknown_application"],
  ])("refuses an application that is %s, and remembers that", async (standing, reason) => {
    stored =
      standing === "unknown"
        ? null
        : { application: { active: false, createdAt: 0, rateLimits: {} }, latestRevocation: null };
    for (let round = 0; round < 2; round++) expect(await directory.admit(ada)).toEqual(refusal(reason));
    expect(reads).toHaveLength(1);
  });
});
