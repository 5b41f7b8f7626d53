import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const SRC = new URL("../../src", import.meta.url).pathname;
const IMPORT = /^(?:import|export)\s[^;]*?\sfrom\s+"(\.[^"]+)"/gm;

/** The folder at the top of `src` that a file is in; files of the top are rooms of their own. */
const roomOf = (path: string): string => path.split("/")[0] ?? path;

/** Which rooms each room imports, types included. */
function importsBetweenRooms(src: string): Map<string, Set<string>> {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  const rooms = new Map<string, Set<string>>();
  for (const file of files) {
    for (const [, specifier = ""] of readFileSync(join(src, file), "utf8").matchAll(IMPORT)) {
      const imported = relative(src, resolve(dirname(join(src, file)), specifier));
      const [from, to] = [roomOf(file), roomOf(imported)];
      if (from !== to && !imported.startsWith("..")) rooms.set(from, (rooms.get(from) ?? new Set()).add(to));
    }
  }
  return rooms;
}

/** A way from a room back to itself, or null. */
function cycleFrom(room: string, rooms: ReadonlyMap<string, ReadonlySet<string>>): string[] | null {
  const seen = new Set<string>();
  const walk = (at: string, way: string[]): string[] | null => {
    for (const next of rooms.get(at) ?? []) {
      if (next === room) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(room, [room]);
}

const cyclesIn = (src: string): string[] => {
  const rooms = importsBetweenRooms(src);
  return [...rooms.keys()].flatMap((room) => cycleFrom(room, rooms)?.join(" → ") ?? []);
};

/** A source folder with these files. */
function plant(files: Record<string, string>): string {
  const src = mkdtempSync(join(tmpdir(), "morsel-rooms-"));
  onTestFinished(() => rmSync(src, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(src, path)), { recursive: true });
    writeFileSync(join(src, path), text);
  }
  return src;
}

describe("the folders of the source", () => {
  it("never import each other, not even types", () => {
    expect(cyclesIn(SRC)).toEqual([]);
  });

  it("are a graph that is worth looking at", () => {
    expect(importsBetweenRooms(SRC).size).toBeGreaterThan(20);
  });

  it.each([
    ["each other", { "a/x.ts": 'import { y } from "../b/y.ts";\n', "b/y.ts": 'import type { X } from "../a/x.ts";\n' }],
    [
      "each other by way of a third",
      {
        "a/x.ts": 'export { y } from "../b/y.ts";\n',
        "b/y.ts": 'import {\n  z,\n} from "../c/deep/z.ts";\n',
        "c/deep/z.ts": 'import type { X } from "../../a/x.ts";\n',
      },
    ],
  ])("would be found to import %s", (_, files) => {
    expect(cyclesIn(plant(files))).not.toEqual([]);
  });

  it("may import one another in one direction", () => {
    expect(
      cyclesIn(plant({ "a/x.ts": 'import { y } from "../b/y.ts";\n', "b/y.ts": "export const y = 1;\n" })),
    ).toEqual([]);
  });
});

const EXPORT = /^export (?:async )?(?:const|function|class|interface|type)\*? ?(\w+)/gm;

/** Exported names that stand in more than one file, apart from the client's: it describes the API from outside. */
function sharedNames(src: string): string[] {
  const places = new Map<string, Set<string>>();
  for (const path of readdirSync(src, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(path) || path.startsWith("client/")) continue;
    for (const [, name = ""] of readFileSync(join(src, path), "utf8").matchAll(EXPORT)) {
      places.set(name, (places.get(name) ?? new Set()).add(path));
    }
  }
  return [...places].filter(([, files]) => files.size > 1).map(([name, files]) => `${name}: ${[...files].join(", ")}`);
}

describe("an exported name", () => {
  it("has one meaning", () => {
    expect(sharedNames(SRC)).toEqual([]);
  });

  it("that stands in two files is found", () => {
    const src = plant({ "soup.ts": "export const cook = 1;\n", "salad/cook.ts": "export function cook() {}\n" });
    expect(sharedNames(src)).toEqual([expect.stringContaining("cook: ")]);
  });
});
