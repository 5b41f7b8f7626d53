import { nextMonthUtc, type Trouble } from "./trouble.ts";

/** What kept the Images binding from an image: its own trouble, or the image. */
export type ImagesFailure = Trouble | { kind: "photo_rejected" };

const busy = (what: string, code: string): Trouble => ({
  kind: "busy",
  detail: `The Images binding ${what}${code}; preparing the photo is retried automatically.`,
});

/**
 * Classifies what the Images binding threw, by the code in it
 * (developers.cloudflare.com/images/reference/troubleshooting). Only three of them are the image's: it is none (9412),
 * it is too large (9413), or of no format that is read (9520). Unknown errors are treated as transient.
 */
export function classifyImagesFailure(error: unknown, now: number): ImagesFailure {
  const code = error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : 0;
  const shown = code === 0 ? "" : ` (${code})`;
  switch (code) {
    case 9412:
    case 9413:
    case 9520:
      return { kind: "photo_rejected" };
    case 9402:
      return busy("lost the connection", shown);
    case 9422:
    case 9423:
      return {
        kind: "quota",
        detail: `The Images binding has used up this month's transformations, which reset on the first; an Images plan lifts the limit${shown}.`,
        notBefore: nextMonthUtc(now),
      };
    case 9401:
    case 9525:
      return {
        kind: "request_refused",
        detail: `The Images binding rejects the requests of this version of the program: deploy a newer one${shown}.`,
      };
    case 9432:
      return {
        kind: "misconfigured",
        detail: `The Images binding is not included in the account's plan: subscribe to Images in the dashboard${shown}.`,
      };
    default:
      return busy("failed", shown);
  }
}

/**
 * Whether the code says that the image could not be processed and leaves open why: the binding's own error without a
 * name (9523), or a limit of its processing (9522).
 */
export const isAmbiguous = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === 9522 || error.code === 9523);
