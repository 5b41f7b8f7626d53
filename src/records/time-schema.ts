import { z } from "zod";

const EXAMPLE = "2026-11-23T10:30:04.521Z";

/** A time without a zone is one of UTC. */
const withZone = (text: string): string => (/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);

/** With an offset, the first and the last hours of all years lie outside of what can be written. */
const isInYears = (text: string): boolean => {
  const year = new Date(text).getUTCFullYear();
  return year >= 0 && year <= 9999;
};

/**
 * A time of a request, RFC 3339; one without an offset is taken as UTC, as the API does that this service replaces. The
 * value has an offset.
 */
export const timeSchema = z.iso
  .datetime({ offset: true, local: true, message: `a time such as ${EXAMPLE}` })
  .transform(withZone)
  .refine(isInYears, "a time of the years 0000 to 9999, in UTC");
