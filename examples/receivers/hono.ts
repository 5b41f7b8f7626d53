// A webhook receiver with Hono, here as a Worker. In a clone of the repository, after `npm ci`:
//   npx wrangler dev examples/receivers/hono.ts --name receiver --compatibility-date 2026-10-23 --var MORSEL_WEBHOOK_KEYS:…
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { verifyWebhook } from "morsel/client";

interface Bindings {
  /** The application's webhook signature key; during a rotation both keys, separated by a comma. */
  MORSEL_WEBHOOK_KEYS?: string;
}

/** Processed events. In production, use a table with a unique column, written in the same transaction as the event's effects. */
const seen = new Set<string | null>();

const app = new Hono<{ Bindings: Bindings }>();

app.post("/", bodyLimit({ maxSize: 1024 * 1024 }), async (c) => {
  const keys = (c.env.MORSEL_WEBHOOK_KEYS ?? "").split(",").filter((key) => key !== "");
  if (keys.length === 0) {
    console.error("Set MORSEL_WEBHOOK_KEYS to the webhook signature key of your application.");
    return c.text("The receiver has no key.", 500);
  }
  // Checks `webhook-signature`, which covers the time: a captured webhook cannot be sent again later.
  const verdict = await verifyWebhook(c.req.raw, keys);
  if (!verdict.ok) return c.text(verdict.reason, 401);

  if (seen.has(verdict.eventId)) return c.text("seen already");
  console.log(`${verdict.record.status}: ${verdict.record.dish_name}`);
  seen.add(verdict.eventId);
  return c.body(null, 204);
});

export default app;
