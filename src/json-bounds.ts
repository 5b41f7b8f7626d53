import { fail, ok, type Result } from "./result.ts";
import { MAX_JSON_DEPTH, MAX_JSON_ENTRIES } from "./bounds.ts";

/** Where a JSON value is out of bounds. */
export interface JsonIssue {
  path: string[];
  message: string;
}

/** Assigning to it would replace an object's prototype instead of setting a field. */
const PROTOTYPE = "__proto__";

function issueOf(value: object, path: string[]): JsonIssue | null {
  if (path.length >= MAX_JSON_DEPTH) return { path, message: `nested deeper than ${MAX_JSON_DEPTH} levels` };
  const entries = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (entries > MAX_JSON_ENTRIES) return { path, message: `has ${entries} entries; at most ${MAX_JSON_ENTRIES}` };
  return Object.hasOwn(value, PROTOTYPE) ? { path: [...path, PROTOTYPE], message: "not a valid name" } : null;
}

/**
 * Checks what no schema has to judge then: how deep a JSON value is nested, how many entries its lists and objects have,
 * and that none is named `__proto__`. Returns the first issue; linear in the size of the value.
 */
export function jsonIssue(json: unknown): JsonIssue | null {
  const open: { value: unknown; path: string[] }[] = [{ value: json, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value !== "object" || value === null) continue;
    const issue = issueOf(value, path);
    if (issue !== null) return issue;
    for (const [name, entry] of Object.entries(value)) open.push({ value: entry, path: [...path, name] });
  }
  return null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Where a string ends that begins behind `from`: behind its closing quote, or behind the text. */
function endOfString(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(QUOTE, from); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    let escapes = 0;
    while (at - escapes > from && bytes[at - escapes - 1] === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return at + 1;
  }
  return bytes.length;
}

/**
 * Whether JSON has more than `limit` bytes around its longest string: of an upload, that is the photo. Found before it is
 * parsed, because ten megabytes of brackets or of names take seconds; and soon, because it ends where the limit is passed.
 */
export function isWideAround(bytes: Uint8Array, limit: number): boolean {
  let at = 0;
  let longest = 0;
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) return bytes.length - longest > limit;
    if (quote - longest > limit) return true;
    at = endOfString(bytes, quote + 1);
    longest = Math.max(longest, at - quote);
  }
}

/** Parses JSON; the failure is a text that is none. A byte order mark is allowed (RFC 8259, section 8.1). */
export function parseJson(bytes: Uint8Array): Result<unknown, "not_json"> {
  try {
    return ok(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return fail("not_json");
  }
}
