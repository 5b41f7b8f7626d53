import { z } from "zod";
import { MAX_APPLICATION_ID } from "../bounds.ts";
import type { ApplicationDraft } from "./add-application.ts";
import { DEFAULT_WEBHOOK_EVENTS, WEBHOOK_EVENTS, type Application } from "./application.ts";
import { rateLimitsSchema } from "./rate-limits.ts";
import { storageLimitsSchema } from "./storage-limits.ts";
import type { AuditDetail } from "../audit/audit.ts";
import { DEFAULT_PHOTO_RETENTION_DAYS, MAX_PHOTO_RETENTION_DAYS } from "../bounds.ts";

const MIN_KEY_LENGTH = 16;
/** Seven days, as long as the contract lets two keys live together. */
const MAX_OVERLAP_HOURS = 168;

const settings = {
  name: z.string().min(1).max(200),
  webhook_url: z.string().max(2000).nullable().meta({ description: "Null = no webhooks." }),
  webhook_events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .max(WEBHOOK_EVENTS.length)
    .meta({ description: "The events to send." }),
  image_retention_days: z
    .int()
    .min(0)
    .max(MAX_PHOTO_RETENTION_DAYS)
    .meta({ description: "How many days photos are kept." }),
  require_timestamp: z.boolean().meta({ description: "Whether logins must sign a timestamp." }),
  rate_limits: rateLimitsSchema.meta({ description: "Requests per minute; an omitted limit has its default." }),
  storage_limits: storageLimitsSchema.meta({
    description: "What one user may store: records, and bytes of photos; an omitted limit has its default.",
  }),
  active: z.boolean().meta({ description: "Whether its users have access." }),
};

/** A key imported from another service. */
const keySchema = z.string().min(MIN_KEY_LENGTH).max(256);

export const changeSchema = z
  .object(settings)
  .partial()
  .meta({ id: "ApplicationChange", description: "Omitted fields are unchanged." });
export type ApplicationChange = z.output<typeof changeSchema>;

/** A migrated application supplies its id and keys; otherwise they are generated. */
export const createSchema = z
  .object(settings)
  .partial()
  .extend({
    name: settings.name,
    id: z
      .int()
      .positive()
      .max(MAX_APPLICATION_ID)
      .optional()
      .meta({ description: "Its id in the previous service; the next free one if omitted." }),
    hmac_key: keySchema.optional().meta({ description: "Signs the ids of users; generated if omitted." }),
    webhook_signature_key: keySchema.optional().meta({ description: "Signs webhooks; generated if omitted." }),
  })
  .meta({ id: "ApplicationCreation" });
export type ApplicationCreation = z.output<typeof createSchema>;

export const rotationSchema = z
  .object({
    overlap_hours: z.int().min(0).max(MAX_OVERLAP_HOURS).meta({
      description:
        "How long the old key remains valid, unless it already expires sooner; 0 revokes every older key immediately.",
    }),
    key: keySchema.optional().meta({ description: "A key to migrate from another service; generated if omitted." }),
  })
  .meta({ id: "KeyRotation" });
export type KeyRotation = z.output<typeof rotationSchema>;

/** The settings of an application that can be changed. */
export type ApplicationChanges = Partial<Omit<Application, "id" | "hmacKeys" | "webhookKeys" | "createdAt">>;

/** Drops omitted fields, so that the database keeps their values. */
export function toChanges(body: ApplicationChange): ApplicationChanges {
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.webhook_url !== undefined && { webhookUrl: body.webhook_url }),
    ...(body.webhook_events !== undefined && { webhookEvents: body.webhook_events }),
    ...(body.image_retention_days !== undefined && { imageRetentionDays: body.image_retention_days }),
    ...(body.require_timestamp !== undefined && { requireTimestamp: body.require_timestamp }),
    ...(body.rate_limits !== undefined && { rateLimits: body.rate_limits }),
    ...(body.storage_limits !== undefined && { storageLimits: body.storage_limits }),
    ...(body.active !== undefined && { active: body.active }),
  };
}

/** A new application with defaults for omitted fields. `createdAt` in Unix milliseconds. */
export const toDraft = (body: ApplicationCreation, createdAt: number): ApplicationDraft => ({
  ...(body.id !== undefined && { id: body.id }),
  active: true,
  webhookUrl: null,
  webhookEvents: [...DEFAULT_WEBHOOK_EVENTS],
  imageRetentionDays: DEFAULT_PHOTO_RETENTION_DAYS,
  requireTimestamp: false,
  rateLimits: {},
  storageLimits: {},
  ...toChanges(body),
  name: body.name,
  createdAt,
  modifiedAt: createdAt,
});

/**
 * Settings as the audit log shows them: of the webhook URL the host alone, because paths and queries may hold secrets.
 */
export function settingsForAudit(body: ApplicationChange): AuditDetail {
  const { webhook_url: url, rate_limits: limits, storage_limits: storage, ...plain } = body;
  const told = Object.entries({ ...plain, ...limits, ...storage }).filter((entry) => entry[1] !== undefined);
  return {
    ...Object.fromEntries(told),
    ...(url !== undefined && { webhook_host: url === null ? null : (URL.parse(url)?.host ?? null) }),
  };
}
