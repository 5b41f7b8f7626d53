import type { ProblemCode } from "../../problems/problem-kinds.ts";
import { TOKEN_LIFETIME_SECONDS, hours } from "../../bounds.ts";
import type { ProblemGuide } from "./guide.ts";
import { INPUT_GUIDES } from "./input-guides.ts";

const NEW_TOKEN = "Get a new token with `POST /auth/hmac` and repeat the request with it.";
const READ_RECORD = "Read the record with `GET /nutrition_records/{id}` and check its `status`.";
const ASK_ADMINISTRATOR = "Ask the administrator of this service.";

/** One guide for each code. `code` is in backticks. */
export const PROBLEM_GUIDES: Readonly<Record<ProblemCode, ProblemGuide>> = {
  ...INPUT_GUIDES,
  malformed_authorization: {
    why: "Records belong to a user, and this request does not identify one: `Authorization` is missing, or is not `Bearer`, one space and a token.",
    steps: ["Get a token with `POST /auth/hmac`.", "Send it as `Authorization: Bearer <access_token>`."],
  },
  invalid_token: {
    why: "This token was not signed by this service. It is truncated, altered, from another installation, or signed with a key that has since been retired.",
    steps: ["Check that the whole token is sent, including its two dots.", NEW_TOKEN],
  },
  expired_token: {
    why: `A token is valid for ${hours(TOKEN_LIFETIME_SECONDS)}, or until the user's tokens are revoked with \`POST /auth/revoke\`.`,
    steps: [NEW_TOKEN, "Renew tokens a little before `expires_at`, so that users never notice."],
  },
  unknown_application: {
    why: "No application has this id, or it has been deleted. Ids are numbers assigned by the administrator.",
    steps: ["Check `application_id`, and that you are calling the right installation.", ASK_ADMINISTRATOR],
  },
  inactive_application: {
    why: "An administrator has deactivated the application. Its records are kept but cannot be accessed.",
    steps: [ASK_ADMINISTRATOR, "Once the application is active again, access returns within 30 seconds."],
  },
  wrong_signature: {
    why: "The HMAC you sent does not match the one this service computes with the application's key. The key, the signed text or the encoding differs.",
    steps: [
      "Sign exactly `application_user_id`; with a timestamp, exactly `{timestamp}.{application_user_id}`.",
      "Use the application's HMAC key, not its webhook signature key, as text and not decoded.",
      "Send the HMAC-SHA256 as 64 lower-case hex digits.",
      "Sign on your server. The key must never ship in an app.",
    ],
  },
  timestamp_off: {
    why: "A signed timestamp can be at most five minutes off, so that an intercepted signature cannot be used later.",
    steps: [
      "Send Unix seconds, not milliseconds.",
      "Sync your server's clock with NTP.",
      "Create a new signature for each login.",
    ],
  },
  timestamp_required: {
    why: "This application accepts only logins with a signed timestamp: `require_timestamp` is set.",
    steps: ["Send `timestamp` in Unix seconds.", "Sign `{timestamp}.{application_user_id}`."],
  },
  not_an_administrator: {
    why: "Everything under `/admin` requires the administrator token. An application's or a user's token is not accepted.",
    steps: ["Send `Authorization: Bearer <admin token>`.", "With `npm start`, that token is `local-admin-token`."],
  },
  foreign_request: {
    why: "A browser sent this on behalf of another site, or the form belongs to an expired session. This protects a signed-in administrator from requests forged by other pages.",
    steps: [
      "Reopen the page and submit the form again.",
      "Programs: omit `Origin` and `Sec-Fetch-Site`, and send `Authorization: Bearer <admin token>`.",
    ],
  },
  not_found: {
    why: "The path is misspelled, the id never existed, the resource was deleted, or it belongs to someone else. The response is the same in every case, so that it reveals nothing about other users' data.",
    steps: [
      "Check the method and path against the documentation.",
      "Check that the token belongs to the user who created the record.",
    ],
  },
  foreign_host: {
    why: "The request's `Host` is a name other than localhost, and `npm start` uses secrets that everybody knows.",
    steps: [
      "Call `http://localhost:8787`, or the machine's IP address from a phone in the same network.",
      "To serve it under a name, deploy it with secrets of your own.",
    ],
  },
  method_not_allowed: {
    why: "The path exists but does not support this method.",
    steps: ["Use one of the methods in the response's `Allow` header.", "Check the path against the documentation."],
  },
  already_final: {
    why: "Only an analysis that is still running can be canceled. This one finished before the request arrived.",
    steps: [READ_RECORD, "To remove the record, use `DELETE /nutrition_records/{id}`."],
  },
  id_taken: {
    why: "Application ids are unique, and the one you requested is in use.",
    steps: ["Omit `id` to get the next free one.", "Set an id only when you migrate from another service."],
  },
  keys_changed: {
    why: "Two requests changed the keys of one application at the same time. The first one succeeded; this one changed nothing.",
    steps: ["Read the application to see its keys.", "Repeat the request if it is still what you want."],
  },
  last_key: {
    why: "Without a key, no user could sign in, or no webhook could be signed, so the last one cannot be revoked.",
    steps: ["Rotate with `overlap_hours: 0`: you get a new key, and this one is revoked immediately."],
  },
  rotation_under_way: {
    why: "The old and the new key are both active until the overlap of the last rotation ends. At most two keys can be active.",
    steps: [
      "Wait until the old key expires, or revoke it with `revoke`.",
      "Or rotate with `overlap_hours: 0`, which replaces both immediately.",
    ],
  },
  not_complete: {
    why: "A record's content can be changed only after its analysis is complete. This one is still pending or processing, or it failed or was canceled.",
    steps: [
      READ_RECORD,
      "Wait for its webhook or poll its status, then repeat the change.",
      "If the record failed, replace it with PUT or re-analyze it.",
    ],
  },
  photo_gone: {
    why: "The record was created without a photo, or its photo has passed the retention period and was deleted.",
    steps: ["Keep a copy on your side if you need photos for longer.", "The record itself is unchanged."],
  },
  idempotency_key_in_use: {
    why: "An earlier request with this `Idempotency-Key` is still in progress, often because a client gave up waiting too soon.",
    steps: ["Retry the same request after `Retry-After` seconds to get the response of the first one."],
  },
  already_under_way: {
    why: "Only one re-analysis of a record can run at a time, and one is still running.",
    steps: ["Wait for it to finish; the record's events report it.", "Or correct the record yourself, which stops it."],
  },
  last_ingredient: {
    why: "A dish without ingredients would have no amounts to total.",
    steps: ["Delete the record, or replace its content with `PUT /nutrition_records/{id}`."],
  },
  hint_needed: {
    why: "The record failed because no food was found or because its analysis never finished. Analyzing the same photo the same way would fail again.",
    steps: ["Ask the user what the meal is and send that as `hint`.", "Or replace the record with PUT."],
  },
  nothing_to_analyse: {
    why: "The record was entered manually, its photo could not be read, or the photo has passed the retention period and was deleted.",
    steps: ["Correct the record with PATCH or PUT.", "Or upload a photo, which creates a new record."],
  },
  rate_limited: {
    why: "Each application and each of its users has a limit of requests per minute, and uploads have a separate limit. One of these limits has been reached.",
    steps: [
      "Wait for `Retry-After` seconds.",
      "`RateLimit-Policy` has the limits, `RateLimit` what remains: slow down before it reaches zero.",
      "Use webhooks or events instead of polling.",
    ],
  },
  too_many_listeners: {
    why: "This record already has the maximum number of listeners. Usually a client keeps opening new connections without closing old ones.",
    steps: [
      "Close streams you no longer need, and keep one per record and device.",
      "Poll the record's status instead, which has no such limit.",
    ],
  },
  endpoint_disabled: {
    why: "Every attempt to deliver a webhook has failed for five days, so delivery has stopped.",
    steps: [
      "Fix the endpoint and send it a test event.",
      "Redeliver missed events with `POST /admin/applications/{id}/recover`.",
    ],
  },
  no_webhook_url: {
    why: "The application has no URL to send webhooks to.",
    steps: ["Set `webhook_url` with `PATCH /admin/applications/{id}`."],
  },
  no_operations_url: {
    why: "No URL for operational events is configured, so there is nowhere to send a test event.",
    steps: [
      "Set the variable `OPERATIONS_WEBHOOK_URL` in `wrangler.toml`, and the secret with `npx wrangler secret put OPERATIONS_WEBHOOK_KEY`.",
      "Deploy, and repeat the test.",
    ],
  },
  not_its_turn: {
    why: "The events of a record are delivered in order, and an earlier one is still undelivered.",
    steps: ["Resend the earlier event first, or wait until it is delivered or exhausted."],
  },
  body_not_kept: {
    why: "The event predates the storage of event bodies.",
    steps: ["Read the record instead: it has the same content, in its current version."],
  },
  quota_exceeded: {
    why: "The user has as many records, or photos of as many bytes, as the application allows one user. It protects the other users: the database has a fixed size.",
    steps: [
      "Look for a client that uploads the same meal again and again: give each upload an `Idempotency-Key`.",
      "Delete records that are no longer needed with `DELETE /nutrition_records/{id}`; photos stop counting when they pass the application's retention period.",
      "An administrator raises the limits with `PATCH /admin/applications/{id}` and `storage_limits`.",
    ],
  },
  recovery_running: {
    why: "An application can run only one recovery at a time, so that its endpoint is not flooded.",
    steps: ["Wait until the running one has `finished_at` set."],
  },
  reanalysis_running: {
    why: "An application can run only one re-analysis job at a time, and the running one does not cover the oldest records you asked for.",
    steps: ["Wait until the running one has `finished_at` set, then retry."],
  },
  internal_error: {
    why: "The service hit an unexpected error. It was logged; nothing you did caused it.",
    steps: [
      "Try again.",
      "If the problem persists, give the administrator the `request_id` from the response; it is in the logs too.",
    ],
  },
  temporarily_unavailable: {
    why: "Storage, the queue or DNS did not respond. With an `Idempotency-Key`, a retry never does anything twice; without one, the upload may already have been stored, and both it and the retry are analyzed.",
    steps: ["Wait for `Retry-After` seconds and retry the request, with the same `Idempotency-Key` if you sent one."],
  },
};
