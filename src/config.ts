import type { AccessSettings } from "./auth/access-assertion.ts";
import { parseKeyring, type Keyring } from "./applications/keys/keyring.ts";
import type { Env } from "./env.ts";
import { HOUR_MS } from "./time.ts";
import { parseOperationsSettings, type OperationsEndpoint } from "./operations/settings.ts";
import { isLoopbackName, parsePublicUrl } from "./public-url.ts";
import { fail, ok, type Result } from "./result.ts";
import { MAKE_A_SECRET, weaknessOf } from "./secrets.ts";

/** The settings, parsed once. */
export interface Config {
  /** The public URL of the service, without a trailing slash; null = the request's own origin. */
  publicUrl: string | null;
  /** Model ids by what they are asked; those for text may be none. */
  models: Record<"precise" | "fast" | "text" | "label", readonly string[]>;
  /** Translates names that the dictionary does not know; null = none. */
  translationModel: string | null;
  /** The AI Gateway that model calls go through; null = none. */
  aiGateway: string | null;
  tokenKeys: Keyring;
  masterKeys: Keyring;
  adminToken: string;
  /** Null without Cloudflare Access. */
  access: AccessSettings | null;
  allowLoopbackHttp: boolean;
  /** How long an analysis is retried whose cause may pass, milliseconds. */
  giveUpAfterMs: number;
  /** A misconfigured model fails an analysis immediately, instead of waiting for an operator. */
  failsFast: boolean;
  /** Where operational events are sent; null = nowhere. */
  operations: OperationsEndpoint | null;
  /** The application whose users the visitors of the front page become; null = the demo is disabled. */
  tryItApplicationId: number | null;
}

const MIN_TOKEN_KEY_BYTES = 32;
const MASTER_KEY_BYTES = 32;
const MIN_ADMIN_TOKEN_LENGTH = 16;

const isLongEnough = (secret: string): boolean => new TextEncoder().encode(secret).length >= MIN_TOKEN_KEY_BYTES;

function isMasterKey(secret: string): boolean {
  try {
    return Uint8Array.fromBase64(secret).length === MASTER_KEY_BYTES;
  } catch {
    return false;
  }
}

const APPLICATION_ID = /^[1-9]\d{0,14}$/;

const DEFAULT_GIVE_UP_HOURS = 24;
/** A week: longer than any outage, and than a photo is kept by those who keep them briefly. */
const MAX_GIVE_UP_HOURS = 168;

/** A number of hours as milliseconds; null when it is none, or out of bounds. */
function parseGiveUp(text: string | undefined): number | null {
  const hours = text === undefined || text === "" ? DEFAULT_GIVE_UP_HOURS : Number(text);
  return Number.isInteger(hours) && hours >= 1 && hours <= MAX_GIVE_UP_HOURS ? hours * HOUR_MS : null;
}

const listOf = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

const isDomain = (text: string): boolean => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text);

/** Reads the settings of Cloudflare Access; half of them would lock everyone out silently. */
function parseAccess(env: Partial<Env>): Result<AccessSettings | null, string> {
  const { ACCESS_TEAM_DOMAIN: teamDomain = "", ACCESS_AUD: audience = "" } = env;
  if (teamDomain === "" && audience === "") return ok(null);
  if (teamDomain === "" || audience === "") return fail("ACCESS_TEAM_DOMAIN and ACCESS_AUD must be set together");
  return isDomain(teamDomain)
    ? ok({ teamDomain, audience })
    : fail('ACCESS_TEAM_DOMAIN must be a domain such as "team.cloudflareaccess.com"');
}

type Secrets = Pick<Config, "tokenKeys" | "masterKeys" | "adminToken">;

