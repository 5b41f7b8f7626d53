import type { NutritionRecord, Owner } from "../records/record.ts";

/** What every record begins with, whatever it is made of. */
type Beginning = Pick<
  NutritionRecord,
  | "id"
  | "applicationId"
  | "userId"
  | "version"
  | "servingSize"
  | "failure"
  | "retry"
  | "history"
  | "modelCalls"
  | "uploadedAt"
  | "modifiedAt"
  | "consumedAt"
>;

/** `now` in Unix milliseconds; `consumedAt` as it was sent, now if omitted, unless the meal is planned. */
export const newRecord = (
  id: string,
  { applicationId, userId }: Owner,
  now: number,
  { consumed_at: consumedAt, planned }: { consumed_at?: string | undefined; planned: boolean },
): Beginning => ({
  id,
  applicationId,
  userId,
  version: 1,
  servingSize: null,
  failure: null,
  retry: null,
  history: [],
  modelCalls: [],
  uploadedAt: now,
  modifiedAt: now,
  consumedAt: consumedAt !== undefined ? Date.parse(consumedAt) : planned ? null : now,
});
