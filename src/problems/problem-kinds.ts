import { TOKEN_LIFETIME_SECONDS, hours } from "../bounds.ts";
import { INPUT_PROBLEMS } from "./input-problems.ts";
import type { ProblemKind } from "./problem-kind.ts";

/** Every error that a client can receive, by its `code`. */
export const PROBLEMS = {
  ...INPUT_PROBLEMS,
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
    title: "A signed timestamp is required",
    retryable: false,
    help: 'The application requires it, or the user id begins with digits and a dot, and its signature could be taken for that of another user. Send `timestamp` (Unix seconds) and sign "{timestamp}.{application_user_id}".',
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
  foreign_host: {
    status: 421,
    title: "This service is not reached by that name",
    retryable: false,
    help: "A service started with `npm start` responds to `localhost` and to IP addresses only, because pages of other sites could otherwise reach it by a name of their own.",
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
  quota_exceeded: {
    status: 409,
    title: "This user's storage is full",
    retryable: false,
    help: "Each user can store a limited number of records, and of bytes in photos. Delete records that are no longer needed, or ask the administrator to raise `storage_limits` of the application. Nothing was stored.",
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
