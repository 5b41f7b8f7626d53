import { describe, expect, test } from "vitest";
import { isTransientStorageError, tryAgain, type RetryPolicy } from "../../src/retry.ts";

/** Work that throws these errors, one a try, and succeeds after them. */
function failingWith(...errors: Error[]): { work: () => Promise<string>; tries: () => number } {
  let tries = 0;
  return {
    async work() {
      const error = errors[tries];
      tries += 1;
      if (error !== undefined) throw error;
      return "done";
    },
    tries: () => tries,
  };
}

/** Waits that take no time, and are written down. */
function patience(random = 1): RetryPolicy & { waits: number[] } {
  const waits: number[] = [];
  return {
    tries: 3,
    baseMs: 100,
    sleep: async (ms) => void waits.push(ms),
    random: () => random,
    isTransient: isTransientStorageError,
    waits,
  };
}

const lost = (): Error => new Error("D1_ERROR: Network connection lost.");

describe("trying again", () => {
  test("what succeeds is done once, without a wait", async () => {
    const { work, tries } = failingWith();
    const policy = patience();
    expect(await tryAgain(work, policy)).toBe("done");
    expect({ tries: tries(), waits: policy.waits }).toEqual({ tries: 1, waits: [] });
  });

  test("a passing error is waited out, longer each time", async () => {
    const { work, tries } = failingWith(lost(), lost());
    const policy = patience();
    expect(await tryAgain(work, policy)).toBe("done");
    expect({ tries: tries(), waits: policy.waits }).toEqual({ tries: 3, waits: [100, 200] });
  });

  test("waits vary by half of their length", async () => {
    const policy = patience(0);
    await tryAgain(failingWith(lost(), lost()).work, policy);
    expect(policy.waits).toEqual([50, 100]);
  });

  test("the last try's error is thrown", async () => {
    const last = new Error("put: internal error (10001)");
    const { work, tries } = failingWith(lost(), lost(), last, lost());
    await expect(tryAgain(work, patience())).rejects.toBe(last);
    expect(tries()).toBe(3);
  });

  test("an error that does not pass is thrown at once", async () => {
    const wrong = new Error("D1_ERROR: no such column: foo: SQLITE_ERROR");
    const { work, tries } = failingWith(wrong);
    const policy = patience();
    await expect(tryAgain(work, policy)).rejects.toBe(wrong);
    expect({ tries: tries(), waits: policy.waits }).toEqual({ tries: 1, waits: [] });
  });
});

const objectError = (properties: object): Error => Object.assign(new Error("the object is not there"), properties);

describe("errors that pass by themselves", () => {
  test.each([
    "D1_ERROR: D1 DB reset because its code was updated.",
    "D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.",
    "D1_ERROR: Internal error in D1 DB storage caused object to be reset.",
    "Network connection lost.",
    "Cannot resolve D1 DB due to transient issue on remote node.",
    "Can't read from request stream because client disconnected.",
    "get: We encountered an internal error. Please try again. (10001)",
    "put: Service unavailable (10043)",
    "put: Reduce your concurrent request rate for the same object. (10058)",
  ])("%s", (message) => {
    expect(isTransientStorageError(new Error(message))).toBe(true);
  });

  test("a call to an object that says so itself", () => {
    expect(isTransientStorageError(objectError({ retryable: true }))).toBe(true);
  });

  test("the cause of the database wrapper's error", () => {
    const cause = new Error("D1_ERROR: Network connection lost.");
    expect(isTransientStorageError(new Error("Failed query: select …", { cause }))).toBe(true);
  });
});

describe("errors that do not", () => {
  test.each([
    "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
    "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
    "D1_ERROR: D1 DB exceeded its CPU time limit and was reset.",
    "D1_ERROR: UNIQUE constraint failed: records.id: SQLITE_CONSTRAINT",
    "put: Your metadata headers exceed the maximum allowed metadata size. (10012)",
    "get: The specified bucket does not exist. (10006)",
    "a text that only quotes (10001) somewhere",
  ])("%s", (message) => {
    expect(isTransientStorageError(new Error(message))).toBe(false);
  });

  test("a call to an overloaded object, which more calls would overload further", () => {
    expect(isTransientStorageError(objectError({ retryable: true, overloaded: true }))).toBe(false);
  });

  test("what users typed into a statement that failed for another reason", () => {
    const cause = new Error("D1_ERROR: UNIQUE constraint failed");
    expect(isTransientStorageError(new Error("Failed query: params: Network connection lost", { cause }))).toBe(false);
  });

  test("what is no error at all", () => {
    expect(isTransientStorageError("Network connection lost.")).toBe(false);
  });
});
