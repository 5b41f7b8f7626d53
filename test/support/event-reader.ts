import type { Progress } from "../../src/records/history.ts";

/** One server-sent event as a client parses it. */
export interface ReceivedEvent {
  id: number;
  status: string;
  progress: Progress;
}

/** Reads a stream of server-sent events as a client does, piece by piece. */
export interface EventReader {
  /** The next event; null when the stream has ended. Rejects when it broke. */
  next(): Promise<ReceivedEvent | null>;
  /** All that follow, to the end. */
  rest(): Promise<ReceivedEvent[]>;
  /** Goes away, as a closed tab does. */
  leave(): Promise<void>;
}

function parse(block: string): ReceivedEvent | null {
  const [, id, data] = /^event: status\nid: (\d+)\ndata: (.*)$/.exec(block) ?? [];
  if (id === undefined || data === undefined) return null;
  const { status, progress } = JSON.parse(data) as Omit<ReceivedEvent, "id">;
  return { id: Number(id), status, progress };
}

export function readEvents(response: Response): EventReader {
  if (response.body === null) throw new Error(`no stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  async function next(): Promise<ReceivedEvent | null> {
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const event = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (event !== null) return event;
    }
    const { done, value } = await reader.read();
    if (done) return null;
    text += value;
    return next();
  }
  return {
    next,
    async rest() {
      const events: ReceivedEvent[] = [];
      for (let event = await next(); event !== null; event = await next()) events.push(event);
      return events;
    },
    leave: () => reader.cancel(),
  };
}
