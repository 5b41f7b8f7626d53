import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { waitUntil } from "./wait-until.ts";

interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A customer's endpoint: plain Node.js that answers 204, unless it is told otherwise, and keeps what it got. */
export interface WebhookReceiver {
  url: string;
  /** The first webhook about a record; rejects when none has come in time. */
  webhookAbout: (recordId: string, patienceMs: number) => Promise<ReceivedWebhook>;
  /** The bodies of the webhooks about a record that have come so far, in their order. */
  bodiesAbout: (recordId: string) => unknown[];
  /** From now on it answers like this. */
  answerWith: (status: number, body?: string) => void;
  close: () => Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  let answer: { status: number; body?: string | undefined } = { status: 204 };
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await buffer(request) });
    response.writeHead(answer.status).end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    webhookAbout: async (recordId, patienceMs) => {
      const find = () => received.find(({ body }) => recordIdIn(body) === recordId);
      await waitUntil(() => find() !== undefined, patienceMs);
      const webhook = find();
      if (webhook === undefined) throw new Error(`no webhook about ${recordId} within ${patienceMs} ms`);
      return webhook;
    },
    bodiesAbout: (recordId) =>
      received.filter(({ body }) => recordIdIn(body) === recordId).map(({ body }) => JSON.parse(body.toString())),
    answerWith: (status, body) => void (answer = { status, body }),
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

const recordIdIn = (body: Buffer): string => (JSON.parse(body.toString()) as { record_id: string }).record_id;
