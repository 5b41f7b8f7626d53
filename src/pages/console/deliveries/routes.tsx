import { Hono, type Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { resendDelivery, startRecoveryOf } from "../../../administration/webhooks.ts";
import { countGivenUp, deliveryById, listDeliveries } from "../../../db/deliveries.ts";
import { allApplications, applicationWithHealth } from "../../../db/endpoint-health.ts";
import { recoveryById, recoverySince, runningRecovery } from "../../../db/recoveries.ts";
import { problem } from "../../../problems/problem.ts";
import type { Recovery } from "../../../webhooks/recovery.ts";
import { deliveryCursor, parseDeliveryQuery } from "../../../http/queries/delivery-query.ts";
import { continueAfterResponse } from "../../../routes/admin/recoveries.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { numberOf, textOf } from "../../form-values.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { DeliveryListPage, RECOVERY_HOURS } from "./list-page.tsx";
import { DeliveryPage, isAwaited, type AskedAttempt } from "./delivery-page.tsx";
import { RecoveryPage } from "./recovery-page.tsx";
import { HEALTHY } from "../../../webhooks/endpoint-health.ts";
import { inTroubleFirst } from "../applications/in-trouble-first.ts";
import { HOUR_MS } from "../../../time.ts";
import { ATTEMPT_TIMEOUT_MS, DELIVERY_RETENTION_DAYS } from "../../../bounds.ts";

/** How often the browser refreshes a page that shows something outstanding, in seconds. */
const REFRESH_SECONDS = "2";
/** A requested attempt is made immediately. */
const AWAITED_MS = 2 * ATTEMPT_TIMEOUT_MS;

/** The console's pages of webhooks, under `/console/deliveries`. */
export const deliveryPages = new Hono<AppEnv>();

const notFound = (c: Context<AppEnv>): Response =>
  respondWithProblemPage(
    c,
    problem(
      "not_found",
      `This webhook does not exist or has been deleted: webhooks are kept for ${DELIVERY_RETENTION_DAYS} days.`,
    ),
  );

const see = (c: Context<AppEnv>, path: string): Response => {
  c.header("cache-control", "no-store");
  return c.redirect(path, 303);
};

deliveryPages.get("/", async (c) => {
  const { db, now } = c.var.deps;
  const params = new URL(c.req.url).searchParams;
  // A form sends its empty fields too.
  const given = new URLSearchParams([...params].filter(([, value]) => value.trim() !== ""));
  const chosen = given.get("application_id");
  given.delete("application_id");
  const query = parseDeliveryQuery(given);
  if (!query.ok) return respondWithProblemPage(c, query.error);
  const applications = inTroubleFirst(await allApplications(db));
  const wanted = Number(chosen ?? applications[0]?.application.id);
  const applicationId = applications.find(({ application: { id } }) => id === wanted)?.application.id ?? null;
  if (applicationId === null && applications.length > 0) return notFound(c);
  const { limit } = query.value;
  const [found, recovery] =
    applicationId === null
      ? [[], null]
      : await Promise.all([
          listDeliveries(db, applicationId, { ...query.value, limit: limit + 1 }),
          runningRecovery(db, applicationId),
        ]);
  const deliveries = found.slice(0, limit);
  const last = deliveries.at(-1);
  const next = found.length > limit && last !== undefined ? deliveryCursor(last) : null;
  const shown = { applications, applicationId, query: query.value, deliveries, next, recovery, now: now() };
  return respondWithConsolePage(c, <DeliveryListPage session={c.var.session} shown={shown} />);
});

/** What a resend leaves in the address: behind which attempt it was asked for, and when. */
function askedAttempt(text: string | undefined, now: number): AskedAttempt | null {
  const [, after, at] = /^(\d{1,6})_(\d{1,16})$/.exec(text ?? "") ?? [];
  return after === undefined ? null : { after: Number(after), isLate: now > Number(at) + AWAITED_MS };
}

deliveryPages.get("/:id", async (c) => {
  const { db, now } = c.var.deps;
  const delivery = await deliveryById(db, c.req.param("id").toLowerCase());
  if (delivery === null) return notFound(c);
  const owner = await applicationWithHealth(db, delivery.applicationId);
  const shown = {
    delivery,
    applicationName: owner?.application.name ?? String(delivery.applicationId),
    health: owner?.health ?? HEALTHY,
    asked: askedAttempt(c.req.query("asked"), now()),
    now: now(),
  };
  if (isAwaited(shown)) c.header("refresh", REFRESH_SECONDS);
  return respondWithConsolePage(c, <DeliveryPage session={c.var.session} shown={shown} />);
});

/** The form names the last attempt that its page showed: sent again, it leads to the attempt that it has made. */
deliveryPages.post("/:id/resend", async (c) => {
  const { administrator, deps } = c.var;
  const delivery = await deliveryById(deps.db, c.req.param("id").toLowerCase());
  if (delivery === null) return notFound(c);
  const shown = numberOf(textOf(await c.req.formData(), "after"));
  const last = delivery.attempts.at(-1)?.number ?? 0;
  if (shown < last) return see(c, `/console/deliveries/${delivery.eventId}?asked=${shown}_${deps.now()}`);
  const sent = await resendDelivery(delivery.applicationId, delivery.eventId, administrator, deps);
  if (!sent.ok) return respondWithProblemPage(c, sent.error);
  return see(c, `/console/deliveries/${delivery.eventId}?asked=${last}_${deps.now()}`);
});

const seeRecovery = (c: Context<AppEnv>, { applicationId, id }: Recovery): Response =>
  see(c, `/console/deliveries/recoveries/${applicationId}/${id}`);

/** It goes back from when its page was opened, and by that a form that is sent again finds its job. */
deliveryPages.post("/recover", async (c) => {
  const { administrator, deps } = c.var;
  const { application_id: application, hours: chosen, as_of: asOf } = await c.req.parseBody();
  const hours = RECOVERY_HOURS.find(([length]) => String(length) === chosen)?.[0];
  if (hours === undefined) return respondWithProblemPage(c, problem("invalid_request", "Choose how far back to go."));
  const openedAt = typeof asOf === "string" ? numberOf(asOf) : deps.now();
  if (!(openedAt <= deps.now())) return respondWithProblemPage(c, problem("invalid_request"));
  const [applicationId, since] = [Number(application), openedAt - hours * HOUR_MS];
  const begun = await recoverySince(deps.db, applicationId, since);
  if (begun !== null) return seeRecovery(c, begun);
  const started = await startRecoveryOf(applicationId, since, administrator, deps);
  if (!started.ok) return respondWithProblemPage(c, started.error);
  continueAfterResponse(c, started.value);
  return seeRecovery(c, started.value);
});

deliveryPages.get("/recoveries/:application{[0-9]+}/:id", async (c) => {
  const { db } = c.var.deps;
  const job = await recoveryById(db, Number(c.req.param("application")), c.req.param("id"));
  if (job === null) return notFound(c);
  const remaining = job.finishedAt === null ? await countGivenUp(db, job, job) : 0;
  if (job.finishedAt === null) c.header("refresh", REFRESH_SECONDS);
  return respondWithConsolePage(c, <RecoveryPage session={c.var.session} job={job} remaining={remaining} />);
});
