// A webhook receiver in plain Node.js: MORSEL_WEBHOOK_KEYS=… node node.mjs
import { createServer } from "node:http";
import { verifyWebhook } from "morsel/client";

/** The application's webhook signature key; during a rotation both keys, separated by a comma. */
const keys = (process.env.MORSEL_WEBHOOK_KEYS ?? "").split(",");
const MAX_BODY_BYTES = 1024 * 1024;

/** Processed events. In production, use a table with a unique column, written in the same transaction as the event's effects. */
const seen = new Set();

/** The raw body: the signature covers its bytes. Null if it is too long. */
async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  const body = await readBody(request);
  if (body === null) return response.writeHead(413).end();
  const verdict = await verifyWebhook({ headers: request.headers, body }, keys);
  if (!verdict.ok) return response.writeHead(401).end(verdict.reason);

  if (seen.has(verdict.eventId)) return response.writeHead(200).end("seen already");
  console.log(`${verdict.record.status}: ${verdict.record.dish_name}`);
  seen.add(verdict.eventId);
  response.writeHead(204).end();
});

server.listen(process.env.PORT ?? 3000, () => console.log(`listening on ${server.address().port}`));
