import { Hono, type Context, type MiddlewareHandler } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import type { Application } from "../../applications/application.ts";
import { applicationById } from "../../db/applications.ts";
import { deliveryById, listDeliveries, type DeliveryRow } from "../../db/deliveries.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { originOf, respondWithProblem } from "../../http/respond.ts";
import { findRecord } from "../../http/records/owned-record.ts";
import { deferredBy, limitRate, refuseFlood } from "../../http/rate-limit.ts";
import { respondWithRecordPhoto } from "../../routes/records/record-photo.ts";
import { respondWithPage, toHtml, wantsHtml } from "../page-response.ts";
import type { WebhookState } from "./exchange.tsx";
import { formRoutes } from "./form-routes.tsx";
import { FrontPage, SwitchedOffPage } from "./front-page.tsx";
import { FORM_HEADERS, FRONT_HEADERS } from "./page-headers.ts";
import { MissingRecordPage, RecordPage } from "./record-page.tsx";
import { SAMPLE_PHOTOS, samplePath } from "./sample-photos.ts";
import { knownVisitor, welcomeVisitor } from "./visitor.ts";
import { visitorToken } from "./visitor-token.ts";

/** The only model of an installation that has been given no other; see `local-ai`. */
const EMBEDDED_MODEL = "@local/centernet-coco";

const IN_A_TERMINAL =
  "Morsel turns photos of food into nutrition data. API documentation: /docs, or /openapi.json for programs.\n";

export const tryRoutes = new Hono<AppEnv>();

tryRoutes.get("/", (c) => {
  if (!wantsHtml(c)) return c.text(IN_A_TERMINAL, 200, { vary: "Accept" });
  const { tryItApplicationId, models } = c.var.deps.config;
  const embeddedOnly = models.precise.every((model) => model === EMBEDDED_MODEL);
  const page = tryItApplicationId === null ? <SwitchedOffPage /> : <FrontPage embeddedOnly={embeddedOnly} />;
  return respondWithPage(c, toHtml(page), FRONT_HEADERS);
});

/** Gives the page an access token for its visitor, whom a cookie makes known from that point on. */
tryRoutes.post("/try/session", async (c) => {
  const visitor = await welcomeVisitor(c);
  if (!visitor.ok) return respondWithProblem(c, visitor.error);
  const { caller, application } = visitor.value;
  const verdict = c.var.deps.limits.count(caller, application.rateLimits, "requests", deferredBy(c));
  const flood = refuseFlood(c, verdict);
  if (flood !== null) return flood;
  const { token, expiresAt } = await visitorToken(c, caller);
  const response = { access_token: token, expires_at: new Date(expiresAt).toISOString() };
  return c.json(response, 200, { "cache-control": "no-store" });
});

const respondMissing = (c: Context<AppEnv>): Response =>
  respondWithPage(c, toHtml(<MissingRecordPage />), FORM_HEADERS, 404);

/** Sets `caller` and `application` to those of the visitor whom the cookie names. */
const requireVisitor: MiddlewareHandler<AppEnv> = async (c, next) => {
  const visitor = await knownVisitor(c);
  if (visitor?.ok !== true) return respondMissing(c);
  c.set("caller", visitor.value.caller);
  c.set("application", visitor.value.application);
  return next();
};

/** More webhooks than one record can have, changes included, that a person would look at. */
const SHOWN_DELIVERIES = 5;

/** What was sent to the application's endpoint about a record, newest first. */
async function deliveriesOf(c: Context<AppEnv>, record: NutritionRecord): Promise<DeliveryRow[]> {
  const { db } = c.var.deps;
  const found = await listDeliveries(db, record.applicationId, {
    recordId: record.id,
    status: null,
    event: null,
    since: null,
    until: null,
    before: null,
    limit: SHOWN_DELIVERIES,
  });
  const whole = await Promise.all(found.map(({ eventId }) => deliveryById(db, eventId)));
  return whole.filter((delivery) => delivery !== null);
}

function webhookState(record: NutritionRecord, application: Application | null): WebhookState {
  if (application === null || application.webhookUrl === null) return "no endpoint";
  const event = record.failure === null ? "completed" : "failed";
  return application.webhookEvents.includes(event) ? "wanted" : "unwanted";
}

tryRoutes.get("/try/records/:id", requireVisitor, limitRate("requests"), async (c) => {
  const record = await findRecord(c);
  if (record === null) return respondMissing(c);
  const [deliveries, application] = await Promise.all([
    deliveriesOf(c, record),
    applicationById(c.var.deps.db, record.applicationId),
  ]);
  const page = (
    <RecordPage
      record={record}
      deliveries={deliveries}
      webhook={webhookState(record, application)}
      origin={originOf(c)}
    />
  );
  return respondWithPage(c, toHtml(page), FORM_HEADERS);
});

tryRoutes.get("/try/records/:id/image", requireVisitor, limitRate("requests"), respondWithRecordPhoto);
tryRoutes.route("/", formRoutes);

for (const sample of SAMPLE_PHOTOS) {
  tryRoutes.get(samplePath(sample), (c) =>
    c.body(sample.bytes, 200, {
      "content-type": "image/jpeg",
      "cache-control": "public, max-age=86400",
    }),
  );
}
