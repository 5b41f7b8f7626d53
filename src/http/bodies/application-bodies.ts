import { z } from "zod";
import { liveKeys, type Application, type SealedKey } from "../../applications/application.ts";
import { endpointState, type EndpointHealth } from "../../webhooks/endpoint-health.ts";
import { asTime } from "./delivery-bodies.ts";
import { storageLimitsSchema } from "../../applications/storage-limits.ts";
import { rateLimitsSchema } from "../../applications/rate-limits.ts";

/** What may be shown of a key: nothing derived from the key itself. */
const keyEntrySchema = z
  .object({
    id: z.string().nullable().meta({ description: "Null for keys created before keys had ids." }),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable().meta({ description: "Null for the newest key." }),
  })
  .meta({ id: "Key", description: "An active key, without the key itself." });

export const keyListSchema = z.array(keyEntrySchema).meta({ description: "The active keys, newest first." });

export const presentKeys = (keys: readonly SealedKey[], now: number): z.output<typeof keyListSchema> =>
  liveKeys(keys, now).map((key) => ({
    id: key.id ?? null,
    created_at: new Date(key.createdAt).toISOString(),
    expires_at: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
  }));

const ENDPOINT_STATES = ["healthy", "failing", "open", "disabled"] as const;

/** How an application's endpoint is doing, as the administrator sees it. */
const healthSchema = z
  .object({
    state: z.enum(ENDPOINT_STATES).meta({
      description:
        "`failing`: the last attempt failed; `open`: ten attempts failed, so the circuit breaker holds events while one probe at a time checks whether the endpoint is back; `disabled`: every attempt has failed for five days, and nothing is sent.",
    }),
    failures: z.int().meta({ description: "Consecutive failed attempts." }),
    failing_since: z.iso.datetime().nullable(),
    next_probe_at: z.iso.datetime().nullable().meta({ description: "When the next probe is sent while it is `open`." }),
    disabled_at: z.iso.datetime().nullable(),
    reason: z.string().nullable().meta({ description: "Why it is disabled, or why the last attempt failed." }),
    last_success_at: z.iso
      .datetime()
      .nullable()
      .optional()
      .meta({ description: "Only when reading a single application, not in lists." }),
  })
  .meta({ id: "EndpointHealth", description: "The health of an application's webhook endpoint." });

const presentHealth = (health: EndpointHealth): z.output<typeof healthSchema> => ({
  state: endpointState(health),
  failures: health.failures,
  failing_since: asTime(health.failingSince),
  next_probe_at: asTime(health.probeAt),
  disabled_at: asTime(health.disabledAt),
  reason: health.reason,
});

/** A tenant as the administrator sees it. */
export const applicationSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    webhook_url: z.string().nullable(),
    webhook_events: z.array(z.string()),
    image_retention_days: z.int(),
    require_timestamp: z.boolean(),
    rate_limits: rateLimitsSchema,
    storage_limits: storageLimitsSchema,
    active: z.boolean(),
    webhook_health: healthSchema,
    keys: z.object({ hmac: keyListSchema, webhook: keyListSchema }),
    created_at: z.iso.datetime(),
    modified_at: z.iso.datetime(),
  })
  .meta({ id: "Application", description: "A tenant. Its keys are shown only once, at creation." });

export const newApplicationSchema = applicationSchema
  .extend({ hmac_key: z.string(), webhook_signature_key: z.string() })
  .meta({ id: "NewApplication", description: "A tenant with its two keys, which are shown only this once." });

/** `now` in Unix milliseconds: it decides which keys are live. */
export const presentApplication = (
  application: Application,
  health: EndpointHealth,
  now: number,
): z.output<typeof applicationSchema> => ({
  id: application.id,
  name: application.name,
  webhook_url: application.webhookUrl,
  webhook_events: application.webhookEvents,
  image_retention_days: application.imageRetentionDays,
  require_timestamp: application.requireTimestamp,
  rate_limits: application.rateLimits,
  storage_limits: application.storageLimits,
  active: application.active,
  webhook_health: presentHealth(health),
  keys: { hmac: presentKeys(application.hmacKeys, now), webhook: presentKeys(application.webhookKeys, now) },
  created_at: new Date(application.createdAt).toISOString(),
  modified_at: new Date(application.modifiedAt).toISOString(),
});
