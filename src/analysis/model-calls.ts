import type { ModelCall } from "../records/record.ts";
import type { RunModel } from "./ask-model.ts";

/** OpenAI-style answers say how many tokens they took; others do not. */
function tokensOf(answer: unknown): Pick<ModelCall, "inputTokens" | "outputTokens"> {
  const usage = (answer as { usage?: Record<string, unknown> } | null)?.usage;
  const count = (name: string): number | null => {
    const value = usage?.[name];
    return typeof value === "number" && value >= 0 ? value : null;
  };
  return { inputTokens: count("prompt_tokens"), outputTokens: count("completion_tokens") };
}

/** Models that are asked through this one, and the calls so far, in the order in which they began. */
export interface WatchedModels {
  runModel: RunModel;
  calls: () => ModelCall[];
}

/** Keeps what is asked of models, how long they take and how it ends; never what was asked or said. */
export function watchModels(run: RunModel, now: () => number): WatchedModels {
  const calls: ModelCall[] = [];
  const runModel: RunModel = async (model, input, signal) => {
    const startedAt = now();
    const open: ModelCall = {
      model,
      startedAt,
      durationMs: null,
      outcome: "timed_out",
      inputTokens: null,
      outputTokens: null,
    };
    const place = calls.push(open) - 1;
    const close = (end: Partial<ModelCall>): void => {
      // A call that was given up is over, whatever comes of it later.
      if (calls[place] === open) calls[place] = { ...open, durationMs: now() - startedAt, ...end };
    };
    signal.addEventListener("abort", () => close({ outcome: "timed_out" }), { once: true });
    try {
      const answer = await run(model, input, signal);
      close({ outcome: "answered", ...tokensOf(answer) });
      return answer;
    } catch (error) {
      close({ outcome: "failed" });
      throw error;
    }
  };
  return { runModel, calls: () => [...calls] };
}
