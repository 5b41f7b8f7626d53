const encoder = new TextEncoder();

/** Compares digests, so that neither the length nor the place of the first difference shows in the time it takes. */
async function sameSecret(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [given, expected].map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))),
  );
  return a !== undefined && b !== undefined && crypto.subtle.timingSafeEqual(a, b);
}

/** Whether an `Authorization` header carries the administrator's token. */
export async function isAdministrator(authorization: string | undefined, adminToken: string): Promise<boolean> {
  const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? "") ?? [];
  return token !== undefined && (await sameSecret(token, adminToken));
}
