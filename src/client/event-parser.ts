/** One server-sent event. `id` is the last id that the stream has named. */
export interface ServerEvent {
  event: string;
  data: string;
  id: string;
}

/** Longer than any event of this service by far: a stream that continues and on is not one of its. */
export const MAX_EVENT_LENGTH = 256 * 1024;

/** Takes the text of a stream in pieces that may end anywhere; responds with the events that a piece completes. */
export type EventParser = (text: string) => ServerEvent[];

/**
 * A parser of `text/event-stream` (HTML standard, section 9.2.6): lines end with CR, LF or both, comments begin with a
 * colon, an event without data is none. `retry` is left aside. Throws a RangeError when a line or an event has no end.
 */
export function createEventParser(): EventParser {
  let rest = "";
  let endedWithCr = false;
  let data: string[] = [];
  let dataLength = 0;
  let event = "";
  let id = "";

  function readField(line: string): void {
    const [, name = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "data") {
      data.push(value);
      dataLength += value.length + 1;
    } else if (name === "event") event = value;
    else if (name === "id" && !value.includes("\0")) id = value;
  }

  function complete(): ServerEvent[] {
    const completed = data.length === 0 ? [] : [{ event: event || "message", data: data.join("\n"), id }];
    data = [];
    dataLength = 0;
    event = "";
    return completed;
  }

  return (text) => {
    if (text === "") return [];
    const piece = endedWithCr && text.startsWith("\n") ? text.slice(1) : text;
    endedWithCr = text.endsWith("\r");
    const lines = piece.split(/\r\n|\r|\n/);
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? "";
    const events: ServerEvent[] = [];
    for (const line of lines) {
      if (line === "") events.push(...complete());
      else readField(line);
    }
    if (rest.length + dataLength > MAX_EVENT_LENGTH) throw new RangeError("an event is too long");
    return events;
  };
}
