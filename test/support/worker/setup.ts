import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach } from "vitest";
import { earlierAnalyses, forgetAnalyses } from "./earlier-analyses.ts";
import { resetModels } from "./scripted-models.ts";

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
forgetAnalyses();
afterEach(() => {
  resetModels();
  earlierAnalyses.areRemembered = false;
});
