import { Session, type Profiler } from "node:inspector";

/** Tells whether code of `src` has run that never ran before. */
export interface Coverage {
  /** Whether anything of what ran since the last look is new. It stays new until a look remembers it. */
  look(how: "only" | "remember"): boolean;
}

/** By V8's own block coverage, of this thread alone. Nothing has to be built or instrumented for it. */
export function watchCoverage(): Coverage {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const seen = new Map<string, Uint8Array>();

  function isNew({ url, functions }: Profiler.ScriptCoverage, remember: boolean): boolean {
    const ends = functions.flatMap(({ ranges }) => ranges.map(({ endOffset }) => endOffset));
    const length = Math.max(0, ...ends);
    const known = seen.get(url) ?? new Uint8Array(length);
    seen.set(url, known);
    const ran = new Uint8Array(length);
    // Outer ranges come before the inner ones, which they contain.
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    }
    let grown = false;
    for (let at = 0; at < length; at += 1) {
      if (ran[at] === 1 && known[at] !== 1) {
        if (remember) known[at] = 1;
        grown = true;
      }
    }
    return grown;
  }

  return {
    look(how) {
      let grown = false;
      session.post("Profiler.takePreciseCoverage", (error, { result }) => {
        if (error !== null) throw error;
        for (const script of result)
          if (script.url.includes("/src/")) grown = isNew(script, how === "remember") || grown;
      });
      return grown;
    },
  };
}
