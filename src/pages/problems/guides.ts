import type { ProblemCode } from "../../problems/problem-kinds.ts";

/** What the page of an error tells beyond its sentence: how it comes about, and what helps, step by step. */
export interface ProblemGuide {
  why: string;
  steps: readonly string[];
}

const NEW_TOKEN = "Get a new token with `POST /auth/hmac` and repeat the request with it.";
const READ_FIELDS = "Read `errors`: each entry names a field, what it should be and, where it is short, what was sent.";
const READ_RECORD = "Read the record with `GET /nutrition_records/{id}`: its `status` says where it stands.";
const ASK_ADMINISTRATOR = "Ask the administrator of this service.";

/** One guide for each code. `code` is in backticks. */
export const PROBLEM_GUIDES: Readonly<Record<ProblemCode, ProblemGuide>> = {
  malformed_request: {
    why: "The request could not be read to its end: JSON with a syntax error, a form that breaks off or lacks its boundary, or an empty body.",
    steps: [
      "Let a library write the body: `JSON.stringify`, or `FormData`.",
      "Leave `Content-Type` of a form to the library as well, because it carries the boundary.",
      "Look for a proxy that cuts bodies off when only large ones fail.",
    ],
  },
  malformed_authorization: {
    why: "Records belong to a user, and this request does not say who is calling: `Authorization` is missing, or is not the word `Bearer`, one space and a token.",
    steps: ["Get a token with `POST /auth/hmac`.", "Send it as `Authorization: Bearer <access_token>`."],
  },
  invalid_token: {
    why: "The token's signature is not of this service. It is cut off, altered, from another installation, or signed with a key that has since been taken out of service.",
    steps: ["Check that the whole token arrives, with its two dots.", NEW_TOKEN],
  },
  expired_token: {
    why: "A token is good for 24 hours, or until its user's tokens are ended with `POST /auth/revoke`.",
    steps: [NEW_TOKEN, "Renew tokens a little before `expires_at`, so that users never notice."],
  },
  unknown_application: {
    why: "There is no application with this id, or it has been deleted. Ids are numbers that the administrator hands out.",
    steps: ["Check `application_id`, and that you are calling the right installation.", ASK_ADMINISTRATOR],
  },
  inactive_application: {
    why: "An administrator has deactivated the application. Its records are kept, but nobody can reach them.",
    steps: [ASK_ADMINISTRATOR, "Once it is active again, everything works within half a minute."],
  },
  wrong_signature: {
    why: "The HMAC that came does not match the one that this service computes with the application's key. The key, the signed text or the encoding differs.",
    steps: [
      "Sign exactly `application_user_id`; with a timestamp, exactly `{timestamp}.{application_user_id}`.",
      "Use the application's HMAC key, not its webhook signature key, as text and not decoded.",
      "Send the HMAC-SHA256 as 64 lower-case hex digits.",
      "Sign on your server: the key must not be in an app.",
    ],
  },
  timestamp_off: {
    why: "A signed timestamp may be at most five minutes off, so that a signature which somebody overheard cannot be used later.",
    steps: ["Send Unix seconds, not milliseconds.", "Set your server's clock by NTP.", "Sign anew for each login."],
  },
  timestamp_required: {
    why: "This application accepts only logins whose signature covers a time: `require_timestamp` is set.",
    steps: ["Send `timestamp` in Unix seconds.", "Sign `{timestamp}.{application_user_id}`."],
  },
  not_an_administrator: {
    why: "Everything under `/admin` is for the administrator of the service. An application's or a user's token does not open it.",
    steps: ["Send `Authorization: Bearer <admin token>`.", "Under `npm start` that token is `local-admin-token`."],
  },
  foreign_request: {
    why: "A browser sent this on behalf of another site, or the form was made for a session that is over. An administrator who is signed in must not be made to do what another page wants.",
    steps: [
      "Open the page again and fill the form in anew.",
      "Programs: leave `Origin` and `Sec-Fetch-Site` out, and send `Authorization: Bearer <admin token>`.",
    ],
  },
  not_found: {
    why: "The path is misspelt, the id was never given out, what it named has been deleted, or it belongs to somebody else. The answer is the same in every case, so that nobody learns what others have.",
    steps: [
      "Compare method and path with the documentation.",
      "Check that the token is of the user who made the record.",
    ],
  },
  method_not_allowed: {
    why: "There is something at this path, but it does not answer this method.",
    steps: ["Use one of the methods in the answer's `Allow` header.", "Compare the path with the documentation."],
  },
  already_final: {
    why: "Only an analysis that still goes on can be canceled. This one ended before the request came.",
    steps: [READ_RECORD, "To be rid of it, delete it with `DELETE /nutrition_records/{id}`."],
  },
  id_taken: {
    why: "Ids of applications are unique. You asked for one that is in use.",
    steps: ["Leave `id` out, and the next free one is taken.", "Bring an id along only when you move over."],
  },
  keys_changed: {
    why: "Two administrators changed the keys of one application at the same moment. The first was served, this request changed nothing.",
    steps: ["Read the application to see its keys.", "Repeat the request if it is still what you want."],
  },
  last_key: {
    why: "Without a key nobody could sign in, or no webhook could be signed, so the last one cannot be ended.",
    steps: ["Rotate with `overlap_hours: 0`: you get a new key, and this one ends at once."],
  },
  rotation_under_way: {
    why: "An old and a new key are both live until the overlap of the last rotation is over. There are at most two.",
    steps: ["Wait until the old key expires, or end it with `revoke`.", "`overlap_hours: 0` ends both at once."],
  },
  not_complete: {
    why: "A record's content can be changed once its analysis is complete. This one is still pending or processing, or it has failed or was canceled.",
    steps: [
      READ_RECORD,
      "Wait for its webhook, or poll its status, and repeat the change then.",
      "Replace a record that failed with PUT, or have it analyzed again.",
    ],
  },
  version_mismatch: {
    why: "`If-Match` named a version that is no longer the present one: somebody, perhaps the same user on another device, changed the record first. Nothing of theirs is overwritten.",
    steps: ["Read the record again, with its new `ETag`.", "Make the change to what you have read, and send that tag."],
  },
  length_required: {
    why: "A raw photo streams straight into storage without ever being held in memory, and storage wants to know its length first. This request was sent in chunks of unknown number.",
    steps: [
      "Send `Content-Length`; libraries do when they are given a file, a buffer or a blob.",
      "When you have a stream of unknown length only, send the photo in a form.",
    ],
  },
  photo_too_large: {
    why: "A photo may have 7.5 MB, as base64 10 MB. More does not help: the models look at a much smaller picture.",
    steps: ["Scale the photo down to 2,048 pixels on its longer side, as JPEG with quality 85.", "Upload that."],
  },
  unsupported_content_type: {
    why: "The kind of body is told by `Content-Type`, which is missing or names none of the three kinds.",
    steps: [
      "Send `application/json` with the photo as base64, `multipart/form-data` with a file part `image`, or the bytes with `image/jpeg`, `image/png` or `image/webp`.",
    ],
  },
  unsupported_format: {
    why: "The file begins like none of the three formats. Its name and its content type do not count. iPhones take HEIC by default, and animated WebP is no photo.",
    steps: ["Convert the photo to JPEG; browsers do it with a canvas.", "Upload the converted file."],
  },
  invalid_request: {
    why: "The request could be read, but some of its fields do not say what they should: a wrong type, a value out of range, something needed that is missing.",
    steps: [READ_FIELDS, "Compare with the schema in the documentation."],
  },
  invalid_dimensions: {
    why: "The photo has fewer than 512×512 pixels, in which food cannot be told, or more than 50 million.",
    steps: [
      "Take the original, not a thumbnail.",
      "Scale very large photos down to 2,048 pixels on their longer side.",
    ],
  },
  damaged_photo: {
    why: "The file breaks off before its end, or contradicts itself, for example with two different sizes. Most often an upload was cut short on the way to you.",
    steps: ["Check that the file opens in a viewer.", "Upload the original again, as it is."],
  },
  photo_gone: {
    why: "The record was made without a photo, or its photo has reached the age at which the application has photos deleted.",
    steps: ["Keep a copy on your side when you need photos for longer.", "The record itself stays as it is."],
  },
  photo_not_fetched: {
    why: "The server behind `body_url` did not deliver the photo: it was not reached, took too long, or answered with an error or a redirect.",
    steps: [
      "Check that the URL can be read by everybody, without signing in, and leads to the file itself.",
      "Or send the photo in the request.",
    ],
  },
  idempotency_key_in_use: {
    why: "An earlier request with this `Idempotency-Key` has not been answered yet, often because a client gave up waiting too soon.",
    steps: ["Repeat the same request after `Retry-After` seconds: it gets the answer of the first one."],
  },
  idempotency_key_reused: {
    why: "This `Idempotency-Key` stands for another request of the last 24 hours: another photo, other options, or another route.",
    steps: [
      "Make up a new key for each new request, for example a UUID.",
      "Send a key again only to repeat a request.",
    ],
  },
  already_under_way: {
    why: "A record is analysed again once at a time, and one analysis is still at work.",
    steps: ["Wait for its end; the record's events tell of it.", "Or correct the record yourself, which ends it."],
  },
  last_ingredient: {
    why: "A dish without ingredients would have no amounts left to add up.",
    steps: ["Delete the record, or replace its content with `PUT /nutrition_records/{id}`."],
  },
  hint_needed: {
    why: "The record failed because no food was found, or because its analysis never came to an end. The same analysis of the same photo would end the same way.",
    steps: ["Ask the user what the meal is, and send it as `hint`.", "Or replace the record with PUT."],
  },
  nothing_to_analyse: {
    why: "The record was typed by hand, its photo could not be read, or the photo has passed the retention period and was deleted.",
    steps: ["Correct the record with PATCH or PUT.", "Or upload a photo, which makes a new record."],
  },
  rate_limited: {
    why: "Each application and each of its users may make a number of requests a minute, and uploads are counted apart. One of these limits is used up.",
    steps: [
      "Wait for `Retry-After` seconds.",
      "`RateLimit-Policy` has the limits, `RateLimit` what is left of them: slow down before it is nothing.",
      "Wait for webhooks or events instead of polling.",
    ],
  },
  too_many_listeners: {
    why: "So many connections listen to this record's events that no more are taken. Most often a client opens a new one each time and closes none.",
    steps: [
      "Close a stream when nobody looks at it any more, and keep one for each record and device.",
      "Poll the record's status instead, which has no such limit.",
    ],
  },
  endpoint_disabled: {
    why: "Every attempt to deliver a webhook has failed for five days, so no more are made.",
    steps: [
      "Repair the endpoint, and send it a test event.",
      "Deliver what was missed with `POST /admin/applications/{id}/recover`.",
    ],
  },
  no_webhook_url: {
    why: "The application has no address that webhooks could be sent to.",
    steps: ["Set `webhook_url` with `PATCH /admin/applications/{id}`."],
  },
  no_operations_url: {
    why: "This service has not been told where whoever operates it wants to hear of things, so there is nowhere to send a test to.",
    steps: [
      "Set the variable `OPERATIONS_WEBHOOK_URL` in `wrangler.toml`, and the secret with `npx wrangler secret put OPERATIONS_WEBHOOK_KEY`.",
      "Deploy, and repeat the test.",
    ],
  },
  not_its_turn: {
    why: "The events of a record are delivered in their order, and an earlier one has not been yet.",
    steps: ["Resend the earlier event first, or wait until it is delivered or given up."],
  },
  body_not_kept: {
    why: "The event is from a time when the bodies of events were not kept.",
    steps: ["Read the record instead: it says the same, as of now."],
  },
  recovery_running: {
    why: "An application has one recovery at a time, so that its endpoint is not flooded.",
    steps: ["Wait until `finished_at` of the running one is set."],
  },
  reanalysis_running: {
    why: "An application has one job at a time that analyzes its failed records again, and the running one leaves out the oldest of those that you ask for.",
    steps: ["Wait until `finished_at` of the running one is set, and ask again."],
  },
  internal_error: {
    why: "The service met something that it did not expect. It was logged; nothing you did caused it.",
    steps: [
      "Try again.",
      "If the problem persists, give the administrator the `request_id` of the response: the log has it too.",
    ],
  },
  temporarily_unavailable: {
    why: "Storage, the queue or the name service did not answer. With an `Idempotency-Key` nothing is done twice by trying again; without one, an upload may have been stored just before, and is then analyzed beside the repeated one.",
    steps: ["Wait for `Retry-After` seconds and repeat the request, with the same `Idempotency-Key` if you sent one."],
  },
};
