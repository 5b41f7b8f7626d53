// A webhook receiver with Express: MORSEL_WEBHOOK_KEYS=… node express.mjs
import express from "express";
import { verifyWebhook } from "morsel/client";

/** The application's webhook signature key; during a rotation both, with a comma between them. */
const keys = (process.env.MORSEL_WEBHOOK_KEYS ?? "").split(",");

/** The events that are done. In production a table with a unique column, written together with what the event leads to. */
const seen = new Set();

const app = express();

// The raw body, and before any express.json(): what was signed are its bytes.
app.post("/", express.raw({ type: "*/*", limit: "1mb" }), async (request, response) => {
  const verdict = await verifyWebhook({ headers: request.headers, body: request.body }, keys);
  if (!verdict.ok) return response.status(401).send(verdict.reason);

  if (seen.has(verdict.eventId)) return response.status(200).send("seen already");
  console.log(`${verdict.record.status}: ${verdict.record.dish_name}`);
  seen.add(verdict.eventId);
  response.status(204).end();
});

const server = app.listen(process.env.PORT ?? 3000, () => console.log(`listening on ${server.address().port}`));
