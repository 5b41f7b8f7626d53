// A webhook receiver with Express: MORSEL_WEBHOOK_KEYS=… node express.mjs
import express from "express";
import { verifyWebhook } from "morsel/client";

/** The application's webhook signature key; during a rotation both keys, separated by a comma. */
const keys = (process.env.MORSEL_WEBHOOK_KEYS ?? "").split(",");

/** Processed events. In production, use a table with a unique column, written in the same transaction as the event's effects. */
const seen = new Set();

const app = express();

// The raw body, before any express.json(): the signature covers its bytes.
app.post("/", express.raw({ type: "*/*", limit: "1mb" }), async (request, response) => {
  const verdict = await verifyWebhook({ headers: request.headers, body: request.body }, keys);
  if (!verdict.ok) return response.status(401).send(verdict.reason);

  if (seen.has(verdict.eventId)) return response.status(200).send("seen already");
  console.log(`${verdict.record.status}: ${verdict.record.dish_name}`);
  seen.add(verdict.eventId);
  response.status(204).end();
});

const server = app.listen(process.env.PORT ?? 3000, () => console.log(`listening on ${server.address().port}`));
