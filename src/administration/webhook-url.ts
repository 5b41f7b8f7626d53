import { OUTBOUND_REFUSALS, type Outbound } from "../outbound/outbound.ts";
import { invalidFields, problem, type Problem } from "../problems/problem.ts";

const RESOLVER_RETRY_SECONDS = 5;

/** Why a webhook URL is rejected; null if it is acceptable. While DNS is down, nothing is saved unchecked. */
export async function refuseWebhookUrl(url: string | null | undefined, outbound: Outbound): Promise<Problem | null> {
  if (url === null || url === undefined) return null;
  const checked = await outbound.check(url);
  if (checked.ok) return null;
  const sentence = OUTBOUND_REFUSALS[checked.error];
  if (checked.error === "resolver_unavailable") {
    const unavailable = problem("temporarily_unavailable", `body.webhook_url ${sentence}. Nothing was changed.`);
    return { ...unavailable, retryAfterSeconds: RESOLVER_RETRY_SECONDS };
  }
  return invalidFields([{ path: ["webhook_url"], message: sentence }], "body");
}
