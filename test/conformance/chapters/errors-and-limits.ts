import assert from "node:assert/strict";
import { assertProblem } from "../morsel.ts";
import { chapter } from "../sentence.ts";

export const errors = chapter("Errors and limits", {
  "An error is a problem document whose type is a page on this service that explains it.": async (morsel) => {
    const response = await morsel.call("/nutrition_records");
    assertProblem(response, 401);
    const page = await morsel.call(new URL(response.body.type).pathname, { headers: { accept: "text/html" } });
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    assert.ok(page.text.includes(response.body.code));
  },
  "Every answer has a request id.": async (morsel) => {
    const ids = await Promise.all(
      ["/healthz", "/nutrition_records", "/no/such/path"].map(async (path) =>
        (await morsel.call(path)).headers.get("x-request-id"),
      ),
    );
    assert.ok(ids.every((id) => id !== null));
    assert.equal(new Set(ids).size, ids.length);
  },
  "An unknown path is a 404 problem.": async (morsel) => assertProblem(await morsel.call("/no/such/path"), 404),
  "Limited routes tell the limit and what is left of it.": async (morsel) => {
    const response = await morsel.call("/nutrition_records", { headers: await morsel.logIn() });
    assert.ok(response.headers.get("ratelimit-policy"));
    assert.ok(response.headers.get("ratelimit"));
  },
  "Too many requests are a 429 with Retry-After, and uploads are limited apart from reads.": async (morsel) => {
    const application = await morsel.createApplication({ rate_limits: { user_uploads_per_minute: 2 } });
    const user = await morsel.logIn("ada", application);
    const answers = [];
    for (let times = 0; times < 4; times += 1) answers.push(await morsel.upload(user));
    const refused = answers.find(({ status }) => status === 429);
    assert.ok(refused !== undefined, answers.map(({ status }) => status).join());
    assertProblem(refused, 429);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal((await morsel.call("/nutrition_records", { headers: user })).status, 200);
  },
  "The OpenAPI document describes the service.": async (morsel) => {
    const { body } = await morsel.call("/openapi.json");
    assert.match(body.openapi, /^3\.1/);
    assert.ok(body.paths["/nutrition_records/image"].post);
  },
});

export const administration = chapter("Administration", {
  "Every /admin route needs an administrator.": async (morsel) => {
    const user = await morsel.logIn();
    for (const headers of [{}, user, { authorization: "Bearer wrong-admin-token-0123" }]) {
      assertProblem(await morsel.call("/admin/applications", { headers }), 401);
    }
  },
  "Applications can be made, listed, read, changed; keys are shown once.": async (morsel) => {
    const made = await morsel.send("POST", "/admin/applications", morsel.admin, { name: "made by the suite" });
    assert.equal(made.status, 201);
    assert.ok(made.body.hmac_key.length >= 16 && made.body.webhook_signature_key.length >= 16);
    const path = `/admin/applications/${made.body.id}`;
    const read = await morsel.call(path, { headers: morsel.admin });
    assert.equal(read.body.name, "made by the suite");
    assert.ok(!read.text.includes(made.body.hmac_key) && !read.text.includes(made.body.webhook_signature_key));
    const changed = await morsel.send("PATCH", path, morsel.admin, { name: "renamed", image_retention_days: 7 });
    assert.equal(changed.body.name, "renamed");
    assert.equal(changed.body.image_retention_days, 7);
    const all = await morsel.call("/admin/applications", { headers: morsel.admin });
    assert.ok(all.body.some((one: { id: number }) => one.id === made.body.id));
  },
  "A key can be rotated: during the overlap both are live, revoking ends the old one now.": async (morsel) => {
    const application = await morsel.createApplication();
    const rotate = `/admin/applications/${application}/keys/hmac`;
    const rotated = await morsel.send("POST", `${rotate}/rotate`, morsel.admin, { overlap_hours: 24 });
    assert.ok(rotated.status < 300, rotated.text);
    await morsel.logIn("ada", application);
    assert.ok((await morsel.send("POST", `${rotate}/revoke`, morsel.admin)).status < 300);
    const body = { application_id: application, application_user_id: "ada", signature: morsel.sign("ada") };
    assertProblem(await morsel.send("POST", "/auth/hmac", {}, body), 401);
  },
  "An end user can be erased, and a receipt stays.": async (morsel) => {
    const application = await morsel.createApplication();
    const user = await morsel.logIn("forget-me", application);
    const { body } = await morsel.manual(user);
    const path = `/admin/applications/${application}/users/forget-me`;
    const receipt = await morsel.send("DELETE", path, morsel.admin);
    assert.ok(receipt.status < 300, receipt.text);
    assert.equal(receipt.body.records, 1);
    const later = await morsel.logIn("forget-me", application);
    assertProblem(await morsel.record(later, body.record_id), 404);
    assert.deepEqual((await morsel.call("/nutrition_records", { headers: later })).body, []);
  },
  "Records of all applications are found by status, application and user.": async (morsel) => {
    const application = await morsel.createApplication();
    const user = await morsel.logIn("find-me", application);
    const { body } = await morsel.manual(user);
    const found = async (query: string): Promise<string[]> => {
      const { body: records } = await morsel.call(`/admin/records?${query}`, { headers: morsel.admin });
      return records.map((record: { record_id: string }) => record.record_id);
    };
    assert.deepEqual(await found(`application_id=${application}&status=completed`), [body.record_id]);
    assert.deepEqual(await found(`application_id=${application}&status=failed`), []);
    assert.deepEqual(await found(`application_id=${application}&q=find-me`), [body.record_id]);
    assert.deepEqual(await found(`q=${body.record_id}`), [body.record_id]);
  },
  "The timeline of a record tells what happened to it, oldest first.": async (morsel) => {
    const { body } = await morsel.manual(await morsel.logIn());
    const path = `/admin/records/${body.record_id}/timeline`;
    const timeline = await morsel.call(path, { headers: morsel.admin });
    assert.equal(timeline.body.record.record_id, body.record_id);
    const times = timeline.body.entries.map(({ at }: { at: string }) => Date.parse(at));
    assert.ok(times.length > 0 && times.every((at: number, index: number) => at >= (times[index - 1] ?? 0)));
  },
  "Usage has counts, latencies, operations and the estimated cost of a time.": async (morsel) => {
    await morsel.manual(await morsel.logIn());
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const { body } = await morsel.call(`/admin/usage?from=${from}`, { headers: morsel.admin });
    assert.ok(body.records.total >= 1 && body.records.statuses.completed >= 1);
    assert.ok("analysis" in body && body.operations.length > 0 && body.estimated_usd >= 0);
    assertProblem(await morsel.call("/admin/usage?from=tomorrow", { headers: morsel.admin }), 422);
  },
  "An application can be deleted, and lets nobody in from then on.": async (morsel) => {
    const application = await morsel.createApplication();
    await morsel.manual(await morsel.logIn("ada", application));
    const receipt = await morsel.send("DELETE", `/admin/applications/${application}`, morsel.admin);
    assert.equal(receipt.status, 202);
    const login = { application_id: application, application_user_id: "ada", signature: morsel.sign("ada") };
    assertProblem(await morsel.send("POST", "/auth/hmac", {}, login), 401);
  },
  "The console needs an administrator, who signs in with the admin token.": async (morsel) => {
    const closed = await morsel.call("/console", { redirect: "manual" });
    assert.equal(closed.status, 303);
    const signIn = await morsel.call("/console/sign-in");
    assert.equal(signIn.status, 200);
    assert.match(signIn.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
  },
});
