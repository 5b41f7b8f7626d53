import { MAX_WAIT_SECONDS } from "../bounds.ts";

/** What a client prefers of a response. */
export interface Preferences {
  /** How long it wants the response held, 1–60 seconds; null when it does not ask for a wait. */
  waitSeconds: number | null;
}

/**
 * One preference: `name`, `name=token` or `name="quoted string"`, then parameters, of which `wait` has none. Linear: of two
 * runs of spaces one always has something between it and the other, or a long run would be parted in every way.
 */
const PREFERENCE = /^\s*([!#$%&'*+\-.^_`|~\w]+)\s*(?:=\s*(?:(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*)?)?(?:;|$)/;
/** Commas part preferences, but not inside a quoted string. One that nobody closes reaches to the end. */
const PARTS = /(?:"(?:[^"\\]|\\.?)*(?:"|$)|[^,"])+/g;

/**
 * Reads a `Prefer` header (RFC 7240, section 2). Of a preference that is given twice the first counts; what is unknown or
 * malformed is passed over, as the RFC asks (section 2): a preference is never an error.
 */
export function parsePrefer(header: string | null | undefined): Preferences {
  for (const part of header?.match(PARTS) ?? []) {
    const [, name, quoted, token] = PREFERENCE.exec(part) ?? [];
    if (name?.toLowerCase() !== "wait") continue;
    const text = quoted ?? token ?? "";
    const seconds = /^\d+$/.test(text) ? Math.min(Number(text), MAX_WAIT_SECONDS) : 0;
    return { waitSeconds: seconds === 0 ? null : seconds };
  }
  return { waitSeconds: null };
}

/** The `Preference-Applied` header (RFC 7240, section 3) of a response that was held, or might have been, on request. */
export const preferenceApplied = (waitSeconds: number): string => `wait=${waitSeconds}`;
