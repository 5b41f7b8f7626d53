import { z } from "zod";
import type { FoundRecord } from "../../db/found-records.ts";
import { inputTypeSchema, recordSchema, statusSchema } from "../../records/responses.ts";
import { presentRecord } from "../../records/present.ts";
import { FAILURE_CODES, RETRY_REASONS, type NutritionRecord } from "../../records/record.ts";
import { timelineEntriesSchema, timelineOf, type TimelineDelivery } from "../../records/timeline.ts";
import { asTime } from "./delivery-bodies.ts";

export const foundRecordSchema = z
  .object({
    record_id: z.uuidv7(),
    application_id: z.int(),
    application_user_id: z.string(),
    status: statusSchema,
    input_type: inputTypeSchema,
    dish_name: z.string().nullable(),
    failure_code: z.enum(FAILURE_CODES).nullable(),
    retry_at: z.iso.datetime().nullable().meta({ description: "When its analysis is retried, if a retry is pending." }),
    retry_reason: z.enum(RETRY_REASONS).nullable().meta({ description: "What it waits for." }),
    uploaded_at: z.iso.datetime(),
    modified_at: z.iso.datetime(),
  })
  .meta({ id: "FoundRecord", description: "A record of any application, as listed for the administrator." });

export const timelineSchema = z
  .object({
    application_id: z.int(),
    version: z.int(),
    photo: z
      .object({ format: z.string(), bytes: z.int(), width: z.int(), height: z.int() })
      .nullable()
      .meta({ description: "The input as stored; it may have been deleted since." }),
    record: recordSchema,
    entries: timelineEntriesSchema,
  })
  .meta({ id: "Timeline", description: "A record and what happened to it, oldest first." });

export type FoundRecordResponse = z.output<typeof foundRecordSchema>;
export type TimelineResponse = z.output<typeof timelineSchema>;

/** A record of the list. */
export const presentFound = (record: FoundRecord): FoundRecordResponse => ({
  record_id: record.id,
  application_id: record.applicationId,
  application_user_id: record.userId,
  status: record.status,
  input_type: record.inputType,
  dish_name: record.dishName,
  failure_code: record.failureCode,
  retry_at: record.retry === null ? null : asTime(record.retry.at),
  retry_reason: record.retry?.reason ?? null,
  uploaded_at: asTime(record.uploadedAt),
  modified_at: asTime(record.modifiedAt),
});

/** A record with its timeline. */
export function presentTimeline(record: NutritionRecord, deliveries: readonly TimelineDelivery[]): TimelineResponse {
  const { photo } = record;
  return {
    application_id: record.applicationId,
    version: record.version,
    photo:
      photo === null ? null : { format: photo.format, bytes: photo.bytes, width: photo.width, height: photo.height },
    record: presentRecord(record),
    entries: timelineOf(record, deliveries),
  };
}
