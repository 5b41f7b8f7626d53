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
  const names = readdirSync(join(layout.root, "migrations"))
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const wanted = JSON.stringify(names);
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return null;
  const place = ["--local", `--config=${layout.serviceConfig}`, `--persist-to=${layout.persistDir}`];
  const markApplied = () => writeFileSync(marker, wanted);
  if (existsSync(join(layout.persistDir, "v3/d1")))
    return { wranglerArguments: ["d1", "migrations", "apply", "DB", ...place], markApplied };
  writeFileSync(layout.newDatabaseFile, newDatabase(layout, names));
  return {
    wranglerArguments: ["d1", "execute", "DB", "--yes", `--file=${layout.newDatabaseFile}`, ...place],
    markApplied,
  };
}

/**
 * All migrations in one file, for a state that has no database yet: wrangler starts a workerd for each migration that it
 * applies, which takes five times as long. It leaves the table of applied migrations
 * that wrangler itself would have left.
 */
function newDatabase({ root }: Layout, names: string[]): string {
  const migrations = names.map((name) => {
    const sql = readFileSync(join(root, "migrations", name), "utf8");
    return `${sql}\nINSERT INTO d1_migrations (name) VALUES ('${name}');\n`;
  });
  return `${MIGRATIONS_TABLE}${migrations.join("")}`;
}

/** As wrangler writes it (`d1 migrations apply`). */
const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);
`;
