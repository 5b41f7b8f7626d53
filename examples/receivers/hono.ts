// A webhook receiver with Hono, here as a Worker: npx wrangler dev hono.ts --var MORSEL_WEBHOOK_KEYS:…
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { verifyWebhook } from "morsel/client";

interface Bindings {
  /** The application's webhook signature key; during a rotation both keys, separated by a comma. */
  MORSEL_WEBHOOK_KEYS: string;
}

/** Processed events. In production, use a table with a unique column, written in the same transaction as the event's effects. */
const seen = new Set<string | null>();

const app = new Hono<{ Bindings: Bindings }>();

app.post("/", bodyLimit({ maxSize: 1024 * 1024 }), async (c) => {
  const verdict = await verifyWebhook(c.req.raw, c.env.MORSEL_WEBHOOK_KEYS.split(","));
  if (!verdict.ok) return c.text(verdict.reason, 401);

  if (seen.has(verdict.eventId)) return c.text("seen already");
  console.log(`${verdict.record.status}: ${verdict.record.dish_name}`);
  seen.add(verdict.eventId);
  return c.body(null, 204);
});

export default app;
