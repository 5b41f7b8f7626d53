import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { ROOT } from "./servers.ts";

/** What the figures depend on. */
export function describeMachine(): Record<"date" | "cores" | "node" | "workerd", string> {
  const workerd = JSON.parse(readFileSync(join(ROOT, "node_modules/workerd/package.json"), "utf8")) as {
    version: string;
  };
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    cores: `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"})`,
    node: `Node ${process.version.slice(1)}`,
    workerd: `workerd ${workerd.version}`,
  };
}
