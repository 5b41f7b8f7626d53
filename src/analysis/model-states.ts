import { log } from "../log.ts";
import type { MakeUpright } from "./model-photo.ts";
import type { Trouble, TroubleKind } from "./trouble.ts";

/** The Images binding among the models. */
export const IMAGES = "images";

/** A model that was in trouble of late, as the calls of all isolates saw it. */
export interface ModelState {
  /** A model's id, or `IMAGES`. */
  model: string;
  kind: TroubleKind;
  /** When a call first saw this kind of trouble, and when one last did. Unix milliseconds. */
  since: number;
  lastAt: number;
  detail: string;
}

/** A trouble that nobody has told of yet, or its end (`state` is null). */
export interface ModelStateChange {
  model: string;
  state: Pick<ModelState, "kind" | "detail"> | null;
  /** Unix milliseconds. */
  at: number;
}

/** A state that no call has seen for so long is over, or nobody asks the model any more. */
export const STATE_AGE_MS = 15 * 60_000;

/** An isolate writes one state of a model at most this often: hundreds of calls may fail in a minute. */
const WRITE_EVERY_MS = 60_000;

/** Where states are kept, and who is told of changes. */
export interface ModelStatePorts {
  /** Resolves with whether this kind of trouble is new. */
  write: (state: Omit<ModelState, "since">) => Promise<boolean>;
  /** Ends the state of a model that was seen until then; resolves with whether there was one. */
  clear: (model: string, until: number) => Promise<boolean>;
  /** Is told once of each change, by one of the isolates that saw it. */
  onModelState: (change: ModelStateChange) => Promise<void>;
  now: () => number;
}

/** Takes down how calls ended. Neither of these ever throws: no analysis fails because its models' state is not written. */
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

/** Takes down how the Images binding fares. A picture that it cannot read says nothing about it. */
export const watchImages =
  (makeUpright: MakeUpright, states: ModelStates): MakeUpright =>
  async (bytes, orientation, side) => {
    const made = await makeUpright(bytes, orientation, side);
    if (made.ok) await states.succeeded(IMAGES);
    else if (made.error.kind !== "photo_rejected") await states.failed(IMAGES, made.error);
    return made;
  };

/** An operator has to act, or users wait: these are errors in the log. A busy model is its provider's everyday life. */
const SHOUTED: ReadonlySet<TroubleKind> = new Set(["misconfigured", "request_refused", "quota"]);

/** Tells of a change in the log. */
export function logModelState({ model, state }: ModelStateChange): void {
  if (state === null) return log("info", "model.recovered", "model recovered", { model });
  log(SHOUTED.has(state.kind) ? "error" : "warn", "model.failing", "model calls are failing", { model, ...state });
}
