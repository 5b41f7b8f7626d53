import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const OUT = join(ROOT, "dist/client");

/**
 * The manifest of the client as a package of its own: the same name, so that `morsel/client` is what one imports either
 * way, and none of the service's dependencies.
 */
function clientManifest(): object {
  const { name, version, description, license, engines } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  ) as Record<string, unknown>;
  const exports = { "./client": { types: "./index.d.ts", default: "./index.js" } };
  return { name, version, description, license, type: "module", engines, sideEffects: false, exports };
}

rmSync(OUT, { recursive: true, force: true });
execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", ".config/tsconfig.client.json"], {
  cwd: ROOT,
  stdio: "inherit",
});
writeFileSync(join(OUT, "package.json"), `${JSON.stringify(clientManifest(), null, 2)}\n`);
copyFileSync(join(ROOT, "LICENSE"), join(OUT, "LICENSE"));
