import type { RunModel } from "./ask-model.ts";

/** The models of Workers AI itself; others are served by a Worker that stands in for it and takes no options. */
const HOSTED = /^@(?:cf|hf)\//;

/**
 * Calls models through the `AI` binding. Calls carry a tag, the caller's signal, and the gateway if there is one: photos
 * are personal, so it must neither log nor cache them.
 */
export function createRunModel(ai: Ai, gateway: string | null): RunModel {
  // The model's name is configuration, so the per-model types of the binding cannot apply here.
  const run = (model: string, input: Record<string, unknown>, options?: AiOptions): Promise<unknown> =>
    options === undefined
      ? ai.run(model as keyof AiModels, input as never)
      : ai.run(model as keyof AiModels, input as never, options);
  return (model, input, signal) => {
    if (!HOSTED.test(model)) return run(model, input);
    const through = gateway === null ? {} : { gateway: { id: gateway, collectLog: false, skipCache: true } };
    return run(model, input, { signal, tags: ["morsel"], ...through });
  };
}
