/** One kind of error, as it is told. */
export interface ProblemKind {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 411 | 412 | 413 | 415 | 422 | 429 | 500 | 503;
  title: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** What the page behind the `type` URI tells the person who meets it. */
  help: string;
}

/** Every error that a client can meet, by its `code`. */
export const PROBLEMS = {
  malformed_request: {
    status: 400,
    title: "The request is malformed",
    retryable: false,
    help: "The body is not what its content type says: check that it is valid JSON or a complete multipart form.",
  },
  malformed_authorization: {
    status: 401,
    title: "The Authorization header is missing or malformed",
    retryable: false,
    help: "Send the header `Authorization: Bearer <access_token>` with a token from POST /auth/hmac.",
  },
  invalid_token: {
    status: 401,
    title: "The access token is invalid",
    retryable: false,
    help: "The token was not issued by this service, or was altered. Get a new one with POST /auth/hmac.",
  },
  expired_token: {
    status: 401,
    title: "The access token has expired",
    retryable: false,
    help: "Access tokens live for 24 hours. Get a new one with POST /auth/hmac.",
  },
  unknown_application: {
    status: 401,
    title: "The application is unknown",
    retryable: false,
    help: "There is no application with this id. Check `application_id`, or ask the administrator of this service.",
  },
  inactive_application: {
    status: 401,
    title: "The application is inactive",
    retryable: false,
    help: "An administrator has deactivated this application.",
  },
  wrong_signature: {
    status: 401,
    title: "The signature is wrong",
    retryable: false,
    help: "`signature` must be the lower-case hex HMAC-SHA256 of `application_user_id` (or of `timestamp.application_user_id` when a timestamp is sent) with the application's HMAC key.",
  },
  timestamp_off: {
    status: 401,
    title: "The timestamp is off",
    retryable: false,
    help: "`timestamp` is in Unix seconds and must be within five minutes of this service's clock.",
  },
  timestamp_required: {
    status: 401,
    title: "This application must sign a timestamp",
    retryable: false,
    help: 'Send `timestamp` (Unix seconds) and sign "{timestamp}.{application_user_id}".',
  },
  not_an_administrator: {
    status: 401,
    title: "An administrator's token is needed",
    retryable: false,
    help: "Send `Authorization: Bearer <admin token>`; under `npm start` the token is `local-admin-token`.",
  },
  foreign_request: {
    status: 403,
    title: "The request comes from another site",
    retryable: false,
    help: "What changes something here must be sent from this service's own pages, or by a program. Open the page again and repeat it.",
  },
  not_found: {
    status: 404,
    title: "There is nothing here",
    retryable: false,
    help: "The path or the id is unknown, or belongs to somebody else.",
  },
  photo_gone: {
    status: 404,
    title: "There is no photo of this record",
    retryable: false,
    help: "The record was made without a photo, or its photo is older than the application keeps them and has been deleted. The record itself stays.",
  },
  method_not_allowed: {
    status: 405,
    title: "The method is not allowed here",
    retryable: false,
    help: "The path exists, but not with this method. The `Allow` header names those that it answers.",
  },
  already_final: {
    status: 409,
    title: "The analysis is over",
    retryable: false,
    help: "A record can be canceled while it is pending or processing. Read it, or delete it.",
  },
  already_under_way: {
    status: 409,
    title: "The record is already being analysed again",
    retryable: true,
    help: "One re-analysis runs at a time. Wait for its end, or correct the record yourself, which ends it.",
  },
  id_taken: {
    status: 409,
    title: "The id is taken",
    retryable: false,
    help: "Another application has this id already. Leave `id` out to get the next free one.",
  },
  keys_changed: {
    status: 409,
    title: "The keys have changed in the meantime",
    retryable: true,
    help: "Somebody else changed this application's keys at the same moment, and nothing was done here. Read the application, then try again.",
  },
  last_key: {
    status: 409,
    title: "This is the last key",
    retryable: false,
    help: "An application always has a key of each kind. Rotate with `overlap_hours: 0` to end this one and get another.",
  },
  last_ingredient: {
    status: 409,
    title: "The last ingredient cannot be removed",
    retryable: false,
    help: "A record keeps at least one ingredient. Delete the record, or replace its content with PUT.",
  },
  hint_needed: {
    status: 409,
    title: "The same analysis would fail again",
    retryable: false,
    help: "The models found no food, or never came to an end. Say in `hint` what the meal is, or replace the record with PUT.",
  },
  nothing_to_analyse: {
    status: 409,
    title: "The record has nothing that could be analysed",
    retryable: false,
    help: "A record that was typed by hand has neither a photo nor a sentence, and photos are stored for a limited time. Correct the record with PATCH or PUT, or upload a photo.",
  },
  endpoint_disabled: {
    status: 409,
    title: "The webhook endpoint is disabled",
    retryable: false,
    help: "Every attempt has failed for five days. Send a test event that succeeds, or set `webhook_url` again; then repeat this.",
  },
  no_webhook_url: {
    status: 409,
    title: "The application has no webhook URL",
    retryable: false,
    help: "Set `webhook_url` with PATCH /admin/applications/{id} first.",
  },
  no_operations_url: {
    status: 409,
    title: "Operators have no webhook",
    retryable: false,
    help: "Set `OPERATIONS_WEBHOOK_URL` and `OPERATIONS_WEBHOOK_KEY` and deploy; under `npm start` give both in the environment.",
  },
  not_its_turn: {
    status: 409,
    title: "An earlier event of the record is still to be delivered",
    retryable: true,
    help: "A record's events are sent in order. Resend the earlier one, or wait until it has ended.",
  },
  body_not_kept: {
    status: 409,
    title: "The event can no longer be sent",
    retryable: false,
    help: "It is from before this service kept the bodies of its events. Read the record instead.",
  },
  recovery_running: {
    status: 409,
    title: "Another recovery is running",
    retryable: true,
    help: "An application has one recovery at a time. Wait until `finished_at` of the running one is set.",
  },
  reanalysis_running: {
    status: 409,
    title: "Another re-analysis is running",
    retryable: true,
    help: "An application's failed records are analyzed again by one job at a time, and the running one begins later. Wait until its `finished_at` is set.",
  },
  idempotency_key_in_use: {
    status: 409,
    title: "The first request with this idempotency key is still under way",
    retryable: true,
    help: "Another request with this `Idempotency-Key` is being answered right now. Send the same request again after `Retry-After` seconds: it gets the same answer.",
  },
  not_complete: {
    status: 409,
    title: "The record is not complete",
    retryable: false,
    help: "Only a completed or updated record can be changed. While it is pending or processing, wait for its end; a record that failed is replaced with PUT or analyzed again with POST …/reanalyze; one that was canceled stays so, and its meal can be typed in with POST /nutrition_records/manual.",
  },
  rotation_under_way: {
    status: 409,
    title: "A rotation is under way",
    retryable: true,
    help: "Two keys are live, which is the most there can be. End the old one with `revoke`, or wait until it expires. With `overlap_hours: 0` the new key ends both at once.",
  },
  version_mismatch: {
    status: 412,
    title: "The record has changed in the meantime",
    retryable: false,
    help: "`If-Match` names another version. Read the record again and repeat the change with its `ETag`.",
  },
  length_required: {
    status: 411,
    title: "The length of the body is needed",
    retryable: false,
    help: "Raw photos stream straight into storage, which needs to know their length: send `Content-Length`.",
  },
  photo_too_large: {
    status: 413,
    title: "The photo is too large",
    retryable: false,
    help: "A photo may have 7.5 MB, or 10 MB as base64. Scale it down to 2,048 pixels before uploading: the result is the same.",
  },
  unsupported_content_type: {
    status: 415,
    title: "The content type is not supported",
    retryable: false,
    help: "Send `application/json`, `multipart/form-data`, or the raw photo with an `image/*` content type.",
  },
  unsupported_format: {
    status: 415,
    title: "The photo is not a JPEG, PNG or WebP",
    retryable: false,
    help: "The format is found by the file's own header, never by its name or content type. HEIC photos must be converted first.",
  },
  invalid_request: {
    status: 422,
    title: "The request has invalid fields",
    retryable: false,
    help: "`errors` names each field and what it should be.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The idempotency key belongs to another request",
    retryable: false,
    help: "This `Idempotency-Key` was used in the last 24 hours for another photo, other options or another route. Use a new key for each request, and the same one only to repeat it.",
  },
  invalid_dimensions: {
    status: 422,
    title: "The photo's dimensions are out of range",
    retryable: false,
    help: "A photo must have at least 512×512 and at most 50 million pixels.",
  },
  photo_not_fetched: {
    status: 422,
    title: "The photo could not be fetched",
    retryable: true,
    help: "The server that `body_url` names did not send the photo: it could not be reached, took more than 10 seconds, or answered with an error or a redirect. Nothing was stored. Try again, or send the photo itself.",
  },
  damaged_photo: {
    status: 422,
    title: "The photo is damaged",
    retryable: false,
    help: "The file is truncated, or says things about itself that cannot be true. Upload the original again.",
  },
  too_many_listeners: {
    status: 429,
    title: "Too many listen to this record",
    retryable: true,
    help: "At most 50 connections may listen to or wait for one record. Close those that are not read, or poll the status.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    retryable: true,
    help: "Each application and each of its users may make so many requests a minute; uploads are counted apart. `RateLimit-Policy` says how many, `RateLimit` how many remain. Wait for `Retry-After` seconds.",
  },
  internal_error: {
    status: 500,
    title: "Something went wrong on our side",
    retryable: true,
    help: "The error was logged under the answer's request id. Try again; if it stays, tell the administrator that id.",
  },
  temporarily_unavailable: {
    status: 503,
    title: "The service is temporarily unavailable",
    retryable: true,
    help: "Storage or the queue did not answer and nothing was accepted. Try again after `Retry-After` seconds.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;
