import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { assertProblem, WEBHOOK_KEY, type Morsel } from "../morsel.ts";
import { chapter } from "../sentence.ts";

/** An application whose webhooks come to a path of its own. */
async function endpoint(morsel: Morsel, settings: Record<string, unknown> = {}) {
  const path = `/${randomUUID()}`;
  const application = await morsel.createApplication({ webhook_url: morsel.receiver.url(path), ...settings });
  return { path, application, user: await morsel.logIn("ada", application) };
}

/** One delivered webhook about a completed record. */
const delivered = (morsel: Morsel) =>
  morsel.once("delivered", async () => {
    const { path, application, user } = await endpoint(morsel);
    const id = await morsel.uploaded(user, "?include_ingredients=true&metadata=%7B%22a%22%3A%22b%22%7D");
    const [webhook] = await morsel.receiver.webhooks(path, 1);
    assert.ok(webhook !== undefined);
    return { id, user, application, webhook };
  });

export const webhooks = chapter("Webhooks", {
  "A completed record is announced by one POST of the record as GET gives it.": async (morsel) => {
    const { id, user, webhook } = await delivered(morsel);
    assert.deepEqual(JSON.parse(webhook.body.toString()), (await morsel.record(user, id)).body);
  },
  "A failed record is announced, too.": async (morsel) => {
    const { path, user } = await endpoint(morsel);
    await morsel.uploaded(user, "", "still-life.jpg");
    const [webhook] = await morsel.receiver.webhooks(path, 1);
    assert.equal(JSON.parse(webhook?.body.toString() ?? "{}").status, "failed");
  },
  "The body names the application user.": async (morsel) => {
    const { webhook } = await delivered(morsel);
    assert.equal(JSON.parse(webhook.body.toString()).application_user_id, "ada");
  },
  "x-body-signature is the lower-case hex HMAC-SHA256 of the raw body.": async (morsel) => {
    const { webhook } = await delivered(morsel);
    const expected = createHmac("sha256", WEBHOOK_KEY).update(webhook.body).digest("hex");
    assert.equal(webhook.headers["x-body-signature"], expected);
  },
  "webhook-id, webhook-timestamp and webhook-signature are those of Standard Webhooks.": async (morsel) => {
    const { webhook } = await delivered(morsel);
    const secret = `whsec_${Buffer.from(WEBHOOK_KEY).toString("base64")}`;
    const headers = webhook.headers as Record<string, string>;
    assert.ok(new StandardWebhook(secret).verify(webhook.body.toString(), headers));
  },
  "x-webhook-attempt counts from 1, and user-agent names the project.": async (morsel) => {
    const { webhook } = await delivered(morsel);
    assert.equal(webhook.headers["x-webhook-attempt"], "1");
    assert.match(webhook.headers["user-agent"] ?? "", /^Morsel\/\d/);
  },
  "A failed attempt is repeated after about 5 s with the same id and the same bytes.": async (morsel) => {
    const { path, user } = await endpoint(morsel);
    morsel.receiver.answerWith(path, (request) => ({ status: request === 1 ? 500 : 204 }));
    await morsel.uploaded(user);
    const [first, second] = await morsel.receiver.webhooks(path, 2);
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(second.body, first.body);
    assert.equal(second.headers["webhook-id"], first.headers["webhook-id"]);
    assert.equal(second.headers["x-webhook-attempt"], "2");
    assert.ok(second.at - first.at >= 4_400, `${second.at - first.at} ms`);
  },
  "Redirects are not followed.": async (morsel) => {
    const { path, application, user } = await endpoint(morsel);
    const elsewhere = `${path}-elsewhere`;
    morsel.receiver.answerWith(path, () => ({ status: 307, headers: { location: morsel.receiver.url(elsewhere) } }));
    await morsel.uploaded(user);
    await morsel.receiver.webhooks(path, 2);
    await assert.rejects(morsel.receiver.webhooks(elsewhere, 1, 500));
    assert.ok(application > 0);
  },
  "A synchronous call is announced, too.": async (morsel) => {
    const { path, user } = await endpoint(morsel);
    const response = await morsel.upload(user, "?wait_on_process=true&max_duration_seconds=60");
    assert.equal(response.status, 200);
    const [webhook] = await morsel.receiver.webhooks(path, 1);
    assert.deepEqual(JSON.parse(webhook?.body.toString() ?? "{}"), response.body);
  },
  "An application may ask for processing, updated and canceled, and gets them in order.": async (morsel) => {
    const webhook_events = ["processing", "completed", "failed", "updated", "canceled"];
    const { path, user } = await endpoint(morsel, { webhook_events });
    const id = await morsel.uploaded(user);
    await morsel.finalRecord(user, id);
    await morsel.send("PATCH", `/nutrition_records/${id}`, user, { serving_size: 10 });
    const events = (await morsel.receiver.webhooks(path, 3)).map(({ body }) => JSON.parse(body.toString()).status);
    assert.deepEqual(events, ["processing", "completed", "updated"]);
  },
  "The administrator sees each delivery with its attempts.": async (morsel) => {
    const { id, application } = await delivered(morsel);
    const path = `/admin/applications/${application}/deliveries`;
    const { body } = await morsel.call(path, { headers: morsel.admin });
    const delivery = body.find((one: { record_id: string }) => one.record_id === id);
    assert.ok(delivery !== undefined);
    const detail = await morsel.call(`${path}/${delivery.delivery_id}`, { headers: morsel.admin });
    assert.equal(detail.status, 200, detail.text);
    assert.equal(detail.body.attempts[0].http_status, 204);
    assert.equal(typeof detail.body.attempts[0].latency_ms, "number");
  },
  "A delivery can be sent again, with the same id and the same bytes.": async (morsel) => {
    const { path, application, user } = await endpoint(morsel);
    await morsel.uploaded(user);
    const [first] = await morsel.receiver.webhooks(path, 1);
    const delivery = first?.headers["webhook-id"] as string;
    const resend = `/admin/applications/${application}/deliveries/${delivery}/resend`;
    const response = await morsel.send("POST", resend, morsel.admin);
    assert.ok(response.status === 200 || response.status === 202, response.text);
    const [, again] = await morsel.receiver.webhooks(path, 2);
    assert.equal(again?.headers["webhook-id"], delivery);
    assert.deepEqual(again?.body, first?.body);
  },
  "A signed sample event can be sent.": async (morsel) => {
    const { path, application } = await endpoint(morsel);
    const response = await morsel.send("POST", `/admin/applications/${application}/test`, morsel.admin);
    assert.ok(response.status < 300, response.text);
    const [sample] = await morsel.receiver.webhooks(path, 1);
    const expected = createHmac("sha256", WEBHOOK_KEY)
      .update(sample?.body ?? "")
      .digest("hex");
    assert.equal(sample?.headers["x-body-signature"], expected);
  },
  "A webhook URL obeys the outbound rules when it is saved.": async (morsel) => {
    for (const webhook_url of [
      "https://10.0.0.1/",
      "https://u:p@hooks.example.org/",
      "ftp://hooks.example.org/",
      "x",
    ]) {
      assertProblem(await morsel.send("POST", "/admin/applications", morsel.admin, { name: "x", webhook_url }), 422);
    }
  },
});
