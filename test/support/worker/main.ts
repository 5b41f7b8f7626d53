/** The real Worker, and a stand-in for the image models that tests can script. */
import { WorkerEntrypoint } from "cloudflare:workers";
import { models } from "./scripted-models.ts";

export * from "../../../src/index.ts";
export { default } from "../../../src/index.ts";

/** Stands behind the `AI` binding: same call, scripted answer. */
export class ScriptedAI extends WorkerEntrypoint {
  async run(model: string, input: Record<string, unknown>): Promise<unknown> {
    models.calls.push({ model, input });
    return models.answer(model, input);
  }
}
