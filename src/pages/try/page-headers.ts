/**
 * Forms are distinguished from those of other sites by their `Origin`, which browsers hide where no referrer may be
 * sent (Fetch standard, "append a request Origin header"): these pages send it to this service only.
 */
const SAME_ORIGIN_REFERRER = { "referrer-policy": "same-origin" };

/** A page that is the same for everyone, and has forms. */
export const FRONT_HEADERS = { ...SAME_ORIGIN_REFERRER, vary: "Accept", "cache-control": "public, max-age=300" };

/** A page that is one visitor's own. */
export const FORM_HEADERS = { ...SAME_ORIGIN_REFERRER, "cache-control": "private, no-store" };
