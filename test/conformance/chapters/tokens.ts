import assert from "node:assert/strict";
import { assertProblem, TIME, type Morsel } from "../morsel.ts";
import { chapter } from "../sentence.ts";

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());

async function login(morsel: Morsel, change: Record<string, unknown> = {}) {
  const application_id = await morsel.application();
  return morsel.send(
    "POST",
    "/auth/hmac",
    {},
    {
      application_id,
      application_user_id: "ada",
      signature: morsel.sign("ada"),
      ...change,
    },
  );
}

async function signedAt(morsel: Morsel, timestamp: number, application_id?: number) {
  const signature = morsel.sign(`${timestamp}.ada`);
  return login(morsel, { timestamp, signature, ...(application_id !== undefined && { application_id }) });
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

export const tokens = chapter("Tenants and tokens", {
  "A login signed with the application's HMAC key gets an access token and the time it ends.": async (morsel) => {
    const response = await login(morsel);
    assert.equal(response.status, 200);
    assert.equal(typeof response.body.access_token, "string");
    assert.match(response.body.expires_at, TIME);
  },
  "The token is a JWT, HS256 with a key id, with iss, aud, sub, app, iat and exp.": async (morsel) => {
    const token = (await login(morsel)).body.access_token;
    assert.equal(headerOf(token).alg, "HS256");
    assert.equal(typeof headerOf(token).kid, "string");
    const claims = claimsOf(token);
    assert.equal(claims.sub, "ada");
    assert.equal(claims.app, await morsel.application());
    for (const name of ["iss", "aud", "iat", "exp"]) assert.ok(claims[name] !== undefined, name);
  },
  "The token lives for 24 hours.": async (morsel) => {
    const { access_token: token, expires_at: end } = (await login(morsel)).body;
    const { iat, exp } = claimsOf(token);
    assert.ok(Math.abs(exp - iat - 86_400) <= 1);
    assert.ok(Math.abs(Date.parse(end) / 1000 - exp) <= 1);
  },
  "A wrong signature is a 401.": async (morsel) =>
    assertProblem(await login(morsel, { signature: "0".repeat(64) }), 401),
  "A login may sign a timestamp with the user.": async (morsel) =>
    assert.equal((await signedAt(morsel, nowSeconds())).status, 200),
  "A timestamp that is more than five minutes off is refused.": async (morsel) => {
    for (const off of [-310, 310]) assertProblem(await signedAt(morsel, nowSeconds() + off), 401);
  },
  "An application can require the timestamp.": async (morsel) => {
    const application_id = await morsel.createApplication({ require_timestamp: true });
    assertProblem(await login(morsel, { application_id }), 401);
    assert.equal((await signedAt(morsel, nowSeconds(), application_id)).status, 200);
  },
  "A user is 1 to 128 characters of A-Z a-z 0-9 - _ . and nothing else.": async (morsel) => {
    for (const user of ["", "a".repeat(129), "a/b", "a b", "ä", "a@b"]) {
      assertProblem(await login(morsel, { application_user_id: user, signature: morsel.sign(user) }), 422);
    }
    for (const user of ["a", "a".repeat(128), "A-z_0.9"]) {
      assert.equal((await login(morsel, { application_user_id: user, signature: morsel.sign(user) })).status, 200);
    }
  },
  "An unknown application is a 401.": async (morsel) =>
    assertProblem(await login(morsel, { application_id: 987_654_321 }), 401, "unknown_application"),
  "An inactive application is a 401.": async (morsel) => {
    const application_id = await morsel.createApplication({ active: false });
    assertProblem(await login(morsel, { application_id }), 401, "inactive_application");
  },
  "A missing or malformed Authorization header is a 401.": async (morsel) => {
    for (const headers of [{}, { authorization: "Basic YTpi" }, { authorization: "Bearer" }]) {
      assertProblem(await morsel.call("/nutrition_records", { headers }), 401, "malformed_authorization");
    }
  },
  "A token that was altered is a 401.": async (morsel) => {
    const { authorization = "" } = await morsel.logIn();
    const altered = authorization.replace(/\.[^.]*$/, `.${"A".repeat(43)}`);
    assertProblem(
      await morsel.call("/nutrition_records", { headers: { authorization: altered } }),
      401,
      "invalid_token",
    );
  },
  "A token of another algorithm is a 401.": async (morsel) => {
    const token = (await login(morsel)).body.access_token as string;
    const header = Buffer.from(JSON.stringify({ ...headerOf(token), alg: "none" })).toString("base64url");
    const authorization = `Bearer ${header}.${token.split(".")[1]}.`;
    assertProblem(await morsel.call("/nutrition_records", { headers: { authorization } }), 401, "invalid_token");
  },
  "Revoking ends every token of the user issued until then, and no other user's.": async (morsel) => {
    const [ada, bob] = [await morsel.logIn("ada-revokes"), await morsel.logIn("bob-stays")];
    assert.ok((await morsel.send("POST", "/auth/revoke", ada)).status < 300);
    assertProblem(await morsel.call("/nutrition_records", { headers: ada }), 401);
    assert.equal((await morsel.call("/nutrition_records", { headers: bob })).status, 200);
    const again = await morsel.logIn("ada-revokes");
    assert.equal((await morsel.call("/nutrition_records", { headers: again })).status, 200);
  },
  "The same routes answer at / and at /v3.": async (morsel) => {
    const { user, id, record } = await morsel.completed();
    const other = await morsel.call(`/v3/nutrition_records/${id}`, { headers: user });
    assert.deepEqual(other.body, record.body);
    const application_id = await morsel.application();
    const body = { application_id, application_user_id: "ada", signature: morsel.sign("ada") };
    assert.equal((await morsel.send("POST", "/v3/auth/hmac", {}, body)).status, 200);
  },
});
