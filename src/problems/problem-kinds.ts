import {
  IDEMPOTENCY_KEY_LIFETIME_SECONDS,
  MAX_BASE64_LENGTH,
  MAX_PHOTO_BYTES,
  MAX_PIXELS,
  MIN_SIDE_PIXELS,
  PHOTO_FETCH_TIMEOUT_MS,
  TOKEN_LIFETIME_SECONDS,
  hours,
  megabytes,
  millions,
  seconds,
} from "../bounds.ts";

/** One kind of error. */
export interface ProblemKind {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 411 | 412 | 413 | 415 | 422 | 429 | 500 | 503;
  title: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** The summary on the page behind the `type` URI. */
  help: string;
}

/** Every error that a client can receive, by its `code`. */
export const PROBLEMS = {
  malformed_request: {
    status: 400,
    title: "The request is malformed",
    retryable: false,
    help: "The body does not match its content type. Check that it is valid JSON or a complete multipart form.",
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
    help: `Access tokens are valid for ${hours(TOKEN_LIFETIME_SECONDS)}. Get a new one with POST /auth/hmac.`,
  },
  unknown_application: {
    status: 401,
    title: "The application is unknown",
    retryable: false,
    help: "No application has this id. Check `application_id`, or ask the administrator of this service.",
  },
  inactive_application: {
    status: 401,
    title: "The application is inactive",
    retryable: false,
    help: "An administrator has deactivated this application.",
  },
  wrong_signature: {
    status: 401,
    title: "The signature does not match",
    retryable: false,
    help: "`signature` must be the lower-case hex HMAC-SHA256 of `application_user_id` (or of `timestamp.application_user_id` when a timestamp is sent) with the application's HMAC key.",
  },
  timestamp_off: {
    status: 401,
    title: "The timestamp is out of range",
    retryable: false,
    help: "`timestamp` is in Unix seconds and must be within five minutes of this service's clock.",
  },
  timestamp_required: {
    status: 401,
    title: "This application requires a signed timestamp",
    retryable: false,
    help: 'Send `timestamp` (Unix seconds) and sign "{timestamp}.{application_user_id}".',
  },
  not_an_administrator: {
    status: 401,
    title: "An administrator token is required",
    retryable: false,
    help: "Send `Authorization: Bearer <admin token>`; with `npm start`, the token is `local-admin-token`.",
  },
  foreign_request: {
    status: 403,
    title: "The request came from another site",
    retryable: false,
    help: "Requests that change something must come from this service's own pages or from a program. Reopen the page and submit again.",
  },
  not_found: {
    status: 404,
    title: "There is nothing here",
    retryable: false,
    help: "The path or id does not exist, or belongs to another user or application.",
  },
  photo_gone: {
    status: 404,
    title: "This record has no photo",
    retryable: false,
    help: "The record was created without a photo, or its photo passed the application's retention period and was deleted. The record itself is kept.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    retryable: false,
    help: "The path exists but does not support this method. The `Allow` header lists the methods it supports.",
  },
  already_final: {
    status: 409,
    title: "The analysis has already finished",
    retryable: false,
    help: "A record can be canceled only while it is pending or processing. Read it or delete it instead.",
  },
  already_under_way: {
    status: 409,
    title: "The record is already being re-analyzed",
    retryable: true,
    help: "Only one re-analysis of a record can run at a time. Wait for it to finish, or correct the record yourself, which stops it.",
  },
  id_taken: {
    status: 409,
    title: "The id is already in use",
    retryable: false,
    help: "Another application already has this id. Omit `id` to get the next free one.",
  },
  keys_changed: {
    status: 409,
    title: "The keys were changed concurrently",
    retryable: true,
    help: "Another request changed this application's keys at the same time, so this one changed nothing. Read the application, then try again.",
  },
  last_key: {
    status: 409,
    title: "The last key cannot be revoked",
    retryable: false,
    help: "An application must always have one key of each kind. Rotate with `overlap_hours: 0` to revoke this one and get a replacement.",
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
    help: "The models found no food, or the analysis never finished. Describe the meal in `hint`, or replace the record with PUT.",
  },
  nothing_to_analyse: {
    status: 409,
    title: "The record has nothing to analyze",
    retryable: false,
    help: "A manually entered record has neither a photo nor a sentence, and photos are stored for a limited time. Correct the record with PATCH or PUT, or upload a photo.",
  },
  endpoint_disabled: {
    status: 409,
    title: "The webhook endpoint is disabled",
    retryable: false,
    help: "Every delivery attempt has failed for five days. Send a test event that succeeds, or set `webhook_url` again, then retry.",
  },
  no_webhook_url: {
    status: 409,
    title: "The application has no webhook URL",
    retryable: false,
    help: "Set `webhook_url` with PATCH /admin/applications/{id} first.",
  },
  no_operations_url: {
    status: 409,
    title: "No operations webhook is configured",
    retryable: false,
    help: "Set `OPERATIONS_WEBHOOK_URL` and `OPERATIONS_WEBHOOK_KEY` and deploy; with `npm start`, set both in the environment.",
  },
  not_its_turn: {
    status: 409,
    title: "An earlier event of the record has not been delivered yet",
    retryable: true,
    help: "A record's events are delivered in order. Resend the earlier one, or wait until it is delivered or exhausted.",
  },
  body_not_kept: {
    status: 409,
    title: "The event can no longer be sent",
    retryable: false,
    help: "It predates the storage of event bodies. Read the record instead.",
  },
  recovery_running: {
    status: 409,
    title: "Another recovery is running",
    retryable: true,
    help: "An application can run only one recovery at a time. Wait until the running one has `finished_at` set.",
  },
  reanalysis_running: {
    status: 409,
    title: "Another re-analysis is running",
    retryable: true,
    help: "An application can run only one re-analysis job at a time, and the running one starts from a later time. Wait until it has `finished_at` set.",
  },
  idempotency_key_in_use: {
    status: 409,
    title: "The first request with this idempotency key is still in progress",
    retryable: true,
    help: "Another request with this `Idempotency-Key` is still being processed. Retry the same request after `Retry-After` seconds to get the same response.",
  },
  not_complete: {
    status: 409,
    title: "The record is not complete",
    retryable: false,
    help: "Only a completed or updated record can be changed. If it is pending or processing, wait until it finishes. If it failed, replace it with PUT or re-analyze it with POST …/reanalyze. A canceled record stays canceled; enter its meal with POST /nutrition_records/manual.",
  },
  rotation_under_way: {
    status: 409,
    title: "A key rotation is in progress",
    retryable: true,
    help: "Two keys are active, which is the maximum. Revoke the old one with `revoke`, or wait until it expires. With `overlap_hours: 0` the new key replaces both immediately.",
  },
  version_mismatch: {
    status: 412,
    title: "The record has changed",
    retryable: false,
    help: "`If-Match` names a different version. Read the record again and repeat the change with its current `ETag`.",
  },
  length_required: {
    status: 411,
    title: "Content-Length is required",
    retryable: false,
    help: "Raw photos stream straight into storage, which needs to know their length: send `Content-Length`.",
  },
  photo_too_large: {
    status: 413,
    title: "The photo is too large",
    retryable: false,
    help: `A photo can be up to ${megabytes(MAX_PHOTO_BYTES)}, or ${megabytes(MAX_BASE64_LENGTH)} as base64. Scale it down to 2,048 pixels before uploading; the result is the same.`,
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
    help: "The format is detected from the file's own header, never from its name or content type. Convert HEIC photos first.",
  },
  invalid_request: {
    status: 422,
    title: "The request has invalid fields",
    retryable: false,
    help: "`errors` lists each invalid field and what it should be.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The idempotency key was used for a different request",
    retryable: false,
    help: `This \`Idempotency-Key\` was used in the last ${hours(IDEMPOTENCY_KEY_LIFETIME_SECONDS)} with a different photo, different options or a different route. Use a new key for each request, and reuse a key only to retry the same request.`,
  },
  invalid_dimensions: {
    status: 422,
    title: "The photo's dimensions are out of range",
    retryable: false,
    help: `A photo must be at least ${MIN_SIDE_PIXELS}×${MIN_SIDE_PIXELS} pixels and at most ${millions(MAX_PIXELS)} pixels.`,
  },
  photo_not_fetched: {
    status: 422,
    title: "The photo could not be fetched",
    retryable: true,
    help: `The server behind \`body_url\` did not deliver the photo: it could not be reached, took more than ${seconds(PHOTO_FETCH_TIMEOUT_MS)}, or responded with an error or a redirect. Nothing was stored. Try again, or upload the photo itself.`,
  },
  damaged_photo: {
    status: 422,
    title: "The photo is damaged",
    retryable: false,
    help: "The file is truncated or contradicts itself. Upload the original again.",
  },
  too_many_listeners: {
    status: 429,
    title: "Too many listeners on this record",
    retryable: true,
    help: "At most 50 connections can listen to or wait for one record. Close unused connections, or poll the status instead.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    retryable: true,
    help: "Each application and each of its users has a limit of requests per minute; uploads have a separate limit. `RateLimit-Policy` states the limits, `RateLimit` how many requests remain. Wait for `Retry-After` seconds.",
  },
  internal_error: {
    status: 500,
    title: "Something went wrong on our side",
    retryable: true,
    help: "The error was logged under the response's request id. Try again; if the problem persists, give the administrator that id.",
  },
  temporarily_unavailable: {
    status: 503,
    title: "The service is temporarily unavailable",
    retryable: true,
    help: "Storage or the queue did not respond, and nothing was accepted. Try again after `Retry-After` seconds.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;
