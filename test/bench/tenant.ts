import { createLocalApplication, fetchDemoAuthorization } from "../../src/cli/local-application.ts";
import { LOCAL_ADMIN_TOKEN } from "../../src/cli/local-config.ts";

/** Makes the application of one user and returns the user's `authorization` header. */
export async function moveIn(origin: string, webhookUrl: string | null = null): Promise<string> {
  await createLocalApplication(origin);
  if (webhookUrl !== null) await sendWebhooksTo(origin, webhookUrl);
  const header = await fetchDemoAuthorization(origin);
  return header.slice("Authorization: ".length).trim();
}

async function sendWebhooksTo(origin: string, url: string): Promise<void> {
  const response = await fetch(`${origin}/admin/applications/1`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${LOCAL_ADMIN_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ webhook_url: url }),
  });
  if (!response.ok) throw new Error(`webhook url: ${response.status} ${await response.text()}`);
}
