import { defineConfig } from "vitest/config";

/** The unit tests of the area that `test/mutation/run.ts` is at, which they run in once for each change of the code. */
export default defineConfig({
  test: { name: "unit", include: (process.env["MUTATION_TESTS"] ?? "test/unit/**/*.test.ts").split("|") },
});
