import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { PROGRAM_GLOBALS } from "./globals.ts";
import { completeReaders } from "./streams.ts";

export const ROOT = resolve(import.meta.dirname, "../../..");

/** A change of the program's source: `from` stands in the file exactly once. Paths are relative to the repository. */
export interface SourcePatch {
  file: string;
  from: string;
  to: string;
}

/** One message as the queue hands it over. */
export interface QueueMessage {
  id: string;
  body: unknown;
  attempts: number;
  ack(): void;
  retry(options?: { delaySeconds?: number }): void;
}

export interface ExecutionPorts {
  waitUntil(work: Promise<unknown>): void;
  passThroughOnException(): void;
}

/** The Worker, as the platform sees it. */
export interface Program {
  default: {
    fetch(request: Request, env: object, context: ExecutionPorts): Response | Promise<Response>;
    queue(batch: { queue: string; messages: QueueMessage[] }, env: object, context: ExecutionPorts): Promise<void>;
    scheduled(controller: object, env: object, context: ExecutionPorts): Promise<void>;
  };
  RecordObject: new (
    state: object,
    env: object,
  ) => {
    fetch(request: Request): Promise<Response>;
    alarm(invocation: { isRetry: boolean; retryCount: number }): Promise<void>;
  };
}

/** The name under which stacks and coverage know the program. */
export const PROGRAM_URL = "file:///morsel-program.js";

function patching(patches: readonly SourcePatch[]): Plugin {
  const files = Map.groupBy(patches, ({ file }) => resolve(ROOT, file));
  return {
    name: "source patches",
    setup(bundling) {
      bundling.onLoad({ filter: /\/src\/.*\.tsx?$/ }, ({ path }) => {
        const changes = files.get(path);
        if (changes === undefined) return null;
        let contents = readFileSync(path, "utf8");
        for (const { file, from, to } of changes) {
          if (contents.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`);
          contents = contents.replace(from, () => to);
        }
        return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
      });
    },
  };
}

/** Bundles the whole Worker, as it would be deployed, with these changes. Throws when one of them does not fit. */
export async function bundleProgram(patches: readonly SourcePatch[] = []): Promise<string> {
  const missing = patches.find(({ file }) => !readFileSync(resolve(ROOT, file)).length);
  if (missing !== undefined) throw new Error(`${missing.file} is empty`);
  const { outputFiles } = await build({
    entryPoints: [resolve(ROOT, "src/index.ts")],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    target: "node24",
    loader: { ".jpg": "binary" },
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    external: ["node:*"],
    plugins: [patching(patches)],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

const require = createRequire(import.meta.url);

/** What stands before the program's text in what is compiled: coverage counts from there. */
export const PARAMETERS = ["require", "module", "exports", ...Object.keys(PROGRAM_GLOBALS)];

/** Compiles the program. Each call of what is returned evaluates it anew: an isolate with memory of its own. */
export function compileProgram(source: string): () => Program {
  completeReaders();
  // The globals are the function's parameters: nothing else in this process sees them.
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is this repository's own program, bundled
  const evaluate = new Function(...PARAMETERS, `${source}\n//# sourceURL=${PROGRAM_URL}`);
  return () => {
    const module = { exports: {} };
    evaluate(require, module, module.exports, ...Object.values(PROGRAM_GLOBALS));
    return module.exports as Program;
  };
}
