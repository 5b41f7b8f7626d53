import { log } from "../log.ts";
import type { MakeUpright } from "./model-photo.ts";
import type { Trouble, TroubleKind } from "./trouble.ts";
import { MINUTE_MS } from "../time.ts";

/** The Images binding among the models. */
export const IMAGES = "images";

/** A model that failed recently, as seen by the calls of all isolates. */
export interface ModelState {
  /** A model's id, or `IMAGES`. */
  model: string;
  kind: TroubleKind;
  /** When a call first saw this kind of trouble, and when one last did. Unix milliseconds. */
  since: number;
  lastAt: number;
  detail: string;
}

/** A failure that has not been reported yet, or its end (`state` is null). */
export interface ModelStateChange {
  model: string;
  state: Pick<ModelState, "kind" | "detail"> | null;
  /** Unix milliseconds. */
  at: number;
}

/** A state that no call has seen for so long is over, or nobody asks the model any more. */
export const STATE_AGE_MS = 15 * MINUTE_MS;

/** An isolate writes one state of a model at most this often: hundreds of calls may fail in a minute. */
const WRITE_EVERY_MS = MINUTE_MS;

/** Storage of the states, and notification of changes. */
export interface ModelStatePorts {
  /** Resolves with whether this kind of trouble is new. */
  write: (state: Omit<ModelState, "since">) => Promise<boolean>;
  /** Ends the state of a model that was seen until then; resolves with whether there was one. */
  clear: (model: string, until: number) => Promise<boolean>;
  /** Called once for each change, by one of the isolates that saw it. */
  onModelState: (change: ModelStateChange) => Promise<void>;
  now: () => number;
}

/** Records how calls ended. Neither method throws: no analysis fails because a model state is not written. */
export interface ModelStates {
  failed(model: string, trouble: Trouble): Promise<void>;
  succeeded(model: string): Promise<void>;
}

/** Keeps the states of models, for one isolate's life. */
export function createModelStates({ write, clear, onModelState, now }: ModelStatePorts): ModelStates {
  const known = new Map<string, { kind: TroubleKind; writtenAt: number }>();
  const quietly = async (model: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log("warn", "model.state_write_failed", "writing the state of a model failed", { model }, error);
    }
  };
  return {
    failed: (model, { kind, detail }) =>
      quietly(model, async () => {
        const at = now();
        const before = known.get(model);
        if (before?.kind === kind && at < before.writtenAt + WRITE_EVERY_MS) return;
        known.set(model, { kind, writtenAt: at });
        if (await write({ model, kind, detail, lastAt: at })) {
          await onModelState({ model, state: { kind, detail }, at });
        }
      }),
    succeeded: (model) =>
      quietly(model, async () => {
        if (!known.delete(model)) return;
        const at = now();
        if (await clear(model, at)) await onModelState({ model, state: null, at });
      }),
  };
}

/** Records the health of the Images binding. An unreadable image says nothing about it. */
export const watchImages =
  (makeUpright: MakeUpright, states: ModelStates): MakeUpright =>
  async (bytes, orientation, side) => {
    const made = await makeUpright(bytes, orientation, side);
    if (made.ok) await states.succeeded(IMAGES);
    else if (made.error.kind !== "photo_rejected") await states.failed(IMAGES, made.error);
    return made;
  };

/** An operator has to act, or users wait: these are logged as errors. A busy model is routine. */
const SHOUTED: ReadonlySet<TroubleKind> = new Set(["misconfigured", "request_refused", "quota"]);

/** Logs a change. */
export function logModelState({ model, state }: ModelStateChange): void {
  if (state === null) return log("info", "model.recovered", "model recovered", { model });
  log(SHOUTED.has(state.kind) ? "error" : "warn", "model.failing", "model calls are failing", { model, ...state });
}
