import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { WEBHOOK_EVENTS } from "../../src/applications/application.ts";
import { LOCAL_ADMIN_TOKEN } from "../../src/cli/local-config.ts";
import { type Http, JSON_TYPE, jsonBody, read } from "./http.ts";

/** How an endpoint behaves; see `endpoint.ts`. */
export type Manner = "fast" | "slow" | "failing" | "gone";

interface Plan {
  name: string;
  manner: Manner;
  /** The events asked for; undefined = the default ones. */
  events: readonly string[] | undefined;
  hasUrl: boolean;
}

const ALL = WEBHOOK_EVENTS;
const MIXED: readonly Plan[] = [
  { name: "default-fast", manner: "fast", events: undefined, hasUrl: true },
  { name: "all-slow", manner: "slow", events: ALL, hasUrl: true },
  { name: "all-fast", manner: "fast", events: ALL, hasUrl: true },
  { name: "all-failing", manner: "failing", events: ALL, hasUrl: true },
  { name: "default-gone", manner: "gone", events: undefined, hasUrl: true },
  { name: "no-events", manner: "fast", events: [], hasUrl: true },
  { name: "no-endpoint", manner: "fast", events: undefined, hasUrl: false },
];
const SLOW: readonly Plan[] = ["a", "b", "c", "d"].map((name) => ({
  name: `slow-${name}`,
  manner: "slow",
  events: ALL,
  hasUrl: true,
}));

/** An application of the load, and the keys of it that are known. */
export interface LoadApplication {
  id: number;
  name: string;
  manner: Manner;
  hasUrl: boolean;
  /** The events that its endpoint must hear of. */
  wants: ReadonlySet<string>;
  /** Newest last; a rotation adds one. */
  hmacKeys: string[];
  webhookKeys: string[];
}

export const ADMIN = { authorization: `Bearer ${LOCAL_ADMIN_TOKEN}`, ...JSON_TYPE };
const DEFAULT_EVENTS = ["completed", "failed"];
/** No flood to the service's own limits. */
const NO_LIMITS = {
  uploads_per_minute: 1_000_000,
  requests_per_minute: 1_000_000,
  user_uploads_per_minute: 1_000_000,
  user_requests_per_minute: 1_000_000,
};

/** Makes the applications of a run; `hookUrl` is their endpoint's address by name. Throws when one is refused. */
export async function createApplications(
  http: Http,
  isSlow: boolean,
  hookUrl: (name: string) => string,
): Promise<LoadApplication[]> {
  const applications: LoadApplication[] = [];
  for (const { name, manner, events, hasUrl } of isSlow ? SLOW : MIXED) {
    const body = {
      name,
      rate_limits: NO_LIMITS,
      ...(events !== undefined && { webhook_events: events }),
      ...(hasUrl && { webhook_url: hookUrl(name) }),
    };
    const response = await http.send({
      name: "admin: create",
      method: "POST",
      path: "/admin/applications",
      headers: ADMIN,
      ...jsonBody(body),
    });
    if (response.kind !== "answer" || response.status !== 201)
      throw new Error(`application ${name}: ${response.kind === "answer" ? response.text : response.kind}`);
    const made = read<{ id: number; hmac_key: string; webhook_signature_key: string }>(response);
    applications.push({
      id: made.id,
      name,
      manner,
      hasUrl,
      wants: new Set(hasUrl ? (events ?? DEFAULT_EVENTS) : []),
      hmacKeys: [made.hmac_key],
      webhookKeys: [made.webhook_signature_key],
    });
  }
  return applications;
}

export const signLogin = (application: LoadApplication, userId: string): string =>
  createHmac("sha256", application.hmacKeys.at(-1) ?? "")
    .update(userId)
    .digest("hex");

/** What is wrong with a webhook's signatures, in words; null when both verify with a key of the application. */
export function signatureFlaw(
  application: LoadApplication,
  headers: Record<string, string | string[] | undefined>,
  body: Buffer,
): string | null {
  const header = (name: string): string => String(headers[name] ?? "");
  const message = Buffer.concat([Buffer.from(`${header("webhook-id")}.${header("webhook-timestamp")}.`), body]);
  const signs = (key: string, text: Buffer, encoding: "hex" | "base64"): string =>
    createHmac("sha256", key).update(text).digest(encoding);
  const isOneOf = (given: string, expected: readonly string[]): boolean => {
    const bytes = Buffer.from(given);
    return expected.some((text) => text.length === bytes.length && timingSafeEqual(Buffer.from(text), bytes));
  };
  const standard = application.webhookKeys.map((key) => `v1,${signs(key, message, "base64")}`);
  if (
    !header("webhook-signature")
      .split(" ")
      .some((given) => isOneOf(given, standard))
  )
    return "webhook-signature verifies with no live key";
  const plain = application.webhookKeys.map((key) => signs(key, body, "hex"));
  return isOneOf(header("x-body-signature"), plain) ? null : "x-body-signature verifies with no live key";
}

export const hashOf = (body: Buffer): string => createHash("sha256").update(body).digest("hex");
