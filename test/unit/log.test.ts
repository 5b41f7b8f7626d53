import { afterEach, describe, expect, it, vi } from "vitest";
import { log } from "../../src/log.ts";

afterEach(() => vi.restoreAllMocks());

describe("a log line", () => {
  it("is JSON with its fields", () => {
    const line = vi.spyOn(console, "info").mockImplementation(() => undefined);
    log("info", "sweep.finished", "swept", { records: 3 });
    expect(JSON.parse(String(line.mock.calls[0]?.[0]))).toEqual({
      level: "info",
      event: "sweep.finished",
      message: "swept",
      records: 3,
    });
  });

  it("names an error's first cause, and nothing that a wrapper quotes", () => {
    const line = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const cause = new Error("D1_ERROR: no such table", { cause: new RangeError("no such table") });
    log(
      "error",
      "request.failed",
      "request failed",
      {},
      new Error("Failed query: insert … params: a user's words", { cause }),
    );
    expect(JSON.parse(String(line.mock.calls[0]?.[0]))).toEqual({
      level: "error",
      event: "request.failed",
      message: "request failed",
      error: "RangeError: no such table",
    });
  });
});
