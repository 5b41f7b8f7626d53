// `npm start`. Plain JavaScript that any Node.js from 18 on can parse, so that an old Node.js, a half-finished install or
// a port in use is reported in one sentence instead of a stack trace; the program itself is TypeScript, loaded after that.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { argumentProblem, installProblem, nodeProblem, parsePort, portProblem } from "./preflight.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** @returns {Promise<string | null>} why it cannot start, or null once it runs */
async function start() {
  const problem = nodeProblem(process.versions.node, Boolean(process.features.typescript)) ?? installProblem(root);
  if (problem !== null) return problem;
  const misunderstood = argumentProblem(process.argv.slice(2));
  if (misunderstood !== null) return misunderstood;
  const port = parsePort(process.env["PORT"]);
  if (port === null) return `PORT must be a whole number from 1 to 65535, not "${process.env["PORT"]}".`;
  const taken = await portProblem(port);
  if (taken !== null) return taken;
  const { serve } = await import("./serve.ts");
  return serve({
    root,
    port,
    stateDir: resolve(root, process.env["MORSEL_STATE_DIR"] ?? ".wrangler"),
    environment: process.env,
  });
}

/** @param {string} sentence */
function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

// The reader of the output may close it (`npm start | head`): that is no reason to stop serving.
process.stdout.on("error", () => {});
start().then(
  (problem) => problem !== null && giveUp(problem),
  (error) => giveUp(`Morsel could not start: ${error instanceof Error ? error.message : error}`),
);
