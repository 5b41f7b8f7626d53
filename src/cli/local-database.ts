import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout } from "./layout.ts";

/** Migrations that the local state lacks. */
interface DueMigrations {
  wranglerArguments: string[];
  /** To be called when wrangler has applied them. */
  markApplied: () => void;
}

/**
 * wrangler takes two seconds to find that there is nothing to apply, so a marker inside the state names the files that it
 * has. Migrations are never edited after landing: their names are enough. Null = none is due.
 */
export function findDueMigrations(layout: Layout): DueMigrations | null {
  const marker = join(layout.persistDir, "applied-migrations.json");
  const files = readdirSync(join(layout.root, "migrations")).filter((name) => name.endsWith(".sql"));
  const wanted = JSON.stringify(files.sort());
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return null;
  return {
    wranglerArguments: [
      "d1",
      "migrations",
      "apply",
      "DB",
      "--local",
      `--config=${layout.serviceConfig}`,
      `--persist-to=${layout.persistDir}`,
    ],
    markApplied: () => writeFileSync(marker, wanted),
  };
}
