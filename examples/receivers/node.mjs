// A webhook receiver in plain Node.js. In a clone of the repository, after `npm ci`:
//   MORSEL_WEBHOOK_KEYS=… node examples/receivers/node.mjs
import { createServer } from "node:http";
import { verifyWebhook } from "morsel/client";

/** The application's webhook signature key; during a rotation both keys, separated by a comma. */
const keys = (process.env.MORSEL_WEBHOOK_KEYS ?? "").split(",").filter((key) => key !== "");
if (keys.length === 0) {
  console.error("Set MORSEL_WEBHOOK_KEYS to the webhook signature key of your application.");
  process.exit(1);
}
const MAX_BODY_BYTES = 1024 * 1024;

/** Processed events. In production, use a table with a unique column, written in the same transaction as the event's effects. */
const seen = new Set();

/** The raw body: the signature covers its bytes. Null if it is too long; it is read to its end, so that the sender hears of it. */
async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length > MAX_BODY_BYTES ? null : Buffer.concat(chunks);
}

async function receive(request, response) {
  const body = await readBody(request);
  if (body === null) return response.writeHead(413).end();
  // Checks `webhook-signature`, which covers the time: a captured webhook cannot be sent again later.
  const verdict = await verifyWebhook({ headers: request.headers, body }, keys);
  if (!verdict.ok) return response.writeHead(401).end(verdict.reason);

  if (seen.has(verdict.eventId)) return response.writeHead(200).end("seen already");
  console.log(`${verdict.record.status}: ${verdict.record.dish_name}`);
  seen.add(verdict.eventId);
  response.writeHead(204).end();
}

const server = createServer((request, response) =>
  receive(request, response).catch((error) => {
    // Most often a request that broke off. Without a 2xx the webhook is delivered again.
    console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }),
);

server.listen(process.env.PORT ?? 3000, () => console.log(`listening on ${server.address().port}`));
