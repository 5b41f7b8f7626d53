import { createTestHarness } from "wrangler";

/** The `AI` binding as the main Worker sees it under `npm start`. */
export interface LocalAIBinding {
  run(model: string, input: Record<string, unknown>): Promise<unknown>;
}

/** Starts `local-ai` in workerd beside a Worker that is bound to it. Call `stop` when done. */
export async function startLocalAI(): Promise<{ ai: LocalAIBinding; stop: () => Promise<void> }> {
  process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false"; // No network, and no complaint that there is none.
  const harness = createTestHarness({
    root: new URL("../../..", import.meta.url).pathname,
    workers: [
      {
        config: {
          name: "local-ai-user",
          main: "test/support/worker/local-ai-user.ts",
          compatibility_date: "2026-10-23",
          services: [{ binding: "AI", service: "morsel-local-ai", entrypoint: "LocalAI" }],
        },
      },
      { configPath: "src/local-ai/wrangler.toml" },
    ],
  });
  await harness.listen();
  const { AI } = await harness.getWorker<{ AI: LocalAIBinding }>("local-ai-user").getEnv();
  return {
    // Out here the binding throws at once; inside a Worker it rejects.
    ai: { run: async (model, input) => await AI.run(model, input) },
    stop: () => harness.close(),
  };
}
