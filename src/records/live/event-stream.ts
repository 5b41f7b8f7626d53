import { presentEvent } from "../present.ts";
import type { Listener, Timers } from "./listener.ts";
import { STREAM_COMMENT_INTERVAL_MS } from "../../bounds.ts";

/**
 * A comment keeps proxies from taking a silent connection for a dead one. It is also how an object learns that a client
 * has gone: workerd says so at the next write.
 */
const COMMENT = ": still here\n\n";

/** A listener that writes events into a response body, as server-sent events. */
export interface StreamListener extends Listener {
  readonly body: ReadableStream<Uint8Array>;
}

/** `after` is the last event that the client received; `onGone` is called when the client has disconnected. */
export function createStreamListener(after: number, timers: Timers, onGone: () => void): StreamListener {
  const encoder = new TextEncoder();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  // A write or a close that fails says the same as `closed`: the client has gone.
  const write = (text: string): void => void writer.write(encoder.encode(text)).catch(() => undefined);
  const stopComments = timers.every(STREAM_COMMENT_INTERVAL_MS, () => write(COMMENT));
  writer.closed.catch(onGone).finally(stopComments);
  return {
    after,
    wantsStages: true,
    body: readable,
    hear(record, event) {
      write(`event: status\nid: ${event.n}\ndata: ${JSON.stringify(presentEvent(record, event))}\n\n`);
    },
    end() {
      writer.close().catch(() => undefined);
    },
  };
}
