// A webhook receiver with Express. In a clone of the repository, after `npm ci`:
//   MORSEL_WEBHOOK_KEYS=… node examples/receivers/express.mjs
import express from "express";
import { verifyWebhook } from "morsel/client";

/** The application's webhook signature key; during a rotation both keys, separated by a comma. */
const keys = (process.env.MORSEL_WEBHOOK_KEYS ?? "").split(",").filter((key) => key !== "");
if (keys.length === 0) {
  console.error("Set MORSEL_WEBHOOK_KEYS to the webhook signature key of your application.");
  process.exit(1);
}

/** Processed events. In production, use a table with a unique column, written in the same transaction as the event's effects. */
const seen = new Set();

const app = express();

// The raw body, before any express.json(): the signature covers its bytes.
app.post("/", express.raw({ type: "*/*", limit: "1mb" }), async (request, response) => {
  // Checks `webhook-signature`, which covers the time: a captured webhook cannot be sent again later.
  const verdict = await verifyWebhook({ headers: request.headers, body: request.body ?? "" }, keys);
  if (!verdict.ok) return response.status(401).send(verdict.reason);

  if (seen.has(verdict.eventId)) return response.status(200).send("seen already");
  console.log(`${verdict.record.status}: ${verdict.record.dish_name}`);
  seen.add(verdict.eventId);
  response.status(204).end();
});

const server = app.listen(process.env.PORT ?? 3000, () => console.log(`listening on ${server.address().port}`));
