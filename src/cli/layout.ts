import { dirname, join, relative } from "node:path";

/** Everything that `npm start` writes, below one folder. */
export interface Layout {
  root: string;
  /** D1, R2, Durable Objects and caches; what a second start finds again. */
  persistDir: string;
  registryDir: string;
  serviceConfig: string;
  localAiConfig: string;
  /** All migrations in one file, for a state that has no database yet. */
  newDatabaseFile: string;
  /** A header for `curl -H @file`, so that the lines to paste stay short. */
  authorizationFile: string;
  logFile: string;
  lockFile: string;
}

export function layOut(root: string, stateDir: string): Layout {
  return {
    root,
    persistDir: join(stateDir, "state"),
    registryDir: join(stateDir, "registry"),
    serviceConfig: join(stateDir, "local/wrangler.json"),
    localAiConfig: join(stateDir, "local/local-ai.json"),
    newDatabaseFile: join(stateDir, "local/new-database.sql"),
    authorizationFile: join(stateDir, "local/authorization"),
    logFile: join(stateDir, "morsel.log"),
    lockFile: join(stateDir, "local/lock"),
  };
}

/** A path as a person in the project's folder would type it. */
export const shown = (layout: Layout, path: string): string => {
  const short = relative(layout.root, path);
  return short.startsWith("..") ? path : short;
};

/** From a derived configuration to the folder of the file it comes from, with forward slashes as wrangler expects. */
export const pathBetween = (derivedFile: string, sourceFolder: string): string =>
  relative(dirname(derivedFile), sourceFolder).replaceAll("\\", "/");
