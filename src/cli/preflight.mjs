// What can be wrong before anything starts. Plain JavaScript, because an old Node.js has to be able to say so.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const DEFAULT_PORT = 8787;
const LARGEST_PORT = 65_535;

/** Both addresses that "localhost" may mean: a program on either of them would answer in Morsel's place. */
const LOOPBACK_ADDRESSES = ["127.0.0.1", "::1"];

/** Packages that npm leaves out without a word when their download fails, and without which nothing starts. */
const PLATFORM_PACKAGES = /\/@(cloudflare\/workerd|esbuild\/)/;

/**
 * Node.js runs the TypeScript part as it is; 22.18 is the first long-term version that does so unasked.
 * @param {string} version the running one
 * @param {boolean} runsTypeScript `process.features.typescript`
 * @returns {string | null}
 */
export function nodeProblem(version, runsTypeScript) {
  if (runsTypeScript) return null;
  return `Morsel needs Node.js 22.18 or newer, and this is ${version}: run \`npm ci\`, which installs Node.js 24, and then \`npm start\`.`;
}

/**
 * Compares the lock file with what is on disk, which takes a few milliseconds and also finds an interrupted `npm ci`.
 * @param {string} root the folder of package.json
 * @returns {string | null}
 */
export function installProblem(root) {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  for (const [path, entry] of Object.entries(lock.packages)) {
    const needed = entry.optional ? PLATFORM_PACKAGES.test(path) && isForThisMachine(entry) : path !== "";
    if (needed && !existsSync(join(root, path, "package.json")))
      return `The installation is not complete (${path.replace("node_modules/", "")} is missing): run \`npm ci\` and start again.`;
  }
  return null;
}

/** @param {{ os?: string[], cpu?: string[] }} entry of the lock file */
function isForThisMachine({ os = [], cpu = [] }) {
  return os.includes(process.platform) && cpu.includes(process.arch);
}

/**
 * @param {string | undefined} text
 * @returns {number | null} null = not a port
 */
export function parsePort(text) {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= LARGEST_PORT ? port : null;
}

/**
 * An option that had no effect would be worse than none.
 * @param {readonly string[]} given the command line behind `npm start --`
 * @returns {string | null}
 */
export function argumentProblem([argument]) {
  if (argument === undefined) return null;
  return `npm start takes no arguments, and was given "${argument}". Settings come from the environment: PORT=8080 npm start`;
}

/**
 * @param {number} port
 * @returns {Promise<string | null>}
 */
export async function portProblem(port) {
  for (const address of LOOPBACK_ADDRESSES) {
    const code = await tryToListen(port, address);
    if (code === "EADDRINUSE")
      return `Port ${port} is in use by another program: stop it, or choose another port with \`PORT=${otherPort(port)} npm start\`.`;
    if (code === "EACCES")
      return `Port ${port} requires a privileged user: choose another one with \`PORT=${otherPort(port)} npm start\`.`;
  }
  return null;
}

/** @param {number} port */
const otherPort = (port) => (port === 9000 ? 9001 : 9000);

/**
 * @param {number} port
 * @param {string} address
 * @returns {Promise<string | undefined>} the error's code; a machine without IPv6 answers EADDRNOTAVAIL, which is no problem
 */
function tryToListen(port, address) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code));
    server.listen(port, address, () => server.close(() => resolve(undefined)));
  });
}
