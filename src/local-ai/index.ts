import { WorkerEntrypoint } from "cloudflare:workers";
import { detect } from "./detector.ts";
import { noSuchModel } from "./workers-ai-error.ts";

type Model = (input: Record<string, unknown>) => Promise<unknown>;

const MODELS = new Map<string, Model>([["@local/centernet-coco", detect]]);

/** Stands in for the `AI` binding: the same `run` as `env.AI.run`, with models that need no network. */
export class LocalAI extends WorkerEntrypoint {
  /** Answers as the model does. Rejects with the codes of Workers AI, 5007 for a model that is not here. */
  async run(model: string, input: Record<string, unknown>, _options?: Record<string, unknown>): Promise<unknown> {
    const answer = MODELS.get(model);
    if (answer === undefined) throw noSuchModel(model);
    return await answer(input);
  }
}

export default {
  fetch: () => new Response("local-ai answers through its LocalAI entrypoint only.\n"),
} satisfies ExportedHandler;
