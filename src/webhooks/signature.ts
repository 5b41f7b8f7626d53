const encoder = new TextEncoder();
/** A key's bytes: its text in UTF-8, in a buffer of its own. */
const keyBytes = (key: string): Uint8Array<ArrayBuffer> => Uint8Array.from(encoder.encode(key));

/** `btoa` of bytes; a signature has 32 of them, so spreading is safe. */
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

async function hmacSha256(key: Uint8Array<ArrayBuffer>, message: string): Promise<Uint8Array> {
  const cryptoKey = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", cryptoKey, encoder.encode(message)));
}

/** What a webhook attempt is signed with and for. `keys` are the live ones, newest first; at least one. */
export interface SigningInput {
  keys: readonly [string, ...string[]];
  eventId: string;
  /** Unix seconds of this attempt. */
  timestamp: number;
  body: string;
}

/** The signature headers of one attempt. */
export interface SignatureHeaders {
  "x-body-signature": string;
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
}

/** One entry of `webhook-signature`, Standard Webhooks 1.0.0: base64 HMAC-SHA256 of `id.timestamp.body`. */
export async function standardSignature(
  key: Uint8Array<ArrayBuffer>,
  { eventId, timestamp, body }: Omit<SigningInput, "keys">,
): Promise<string> {
  return `v1,${base64(await hmacSha256(key, `${eventId}.${timestamp}.${body}`))}`;
}

/**
 * Signs an attempt in both forms: lower-case hex HMAC-SHA256 of the body with the newest key, and Standard Webhooks
 * 1.0.0, one entry per live key.
 */
export async function signWebhook(input: SigningInput): Promise<SignatureHeaders> {
  const { keys, eventId, timestamp, body } = input;
  const entries = await Promise.all(keys.map((key) => standardSignature(keyBytes(key), input)));
  return {
    "x-body-signature": hex(await hmacSha256(keyBytes(keys[0]), body)),
    "webhook-id": eventId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": entries.join(" "),
  };
}
