import { beforeEach, describe, expect, it } from "vitest";
import { hiddenFields, openConsole, secretsIn, submit, type OpenConsole } from "../support/worker/console.ts";
import { ADMIN, call, createApplication } from "../support/worker/tenant.ts";

let console: OpenConsole;
beforeEach(async () => {
  console = await openConsole();
});

const page = async (path: string): Promise<string> => (await console.get(path)).text();
const path = (id: number, rest = ""): string => `/console/applications/${id}${rest}`;
const readApplication = async (id: number) =>
  (await call(`/admin/applications/${id}`, { headers: ADMIN })).json<Record<string, unknown>>();

/** The acts on a page that ask first: each form that is folded away, by where it is sent. */
const askedActions = (html: string): string[] =>
  [...html.matchAll(/<details class="ask">.*?<\/details>/gs)].flatMap(
    ([ask]) => /<form method="post" action="([^"]+)"/.exec(ask)?.[1] ?? [],
  );

describe("rotating a key", () => {
  it("shows the new key this once; both are live until the overlap is over", async () => {
    const id = await createApplication();
    const response = await submit(console, path(id, "/keys/hmac/rotate"), { overlap_hours: "24" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const [key = ""] = secretsIn(await response.text());
    expect(key).toMatch(/^[\w-]{43}$/);
    const html = await page(path(id));
    expect(html).not.toContain(key);
    expect(html).toMatch(/expires <time[^>]*>in 24 hours<\/time>/);
    const again = await submit(console, path(id, "/keys/hmac/rotate"), { overlap_hours: "24" });
    expect(again.status).toBe(409);
    expect(await again.text()).toContain("Two keys are active, which is the maximum.");
  });

  it("changes nothing more when its form is sent again, and says where the key was shown", async () => {
    const id = await createApplication();
    const action = path(id, "/keys/hmac/rotate");
    const form = hiddenFields(await page(path(id)), action);
    for (const overlap of ["0", "24"]) {
      const seen = hiddenFields(await page(path(id)), action);
      const fields = { ...seen, overlap_hours: overlap };
      const [key = ""] = secretsIn(await (await submit(console, action, fields)).text());
      const after = await readApplication(id);
      const again = await submit(console, action, fields);
      expect(again.status).toBe(409);
      const html = await again.text();
      expect(html).toContain("Nothing was changed: the keys have changed since this form was opened.");
      expect(html).not.toContain(key);
      expect(await readApplication(id)).toEqual(after);
    }
    // Not even when the new key was revoked, and the one before is the first in the list again.
    const { keys } = (await readApplication(id)) as { keys: { hmac: { id: string; expires_at: string | null }[] } };
    await submit(console, path(id, "/keys/hmac/end"), { key_id: keys.hmac[0]?.id ?? "" });
    expect(await readApplication(id)).toMatchObject({ keys: { hmac: [keys.hmac[1]] } });
    expect(await page(path(id))).toMatch(
      /The only active key expires <time[^>]*>in 24 hours<\/time>\. Rotate before then\./,
    );
    expect(await page("/console")).toContain("expires in 24 hours without a successor");
    expect((await submit(console, action, { ...form, overlap_hours: "0" })).status).toBe(409);
  });

  it.each(["-1", "169", "x", ""])("is refused with an overlap of “%s” hours", async (hours) => {
    const id = await createApplication();
    const before = await readApplication(id);
    expect((await submit(console, path(id, "/keys/webhook/rotate"), { overlap_hours: hours })).status).toBe(422);
    expect(await readApplication(id)).toEqual(before);
  });

  it("can be ended early, but the last key cannot", async () => {
    const id = await createApplication();
    await submit(console, path(id, "/keys/webhook/rotate"), { overlap_hours: "24" });
    const { keys } = (await readApplication(id)) as { keys: { webhook: { id: string }[] } };
    const [newest, old] = keys.webhook.map((key) => key.id);
    const end = (keyId = "") => submit(console, path(id, "/keys/webhook/end"), { key_id: keyId });
    expect((await end(old)).headers.get("location")).toBe(path(id, "?done=ended"));
    expect(await readApplication(id)).toMatchObject({ keys: { webhook: [{ id: newest }] } });
    expect((await end(newest)).status).toBe(409);
    const again = await end(old);
    expect(again.status).toBe(404);
    expect(await again.text()).toContain("Nothing was changed: this key was already revoked, or has expired.");
  });

  it("asks first, as revoking and deactivating do", async () => {
    const id = await createApplication();
    await submit(console, path(id, "/keys/hmac/rotate"), { overlap_hours: "24" });
    expect(askedActions(await page(path(id)))).toEqual([
      path(id, "/keys/hmac/end"),
      path(id, "/keys/hmac/end"),
      path(id, "/keys/hmac/rotate"),
      path(id, "/keys/webhook/rotate"),
      path(id, "/active"),
    ]);
  });
});
