import { createHmac } from "node:crypto";
import { LOCAL_ADMIN_TOKEN, LOCAL_APPLICATION_ID } from "./local-config.ts";

const HMAC_KEY = "local-hmac-key-0123456789";
const APPLICATION = {
  id: LOCAL_APPLICATION_ID,
  name: "local",
  hmac_key: HMAC_KEY,
  webhook_signature_key: "local-webhook-key-0123456789",
  // Locally a load test is no flood.
  rate_limits: {
    uploads_per_minute: 1_000_000,
    requests_per_minute: 1_000_000,
    user_uploads_per_minute: 1_000_000,
    user_requests_per_minute: 1_000_000,
  },
};
const DEMO_USER = "demo";

/** Makes application 1 unless it is there from an earlier start; throws when the service refuses. */
export async function createLocalApplication(origin: string): Promise<void> {
  const response = await postJson(`${origin}/admin/applications`, APPLICATION, {
    authorization: `Bearer ${LOCAL_ADMIN_TOKEN}`,
  });
  if (response.status !== 201 && response.status !== 409)
    throw new Error(`the local application could not be created: ${response.status} ${await response.text()}`);
}

/**
 * The header line that lets the demo user in. It is good for 24 hours. Throws when the application's key is another
 * one.
 */
export async function fetchDemoAuthorization(origin: string): Promise<string> {
  const response = await postJson(`${origin}/auth/hmac`, {
    application_id: APPLICATION.id,
    application_user_id: DEMO_USER,
    signature: createHmac("sha256", HMAC_KEY).update(DEMO_USER).digest("hex"),
  });
  if (response.status === 401) throw new Error(`the HMAC key of application ${APPLICATION.id} was changed`);
  if (!response.ok) throw new Error(`the demo user did not get a token: ${response.status} ${await response.text()}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return `Authorization: Bearer ${token}\n`;
}

function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
