import { readFile } from "node:fs/promises";
import { parseSync } from "oxc-parser";

/** A regular expression of the source, and where it is. */
export interface FoundRegex {
  /** `src/file.ts:12`. */
  place: string;
  pattern: string;
  flags: string;
}

/** The regular expressions of a file: those that it writes, and the places where it constructs others. */
export interface RegexesOfFile {
  written: FoundRegex[];
  /** `new RegExp(…)` while the file is loaded; what it constructs is seen by loading it. */
  isConstructing: boolean;
  /** `new RegExp(…)` in a function: what it constructs depends on its calls. */
  constructedInCalls: string[];
}

interface Node {
  type: string;
  start: number;
  [property: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const FUNCTIONS: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
]);

/** Finds the regular expressions in a file's text; `file` names it in the results. */
export function regexesIn(file: string, text: string): RegexesOfFile {
  const found: RegexesOfFile = { written: [], isConstructing: false, constructedInCalls: [] };
  const placeOf = ({ start }: Node): string => `${file}:${text.slice(0, start).split("\n").length}`;

  function visit(value: unknown, isInFunction: boolean): void {
    if (Array.isArray(value)) for (const item of value) visit(item, isInFunction);
    if (!isNode(value)) return;
    const { regex } = value as { regex?: { pattern: string; flags: string } };
    if (value.type === "Literal" && regex !== undefined) found.written.push({ place: placeOf(value), ...regex });
    const callee = value["callee"];
    if (value.type === "NewExpression" && isNode(callee) && callee["name"] === "RegExp") {
      if (isInFunction) found.constructedInCalls.push(placeOf(value));
      else found.isConstructing = true;
    }
    for (const property of Object.values(value)) visit(property, isInFunction || FUNCTIONS.has(value.type));
  }

  visit(parseSync(file, text).program, false);
  return found;
}

/** The same for a file on disk. */
export const regexesOf = async (file: string): Promise<RegexesOfFile> => regexesIn(file, await readFile(file, "utf8"));

/** Loads a file, and returns what it constructs meanwhile. */
export async function regexesWhileLoading(file: string): Promise<FoundRegex[]> {
  const found: FoundRegex[] = [];
  const own = globalThis.RegExp;
  globalThis.RegExp = new Proxy(own, {
    construct(target, [pattern, flags]: [string | RegExp, string | undefined]) {
      const made = new target(pattern, flags);
      found.push({ place: file, pattern: made.source, flags: made.flags });
      return made;
    },
  });
  try {
    await import(new URL(`../../${file}`, import.meta.url).href);
  } finally {
    globalThis.RegExp = own;
  }
  return found;
}
