import { execFileSync } from "node:child_process";
import { delimiter } from "node:path";
import { ROOT } from "./running-morsel.ts";

/** Builds the client into `dist/client`, as it is packed: once, because several files of tests read it. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build:client"], { cwd: ROOT, stdio: "inherit" });
}

/** The machine's own Node, which npm scripts put behind the toolchain's; the same one when there is no other. */
export function machineNode(): string {
  const own = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const script = "process.stdout.write(process.execPath)";
  return execFileSync("node", ["-e", script], { encoding: "utf8", env: { PATH: own.join(delimiter) } });
}
