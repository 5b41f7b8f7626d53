// A webhook receiver in plain Node.js: MORSEL_WEBHOOK_KEYS=… node node.mjs
import { createServer } from "node:http";
import { verifyWebhook } from "morsel/client";

/** The application's webhook signature key; during a rotation both, with a comma between them. */
const keys = (process.env.MORSEL_WEBHOOK_KEYS ?? "").split(",");
const MAX_BODY_BYTES = 1024 * 1024;

/** The events that are done. In production a table with a unique column, written together with what the event leads to. */
const seen = new Set();

/** The raw body: what was signed are its bytes. Null when it is too long. */
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
