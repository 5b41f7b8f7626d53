import { log } from "../log.ts";
import type { ModelCall } from "../records/record.ts";
import type { RunModel } from "./ask-model.ts";
import { classifyModelFailure, excerptOf, type ModelFailure } from "./model-failure.ts";
import type { ModelStates } from "./model-states.ts";

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
  /** Resolves when the models' states have been written, successfully or not. */
  written: () => Promise<void>;
}

/** Dependencies of watching. */
interface WatchPorts {
  states: ModelStates;
  now: () => number;
}

const TOO_LATE: ModelFailure = { kind: "busy", detail: "The model timed out." };

/**
 * Records model calls with their duration and outcome, never their input or output. Model states are written in the
 * background; the analysis does not wait for them.
 */
export function watchModels(run: RunModel, { states, now }: WatchPorts): WatchedModels {
  const calls: ModelCall[] = [];
  const writing: Promise<void>[] = [];
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
    const close = (end: Partial<ModelCall>, state: () => Promise<void> | null): void => {
      // An aborted call is over, whatever happens to it later.
      if (calls[place] !== open) return;
      calls[place] = { ...open, durationMs: now() - startedAt, ...end };
      const written = state();
      if (written !== null) writing.push(written);
    };
    const failed = (failure: ModelFailure) => (): Promise<void> | null =>
      failure.kind === "photo_rejected" ? null : states.failed(model, failure);
    signal.addEventListener("abort", () => close({ outcome: "timed_out", reason: "busy" }, failed(TOO_LATE)), {
      once: true,
    });
    try {
      const answer = await run(model, input, signal);
      close({ outcome: "answered", ...tokensOf(answer) }, () => states.succeeded(model));
      return answer;
    } catch (error) {
      const failure = classifyModelFailure(error, model, startedAt);
      log("warn", "model.call_failed", "model call failed", { model, reason: failure.kind, said: excerptOf(error) });
      close({ outcome: "failed", reason: failure.kind }, failed(failure));
      throw error;
    }
  };
  return { runModel, calls: () => [...calls], written: async () => void (await Promise.all(writing)) };
}
