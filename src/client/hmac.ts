const encoder = new TextEncoder();

/** A key for HMAC-SHA256. Applications' keys are text, taken as they are. */
export const importKey = (key: string, usage: "sign" | "verify"): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash: "SHA-256" }, false, [usage]);

export const encodeText = (text: string) => encoder.encode(text);
