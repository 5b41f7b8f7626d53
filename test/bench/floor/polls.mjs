/** The least that a poll can cost: one HMAC over the token, and an answer from the edge cache. PUT fills the cache. */

const encoder = new TextEncoder();
/** @type {Promise<CryptoKey> | undefined} */
let imported;

/** @type {(secret: string) => Promise<CryptoKey>} */
const importOnce = (secret) =>
  (imported ??= crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "verify",
  ]));

/** @type {(token: string, secret: string) => Promise<boolean>} */
async function isSigned(token, secret) {
  const dot = token.lastIndexOf(".");
  const signature = Uint8Array.fromBase64(token.slice(dot + 1), { alphabet: "base64url" });
  return crypto.subtle.verify("HMAC", await importOnce(secret), signature, encoder.encode(token.slice(0, dot)));
}

export default {
  /** @type {(request: Request, env: FloorEnv) => Promise<Response>} */
  async fetch(request, env) {
    if (request.method === "PUT") {
      const headers = { "content-type": "application/json", "cache-control": "max-age=86400" };
      await caches.default.put(request.url, new Response(request.body, { headers }));
      return new Response(null, { status: 204 });
    }
    const token = (request.headers.get("authorization") ?? "").slice("Bearer ".length);
    if (!(await isSigned(token, env.TOKEN_KEY))) return new Response(null, { status: 401 });
    return (await caches.default.match(request.url)) ?? new Response(null, { status: 404 });
  },
};
