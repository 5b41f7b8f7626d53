import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
/** The functions that write a log line, each with the name of its event. */
const CALL = /\b(?:log\(\s*(?:"\w+"|[^,()]+(?:\([^()]*\))?[^,()]*),|reportOutage\(|report\(|runTask\()\s*"([^"]+)"/g;
const NAME = /^[a-z]+(?:_[a-z0-9]+)*\.[a-z]+(?:_[a-z0-9]+)*$/;

const sources = (): string[] =>
  readdirSync(new URL("src/", ROOT), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/^(cli|client|local-ai|pages.try.browser)\b/.test(path))
    .map((path) => readFileSync(new URL(`src/${path}`, ROOT), "utf8"));

const eventsInCode = (): string[] =>
  sources()
    .flatMap((source) => [...source.matchAll(CALL)])
    .map(([, event = ""]) => event)
    .toSorted();

function documentedEvents(): string[] {
  const operations = readFileSync(new URL("docs/operations.md", ROOT), "utf8");
  const [, section = ""] = operations.split("## Log events");
  const [table = ""] = section.split("\n## ");
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, event = ""]) => event);
}

it("names each log event noun.verb_phrase in lower case", () => {
  for (const event of eventsInCode()) expect(event).toMatch(NAME);
});

it("finds every call that writes a log line", () => {
  const calls = sources().flatMap((source) => [
    ...source.matchAll(/\b(?:log|reportOutage|runTask)\((?=\s*")(?!"\w+", event,)/g),
  ]);
  const names = sources()
    .flatMap((source) => [...source.matchAll(CALL)])
    .filter(([call]) => /\blog\(\s*"|reportOutage\(|runTask\(/.test(call));
  expect(names).toHaveLength(calls.length);
});

it("documents exactly the log events that the code writes", () => {
  const documented = documentedEvents();
  expect(documented).toEqual([...new Set(documented)]);
  expect(documented.toSorted()).toEqual([...new Set(eventsInCode())]);
});
