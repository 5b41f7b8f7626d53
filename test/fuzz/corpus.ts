import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("corpus", import.meta.url));

const folderOf = (target: string): string => join(FOLDER, target);

/** The saved inputs of a target by name: what once failed, and what reaches code that the first inputs do not. */
export function savedInputs(target: string): [name: string, input: Uint8Array][] {
  let names: string[];
  try {
    names = readdirSync(folderOf(target));
  } catch {
    return [];
  }
  return names.toSorted().map((name) => [name, Uint8Array.from(readFileSync(join(folderOf(target), name)))]);
}

/** Saves an input under a name of its own; returns its path. */
export function saveInput(target: string, kind: "found" | "reaches", input: Uint8Array): string {
  const digest = createHash("sha256").update(input).digest("hex").slice(0, 12);
  const path = join(folderOf(target), `${kind}-${digest}`);
  mkdirSync(folderOf(target), { recursive: true });
  writeFileSync(path, input);
  return path;
}
