/**
 * The secrets of `npm start`. Everyone who has read this file knows them, so outside of loopback none of them is accepted.
 */
export const LOCAL_SECRETS = {
  TOKEN_KEYS: "local:local-token-key-0123456789abcdef0123456789",
  MASTER_KEYS: `local:${btoa("local-master-key-0123456789abcde")}`,
  ADMIN_TOKEN: "local-admin-token",
} as const;

const PUBLISHED: ReadonlySet<string> = new Set(
  Object.values(LOCAL_SECRETS).map((secret) => secret.replace(/^local:/, "")),
);

/** Of 16 random characters of any alphabet, and of 32 random bytes, more are distinct. */
const MIN_DISTINCT = 8;

/** What stands in examples and in lists of common passwords. */
const GUESSABLE = /passw|change.?me|replace.?me|your[-_ ]|example|qwerty|^0?12345678|letmein|admin.?token$/i;

/**
 * Why a secret must not protect a service that others can reach: a phrase that follows its name, or null. Length is judged
 * where a secret is read. `bytes` is what the text encodes, if it is no text of its own.
 */
export function weaknessOf(secret: string, bytes: Uint8Array | null = null): string | null {
  if (PUBLISHED.has(secret)) return "is the one that `npm start` uses, which everybody knows";
  const distinct = new Set<string | number>(bytes ?? secret).size;
  if (distinct < MIN_DISTINCT)
    return `repeats itself: it has ${distinct} different ${bytes === null ? "characters" : "bytes"}`;
  return bytes === null && GUESSABLE.test(secret) ? "contains a word that others try first" : null;
}

/** How to make a good one. */
export const MAKE_A_SECRET = "make one with `openssl rand -base64 32`";
