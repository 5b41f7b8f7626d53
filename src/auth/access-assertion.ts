import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from "jose";
import { fail, ok, type Result } from "../result.ts";

/** The Cloudflare Access application in front of the console: its team's domain, and its audience tag. */
export interface AccessSettings {
  /** Without a scheme, such as `team.cloudflareaccess.com`. */
  teamDomain: string;
  audience: string;
}

/** Who Access let through. Times in Unix milliseconds. */
export interface AccessIdentity {
  /** An e-mail address, or the name of a service token. */
  name: string;
  /** Names this sign-in, the same for each of its requests. */
  signIn: string;
  expiresAt: number;
}

/** `unknown_key`: signed with a key that is not among those given, which may have been replaced since. */
export type AssertionRefusal = "unknown_key" | "invalid_assertion" | "expired_assertion";

/**
 * Verifies the JWT that Cloudflare Access adds to each request it lets through, as its documentation asks (Validate
 * JWTs): RS256 alone, a key of the team chosen by `kid`, the team as issuer, our own audience tag, not expired. A
 * request that bypasses Access has none, or one for another application.
 */
export async function verifyAssertion(
  assertion: string,
  { teamDomain, audience }: AccessSettings,
  keys: JSONWebKeySet,
  nowMs: number,
): Promise<Result<AccessIdentity, AssertionRefusal>> {
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(keys), {
      algorithms: ["RS256"],
      issuer: `https://${teamDomain}`,
      audience,
      requiredClaims: ["sub", "iat", "exp"],
      currentDate: new Date(nowMs),
    });
    const { sub = "", iat = 0, exp = 0 } = payload;
    // A person has an e-mail address, a service token a common name and an empty subject.
    const name = [payload["email"], payload["common_name"], sub].find(isName);
    if (name === undefined) return fail("invalid_assertion");
    return ok({ name, signIn: `${name}|${sub}|${iat}`, expiresAt: exp * 1000 });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return fail("unknown_key");
    if (error instanceof errors.JWTExpired) return fail("expired_assertion");
    if (error instanceof errors.JOSEError) return fail("invalid_assertion");
    throw error;
  }
}

const isName = (claim: unknown): claim is string => typeof claim === "string" && claim !== "";
