import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { createVerifyAccess } from "../../../src/auth/access.ts";
import { verifyAssertion } from "../../../src/auth/access-assertion.ts";

const SETTINGS = { teamDomain: "team.cloudflareaccess.com", audience: "aud-of-the-console" };
const NOW_MS = Date.parse("2026-11-24T09:00:00Z");
const NOW = NOW_MS / 1000;
const MINUTE_MS = 60_000;

interface TeamKey {
  privateKey: CryptoKey;
  jwk: JWK;
}

let key: TeamKey;
let newKey: TeamKey;
let foreign: TeamKey;

async function makeKey(kid: string): Promise<TeamKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" } };
}

beforeAll(async () => {
  [key, newKey, foreign] = await Promise.all([makeKey("k1"), makeKey("k2"), makeKey("k1")]);
});

interface Made {
  by?: TeamKey;
  kid?: string;
  claims?: Record<string, unknown>;
}

/** An assertion as Access makes it, with what a test changes. */
function assertion({ by = key, kid = by.jwk.kid ?? "", claims = {} }: Made = {}): Promise<string> {
  const usual = {
    aud: [SETTINGS.audience],
    iss: `https://${SETTINGS.teamDomain}`,
    email: "ada@example.com",
    sub: "7335d417-61da-459d-899c-0a01c76a2f94",
    iat: NOW - 60,
    nbf: NOW - 60,
    exp: NOW + 3600,
    type: "app",
  };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: "RS256", kid, typ: "JWT" }).sign(by.privateKey);
}

const verify = (token: string) => verifyAssertion(token, SETTINGS, { keys: [key.jwk] }, NOW_MS);

describe("an assertion of Cloudflare Access", () => {
  it("tells who was let through, and until when", async () => {
    const verified = await verify(await assertion());
    expect(verified).toMatchObject({ ok: true, value: { name: "ada@example.com", expiresAt: NOW_MS + 3_600_000 } });
  });

  it("tells the name of a service token, which has no e-mail address and no subject", async () => {
    const claims = { email: undefined, sub: "", common_name: "deployer.access" };
    expect(await verify(await assertion({ claims }))).toMatchObject({ value: { name: "deployer.access" } });
  });

  it("tells two sign-ins of the same person apart", async () => {
    const [a, b] = [await verify(await assertion()), await verify(await assertion({ claims: { iat: NOW - 59 } }))];
    expect(a.ok && b.ok && a.value.signIn !== b.value.signIn).toBe(true);
  });

  it.each<[string, () => Promise<string>, string]>([
    ["of another application of the team", () => assertion({ claims: { aud: ["another"] } }), "invalid_assertion"],
    ["without an audience", () => assertion({ claims: { aud: undefined } }), "invalid_assertion"],
    ["of another team", () => assertion({ claims: { iss: "https://evil.cloudflareaccess.com" } }), "invalid_assertion"],
    ["that has expired", () => assertion({ claims: { exp: NOW - 1 } }), "expired_assertion"],
    ["that never expires", () => assertion({ claims: { exp: undefined } }), "invalid_assertion"],
    ["that is not yet good", () => assertion({ claims: { nbf: NOW + 60 } }), "invalid_assertion"],
    ["that names nobody", () => assertion({ claims: { email: undefined, sub: "" } }), "invalid_assertion"],
    ["signed by somebody else under a known key id", () => assertion({ by: foreign }), "invalid_assertion"],
    ["signed with an unknown key", () => assertion({ by: newKey }), "unknown_key"],
    ["that is no JWT", async () => "e30.e30", "invalid_assertion"],
    [
      "signed with the public key as if that were a shared secret",
      () =>
        new SignJWT({ aud: SETTINGS.audience, email: "eve@example.com" })
          .setProtectedHeader({ alg: "HS256", kid: "k1" })
          .sign(new TextEncoder().encode(JSON.stringify(key.jwk))),
      "invalid_assertion",
    ],
    [
      "without a signature",
      async () =>
        `${btoa('{"alg":"none","kid":"k1"}')}.${(await assertion()).split(".")[1] ?? ""}.`.replaceAll("=", ""),
      "invalid_assertion",
    ],
  ])("is refused %s", async (_, make, error) => {
    expect(await verify(await make())).toEqual({ ok: false, error });
  });
});

/** A team whose keys change, and whose server may be down; counts how often it is asked. */
function startTeam(keys: JWK[]) {
  const team = { keys, isDown: false, asked: [] as string[], now: NOW_MS };
  const verifyAccess = createVerifyAccess(SETTINGS, {
    now: () => team.now,
    fetch: async (url) => {
      team.asked.push(new Request(url).url);
      return team.isDown ? new Response("down", { status: 503 }) : Response.json({ keys: team.keys });
    },
  });
  return { team, verifyAccess };
}

describe("the keys of the team", () => {
  it("are read once for many requests", async () => {
    const { team, verifyAccess } = startTeam([key.jwk]);
    for (let times = 0; times < 3; times++) expect((await verifyAccess(await assertion())).ok).toBe(true);
    expect(team.asked).toEqual(["https://team.cloudflareaccess.com/cdn-cgi/access/certs"]);
  });

  it("are read again when a key is met that is new", async () => {
    const { team, verifyAccess } = startTeam([key.jwk]);
    await verifyAccess(await assertion());
    team.keys = [newKey.jwk, key.jwk];
    team.now += MINUTE_MS;
    expect((await verifyAccess(await assertion({ by: newKey }))).ok).toBe(true);
  });

  it("are asked for once a minute at most, however many keys somebody makes up", async () => {
    const { team, verifyAccess } = startTeam([key.jwk]);
    await verifyAccess(await assertion());
    for (let times = 0; times < 5; times++) {
      team.now += 1000;
      expect(await verifyAccess(await assertion({ by: newKey }))).toEqual({ ok: false, error: "unknown_key" });
    }
    expect(team.asked).toHaveLength(1);
  });

  it("stay good while they cannot be read again", async () => {
    const { team, verifyAccess } = startTeam([key.jwk]);
    await verifyAccess(await assertion());
    team.isDown = true;
    team.now += 61 * MINUTE_MS;
    expect((await verifyAccess(await assertion({ claims: { exp: NOW + 7200 } }))).ok).toBe(true);
    expect(team.asked).toHaveLength(2);
  });

  it("let nobody in while none are known", async () => {
    const { team, verifyAccess } = startTeam([key.jwk]);
    team.isDown = true;
    expect(await verifyAccess(await assertion())).toEqual({ ok: false, error: "keys_unavailable" });
    team.isDown = false;
    expect((await verifyAccess(await assertion())).ok).toBe(true);
  });
});
