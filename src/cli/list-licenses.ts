/* oxlint-disable no-console -- what a command says */
import { readFile } from "node:fs/promises";
import { licensesOf, type LockFile } from "./licenses.ts";

const lockFile = JSON.parse(await readFile(new URL("../../package-lock.json", import.meta.url), "utf8")) as LockFile;
const packages = licensesOf(lockFile);
for (const { name, version, license, isShipped } of packages) {
  console.log([license ?? "NO LICENSE", `${name}@${version}`, isShipped ? "" : "tool"].join("\t"));
}
process.exitCode = packages.every(({ license }) => license !== null) ? 0 : 1;
