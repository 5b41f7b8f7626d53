const encoder = new TextEncoder();

/** An administrator of this service, and how they were authenticated. */
export interface Administrator {
  via: "token" | "access";
  /** The name in the audit log. */
  name: string;
}

/** The holder of the admin token: all holders are one actor. */
export const ADMIN_TOKEN_HOLDER: Administrator = { via: "token", name: "admin token" };

/** Compares digests, so that neither the length nor the place of the first difference shows in the time it takes. */
async function sameSecret(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [given, expected].map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))),
  );
  return a !== undefined && b !== undefined && crypto.subtle.timingSafeEqual(a, b);
}

const TOKEN = /^[\x21-\x7e]+$/;

/** Whether this is the administrator's token. */
export const isAdminToken = async (given: string, adminToken: string): Promise<boolean> =>
  TOKEN.test(given) && (await sameSecret(given, adminToken));

/** Whether an `Authorization` header carries the administrator's token. */
export async function isAdministrator(authorization: string | undefined, adminToken: string): Promise<boolean> {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
  return token !== undefined && (await isAdminToken(token, adminToken));
}