/** The first thing that is wrong with the secrets. Outside of loopback they must not be known, or easily guessed. */
function parseSecrets(env: Partial<Env>, isLocal: boolean): Result<Secrets, string> {
  const tokenKeys = parseKeyring(env.TOKEN_KEYS);
  if (!tokenKeys.ok) return fail(`TOKEN_KEYS ${tokenKeys.error}`);
  if (!tokenKeys.value.every((key) => isLongEnough(key.secret))) {
    return fail(`TOKEN_KEYS has a key shorter than ${MIN_TOKEN_KEY_BYTES} bytes`);
  }
  const masterKeys = parseKeyring(env.MASTER_KEYS);
  if (!masterKeys.ok) return fail(`MASTER_KEYS ${masterKeys.error}`);
  if (!masterKeys.value.every((key) => isMasterKey(key.secret))) {
    return fail(`MASTER_KEYS needs base64 of ${MASTER_KEY_BYTES} bytes after each id`);
  }
  const adminToken = env.ADMIN_TOKEN ?? "";
  if (adminToken.length < MIN_ADMIN_TOKEN_LENGTH) {
    return fail(`ADMIN_TOKEN needs at least ${MIN_ADMIN_TOKEN_LENGTH} characters`);
  }
  if (!/^[\x21-\x7e]+$/.test(adminToken)) {
    return fail("ADMIN_TOKEN must be printable ASCII without spaces: it is sent in a header");
  }
  const weak = isLocal
    ? undefined
    : weakSecret({ tokenKeys: tokenKeys.value, masterKeys: masterKeys.value, adminToken });
  return weak === undefined
    ? ok({ tokenKeys: tokenKeys.value, masterKeys: masterKeys.value, adminToken })
    : fail(`${weak}; ${MAKE_A_SECRET}`);
}

/** A sentence about a secret that is known or weak; undefined when there is none. */
const weakSecret = ({ tokenKeys, masterKeys, adminToken }: Secrets): string | undefined =>
  [
    ...tokenKeys.map(({ id, secret }) => [`TOKEN_KEYS: ${id}`, weaknessOf(secret)] as const),
    ...masterKeys.map(
      ({ id, secret }) => [`MASTER_KEYS: ${id}`, weaknessOf(secret, Uint8Array.fromBase64(secret))] as const,
    ),
    ["ADMIN_TOKEN", weaknessOf(adminToken)] as const,
  ]
    .filter(([, weakness]) => weakness !== null)
    .map(([name, weakness]) => `${name} ${weakness}`)[0];

/** Reads the settings. The failure is one sentence for the administrator and shows no secret. */
export function parseConfig(env: Partial<Env>): Result<Config, string> {
  const allowLoopbackHttp = env.ALLOW_LOOPBACK_HTTP === "true";
  const publicUrl = parsePublicUrl(env.PUBLIC_URL);
  if (!publicUrl.ok) return fail(`PUBLIC_URL ${publicUrl.error}`);
  if (allowLoopbackHttp && publicUrl.value !== null && !isLoopbackName(new URL(publicUrl.value).hostname)) {
    return fail("ALLOW_LOOPBACK_HTTP is only for `npm start`, whose PUBLIC_URL is on localhost");
  }
  const secrets = parseSecrets(env, allowLoopbackHttp);
  if (!secrets.ok) return secrets;
  const access = parseAccess(env);
  if (!access.ok) return access;
  const models = {
    precise: listOf(env.PRECISE_MODELS),
    fast: listOf(env.FAST_MODELS),
    text: listOf(env.TEXT_MODELS),
    label: listOf(env.LABEL_MODELS),
  };
  if ([models.precise, models.fast, models.label].some((ids) => ids.length === 0)) {
    return fail("PRECISE_MODELS, FAST_MODELS and LABEL_MODELS each need at least one model");
  }
  const tryIt = env.TRY_IT_APPLICATION_ID ?? "";
  if (tryIt !== "" && !APPLICATION_ID.test(tryIt)) return fail("TRY_IT_APPLICATION_ID must be an application id");
  const giveUpAfterMs = parseGiveUp(env.GIVE_UP_HOURS);
  if (giveUpAfterMs === null) return fail(`GIVE_UP_HOURS must be a whole number from 1 to ${MAX_GIVE_UP_HOURS}`);
  const operations = parseOperationsSettings(env, allowLoopbackHttp);
  if (!operations.ok) return operations;
  return ok({
    publicUrl: publicUrl.value,
    models,
    translationModel:
      env.TRANSLATION_MODEL === undefined || env.TRANSLATION_MODEL === "" ? null : env.TRANSLATION_MODEL,
    aiGateway: env.AI_GATEWAY === undefined || env.AI_GATEWAY === "" ? null : env.AI_GATEWAY,
    ...secrets.value,
    access: access.value,
    giveUpAfterMs,
    failsFast: env.FAIL_FAST === "true",
    allowLoopbackHttp,
    operations: operations.value,
    tryItApplicationId: tryIt === "" ? null : Number(tryIt),
  });
}
