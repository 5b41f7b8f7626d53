import { DAY_SECONDS, HOUR_SECONDS, SECOND_MS } from "./time.ts";

/**
 * Size limits, time limits and lifetimes that API texts, guides and documents state. Prose interpolates them and never
 * retypes them; a test compares `docs/using-the-api.md` with them.
 */
export const MAX_PHOTO_BYTES = 7_500_000;
/** As base64. */
export const MAX_BASE64_LENGTH = 10_000_000;
export const MIN_SIDE_PIXELS = 512;
export const MAX_PIXELS = 50_000_000;
/** Of a dish's or an ingredient's name, in characters. */
export const MAX_FOOD_NAME_LENGTH = 200;
/** Of a dish's description that is entered manually, in characters. */
export const MAX_DESCRIPTION_LENGTH = 1_000;
/** Of a meal that is entered manually. */
export const MAX_INGREDIENTS = 100;
/** A meal for a large family, by the unit of its size: a larger number is a slip, or means another unit. */
export const MAX_SERVING = { g: 20_000, ml: 20_000, mg: 20_000_000, mcg: 20_000_000_000, kcal: 100_000 } as const;
/** The pairs of text that an integrator keeps with a record … */
export const MAX_METADATA_PAIRS = 16;
/** … as JSON. */
export const MAX_METADATA_BYTES = 4_096;
/** Of a user's id, in characters. */
export const MAX_USER_ID_LENGTH = 128;
/** Of a meal in words, in characters. */
export const MAX_TEXT_LENGTH = 1_000;
/** Of an Idempotency-Key, in characters. */
export const MAX_IDEMPOTENCY_KEY_LENGTH = 255;
/** Of a JSON body or a form without a photo: the largest meal that may be entered fits several times. */
export const MAX_BODY_BYTES = 64 * 1024;
/** Of the options around a photo. */
export const MAX_OPTIONS_BYTES = 64 * 1024;
/** How deep JSON may be nested. */
export const MAX_JSON_DEPTH = 16;
/** Of an application's id: nine digits, which every language's integer holds. */
export const MAX_APPLICATION_ID = 999_999_999;
/** How many entries a list or an object in JSON may have. */
export const MAX_JSON_ENTRIES = 500;
/** How many parts a form may have, and how many parameters a query. */
export const MAX_FIELDS = 200;
/** Of a request's path and query, in characters. */
export const MAX_URL_LENGTH = 8_192;
/** Of a request's header, in characters: its name and all of its values. */
export const MAX_HEADER_LENGTH = 16_384;
/** How many invalid fields a problem lists. */
export const MAX_FIELD_ERRORS = 20;
/** Of a problem, as JSON. */
export const MAX_PROBLEM_BYTES = 16_384;
/** Of any list. */
export const MAX_PAGE_ENTRIES = 200;
/** Of a list of records in a time range that names no limit, as the API that this service replaces returns them. */
export const MAX_RANGE_ENTRIES = 1_000;
/** How long a response may be held, whether an option or `Prefer` asks for it. */
export const MAX_WAIT_SECONDS = 60;
export const TOKEN_LIFETIME_SECONDS = DAY_SECONDS;
/** The largest clock difference allowed in a login's timestamp. */
export const LOGIN_TOLERANCE_SECONDS = 300;
export const IDEMPOTENCY_KEY_LIFETIME_SECONDS = DAY_SECONDS;
/** The time limit for the server of a `body_url`. */
export const PHOTO_FETCH_TIMEOUT_MS = 10 * SECOND_MS;
/** The time limit for a webhook endpoint. */
export const ATTEMPT_TIMEOUT_MS = 30 * SECOND_MS;
/** How often an event stream shows that it is alive. */
export const STREAM_COMMENT_INTERVAL_MS = 15 * SECOND_MS;
/** How long a delivery is kept after its end. */
export const DELIVERY_RETENTION_DAYS = 30;
export const OPERATIONS_EVENT_RETENTION_DAYS = 30;
/** How long photos are kept by default. */
export const DEFAULT_PHOTO_RETENTION_DAYS = 90;
/** The longest that an application may keep them. */
export const MAX_PHOTO_RETENTION_DAYS = 3_650;
/** The longest time range of a usage report. */
export const MAX_USAGE_DAYS = 92;

/** "64 kB". */
export const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} kB`;
/** "7.5 MB". */
export const megabytes = (bytes: number): string => `${bytes / 1e6} MB`;
/** "50 million". */
export const millions = (count: number): string => `${count / 1e6} million`;
/** "24 hours". */
export const hours = (seconds: number): string => `${seconds / HOUR_SECONDS} hours`;
/** "30 seconds". */
export const seconds = (ms: number): string => `${ms / SECOND_MS} seconds`;
