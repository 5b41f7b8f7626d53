import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, vi } from "vitest";
import { earlierAnalyses, forgetAnalyses } from "./earlier-analyses.ts";
import { resetModels } from "./scripted-models.ts";
import { resetOperators } from "./webhook-endpoint.ts";

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
forgetAnalyses();

// A second, which is what vitest waits for, is not enough on a machine that is busy with other tests.
const PATIENCE = { timeout: 5_000, interval: 25 };
const { waitFor } = vi;
vi.waitFor = (callback, options = PATIENCE) => waitFor(callback, options);

afterEach(() => {
  resetModels();
  resetOperators();
  earlierAnalyses.areRemembered = false;
});
