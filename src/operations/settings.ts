import { checkUrl, URL_REFUSALS } from "../outbound/url-rules.ts";
import { fail, ok, type Result } from "../result.ts";

/** Where operators want their events, and the key that signs them, as text. */
export interface OperationsEndpoint {
  url: string;
  key: string;
}

/** Standard Webhooks 1.0 asks for keys of 24 to 64 bytes. */
const MIN_KEY_BYTES = 24;

/** Libraries of Standard Webhooks write a key like this; here it is the text itself, as the applications' keys are. */
const SECRET_PREFIX = "whsec_";

/** The settings as they are given. */
export interface OperationsSettings {
  OPERATIONS_WEBHOOK_URL?: string | undefined;
  OPERATIONS_WEBHOOK_KEY?: string | undefined;
}

/**
 * Reads where operators want their events; null = nowhere. What the URL's name resolves to is judged on each attempt. The
 * failure is one sentence and shows no key.
 */
export function parseOperationsSettings(
  { OPERATIONS_WEBHOOK_URL: url = "", OPERATIONS_WEBHOOK_KEY: key = "" }: OperationsSettings,
  allowLoopbackHttp: boolean,
): Result<OperationsEndpoint | null, string> {
  // A key alone is no mistake: secrets are set before the deployment that needs them.
  if (url === "") return ok(null);
  const checked = checkUrl(url, allowLoopbackHttp);
  if (!checked.ok) return fail(`OPERATIONS_WEBHOOK_URL ${URL_REFUSALS[checked.error]}`);
  if (key === "") return fail("OPERATIONS_WEBHOOK_URL needs OPERATIONS_WEBHOOK_KEY, which signs the events");
  if (key.startsWith(SECRET_PREFIX)) {
    return fail(`OPERATIONS_WEBHOOK_KEY is the raw key text, without ${SECRET_PREFIX}`);
  }
  if (new TextEncoder().encode(key).length < MIN_KEY_BYTES) {
    return fail(`OPERATIONS_WEBHOOK_KEY needs at least ${MIN_KEY_BYTES} bytes`);
  }
  return ok({ url, key });
}
