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

/** Parses JSON; the failure is a text that is none. A byte order mark is allowed (RFC 8259, section 8.1). */
export function parseJson(bytes: Uint8Array): Result<unknown, "not_json"> {
  try {
    return ok(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return fail("not_json");
  }
}
