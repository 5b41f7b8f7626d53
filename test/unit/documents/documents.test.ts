import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("../../..", import.meta.url).pathname;
const MAX_README_LINES = 150;

const DOCUMENTS = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const textOf = (document: string): string => readFileSync(join(root, document), "utf8");

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

const anchorsOf = (document: string): string[] =>
  [...textOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

/** Links to files of the repository, as `[path, anchor]`. */
const linksOf = (document: string): [string, string][] =>
  [...textOf(document).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path = "", anchor = ""]) => [
    path === "" ? document : join(dirname(document), path),
    anchor,
  ]);

describe("the documents", () => {
  it.each(DOCUMENTS)("%s leads nowhere in vain", (document) => {
    const broken = linksOf(document).filter(
      ([path, anchor]) =>
        !existsSync(join(root, path)) || (anchor !== "" && path.endsWith(".md") && !anchorsOf(path).includes(anchor)),
    );
    expect(broken).toEqual([]);
  });

  it("begin with a README that is read in a few minutes", () => {
    expect(textOf("README.md").split("\n").length).toBeLessThanOrEqual(MAX_README_LINES);
  });

  it("are all found from the README", () => {
    const linked = new Set(linksOf("README.md").map(([path]) => path));
    expect(DOCUMENTS.filter((document) => document !== "README.md" && !linked.has(document))).toEqual([]);
  });
});
