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

/** `now` in Unix milliseconds; `consumedAt` as it was sent, now if omitted. */
export const newRecord = (
  id: string,
  { applicationId, userId }: Owner,
  now: number,
  consumedAt: string | undefined,
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
  consumedAt: consumedAt === undefined ? now : Date.parse(consumedAt),
});
