import { describe, expect, it } from "vitest";
import { createEventParser, MAX_EVENT_LENGTH, type ServerEvent } from "../../../src/client/event-parser.ts";

const parseAll = (...pieces: string[]): ServerEvent[] => {
  const parse = createEventParser();
  return pieces.flatMap((piece) => parse(piece));
};
const message = (data: string, id = "", event = "message") => ({ event, data, id });

describe("the event parser", () => {
  it.each<[string, string, ServerEvent[]]>([
    ["one event", "event: status\nid: 7\ndata: x\n\n", [message("x", "7", "status")]],
    ["several lines of data", "data: a\ndata\ndata:  b\n\n", [message("a\n\n b")]],
    ["comments and unknown fields", ": hello\nretry: 5\nfoo: bar\ndata: x\n:\n\n", [message("x")]],
    ["an event without data", "event: status\nid: 3\n\ndata: x\n\n", [message("x", "3")]],
    [
      "an id that stays",
      "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
      [message("a", "1"), message("b", "1"), message("c")],
    ],
    ["an id with a NUL", "id: 1\0\ndata: a\n\n", [message("a")]],
    ["an event that is not complete", "data: a\n", []],
    ["a colon in the value", "data: a: b\n\n", [message("a: b")]],
  ])("reads %s, whatever its lines end with and wherever it is cut", (_, text, events) => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const whole = text.replaceAll("\n", end);
      expect(parseAll(whole)).toEqual(events);
      expect(parseAll(...Array.from(whole))).toEqual(events);
      for (let at = 0; at <= whole.length; at++) {
        expect(parseAll(whole.slice(0, at), "", whole.slice(at)), `cut at ${at}`).toEqual(events);
      }
    }
  });

  it("gives up on a line or an event without an end, and on nothing shorter", () => {
    expect(parseAll(`data: ${"x".repeat(MAX_EVENT_LENGTH - 100)}`, "\n\n")).toHaveLength(1);
    expect(() => parseAll("x".repeat(MAX_EVENT_LENGTH + 1))).toThrow(RangeError);
    const parse = createEventParser();
    expect(() => {
      for (let line = 0; line < MAX_EVENT_LENGTH; line++) parse("data: x\n");
    }).toThrow(RangeError);
  });
});
