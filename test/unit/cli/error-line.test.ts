import { expect, it } from "vitest";
import { errorToShow } from "../../../src/cli/error-line.ts";

it.each([
  ["✘ [ERROR] Build failed with 1 error:", "Build failed with 1 error:"],
  ['  ✘ [ERROR] Could not resolve "./nothing.ts"', 'Could not resolve "./nothing.ts"'],
  ["[wrangler:error] Error: kaboom", "Error: kaboom"],
])("shows on the terminal the error of %s", (line, shown) => {
  expect(errorToShow(line)).toBe(shown);
});

it.each([
  ["a line of a stack", "    at Object.fetch (file:///src/index.ts:12:39)"],
  ["an error that the service itself has logged", '✘ [ERROR] {"level":"error","message":"a webhook failed"}'],
  ["the service's own log", '[morsel] {"level":"info","message":"the sweep moved records"}'],
  ["a warning", "▲ [WARNING] Scheduled Workers are not automatically triggered during local development."],
  ["a request", "[wrangler:info] GET /error 500 Internal Server Error (14ms)"],
  ["an empty line", ""],
])("leaves %s to the log", (_what, line) => {
  expect(errorToShow(line)).toBeNull();
});
