import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A webhook that has not come by then never will: the bench would wait forever. */
const PATIENCE_MS = 30_000;

/** A webhook endpoint that answers at once and notes when each record's webhook came. */
export interface Arrivals {
  url: string;
  /** When the webhook about this record came, on `performance.now()`'s clock; waits for it. Asked once a record. */
  arrivalOf(recordId: string): Promise<number>;
  close(): Promise<void>;
}

export async function listenForArrivals(): Promise<Arrivals> {
  const arrivals = new Map<string, PromiseWithResolvers<number>>();
  // Either may be first: the webhook, or the question.
  const arrival = (id: string): PromiseWithResolvers<number> => {
    const known = arrivals.get(id) ?? Promise.withResolvers<number>();
    arrivals.set(id, known);
    return known;
  };
  const server = createServer(async (request, response) => {
    const { record_id: id } = (await json(request)) as { record_id: string };
    arrival(id).resolve(performance.now());
    response.writeHead(204).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async arrivalOf(id) {
      const { promise, reject } = arrival(id);
      const timer = setTimeout(() => reject(new Error(`no webhook about ${id} in ${PATIENCE_MS} ms`)), PATIENCE_MS);
      const arrivedAt = await promise;
      clearTimeout(timer);
      arrivals.delete(id);
      return arrivedAt;
    },
    async close() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
