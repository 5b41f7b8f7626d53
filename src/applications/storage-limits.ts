import { z } from "zod";

/**
 * What one user may store where the application has no limit of its own: ten meals a day for thirteen years, and photos of
 * 3 MB for thirty-five of them a day as long as photos are kept by default.
 */
export const DEFAULT_STORAGE = { user_records: 50_000, user_bytes: 10_000_000_000 } as const;

/** More than D1 holds, and a number that every language reads. */
const MAX_RECORDS = 100_000_000;
const MAX_BYTES = 1_000_000_000_000_000;

/** An application's own limits; a name that is omitted has its default. */
export const storageLimitsSchema = z.strictObject({
  user_records: z.int().min(1).max(MAX_RECORDS).optional(),
  user_bytes: z.int().min(1).max(MAX_BYTES).optional(),
} satisfies Record<keyof typeof DEFAULT_STORAGE, z.ZodType>);

export type StorageLimits = z.infer<typeof storageLimitsSchema>;
