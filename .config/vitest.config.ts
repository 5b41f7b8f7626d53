import { availableParallelism } from "node:os";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { parse } from "smol-toml";
import { defineConfig } from "vitest/config";
import { Response } from "miniflare";
import { moveConfig } from "../src/cli/local-config.ts";
import { respondToDns, isDnsQuery } from "../test/support/dns.ts";
import { OPERATIONS_KEY, OPERATIONS_URL } from "../test/support/operations-endpoint.ts";
import { silenceExpectedNoise } from "./expected-noise.ts";

silenceExpectedNoise();

const root = new URL("..", import.meta.url).pathname;

/** The production configuration without Workers AI, which has no local simulation: tests script the models. */
function writeTestConfig(): string {
  const { ai: _, ...production } = parse(readFileSync(`${root}wrangler.toml`, "utf8"));
  const file = `${root}.wrangler/test/wrangler.json`;
  mkdirSync(`${root}.wrangler/test`, { recursive: true });
  writeFileSync(file, JSON.stringify(moveConfig(production, "../..")));
  return file;
}

export default defineConfig({
  root,
  test: {
    // One for each core: vitest would leave one idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        root,
        test: {
          name: "unit",
          // As below: what takes a moment may take seconds on a machine that is busy.
          testTimeout: 20_000,
          include: ["test/unit/**/*.test.ts"],
          globalSetup: ["test/support/node/property-seed.ts"],
        },
      },
      {
        root,
        plugins: [
          cloudflareTest(async () => ({
            main: "./test/support/worker/main.ts",
            wrangler: { configPath: writeTestConfig() },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations(`${root}migrations`),
                TOKEN_KEYS: "test:test-token-key-0123456789abcdef0123456789",
                MASTER_KEYS: "test:dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY=",
                ADMIN_TOKEN: "test-admin-token-0123456789",
                OPERATIONS_WEBHOOK_URL: OPERATIONS_URL,
                OPERATIONS_WEBHOOK_KEY: OPERATIONS_KEY,
                PRECISE_MODELS: "@test/scripted",
                FAST_MODELS: "@test/scripted",
                TEXT_MODELS: "@test/scripted",
                LABEL_MODELS: "@test/scripted",
                TRANSLATION_MODEL: "@test/translator",
              },
              // Tests that let nobody stand in for the network get names resolved, and nothing else.
              outboundService: ({ url }) =>
                isDnsQuery(url) ? Response.json(respondToDns(url)) : new Response("no network", { status: 502 }),
              serviceBindings: {
                AI: { name: "morsel", entrypoint: "ScriptedAI" },
                // Real sockets, for the tests that ask for them: to an endpoint on this machine, which only they know.
                LOOPBACK: { network: { allow: ["private"], tlsOptions: { trustBrowserCas: true } } },
              },
            },
          })),
        ],
        test: {
          name: "worker",
          // What is waited for comes at once, or seconds later on a machine that is busy.
          testTimeout: 20_000,
          expect: { poll: { timeout: 5_000 } },
          include: ["test/worker/**/*.test.ts"],
          globalSetup: ["test/support/node/serve-faulty-endpoint.ts"],
          setupFiles: ["test/support/worker/setup.ts"],
          deps: { optimizer: { ssr: { enabled: true, include: ["itty-durable"] } } },
        },
      },
      {
        root,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/support/node/built-client.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
