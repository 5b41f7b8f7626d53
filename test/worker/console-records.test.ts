import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { jpeg } from "../support/images.ts";
import { formTokenOn, openConsole, submit, type OpenConsole } from "../support/worker/console.ts";
import { deliveryOf } from "../support/worker/record-lives.ts";
import { call, createApplication, finalRecord, logIn, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks, WEBHOOK_URL } from "../support/worker/webhook-endpoint.ts";

const photo = jpeg({ width: 1024, height: 768 });
let applicationId: number;
let ada: { authorization: string };
let admin: OpenConsole;

beforeAll(async () => {
  listenForWebhooks();
  applicationId = await createApplication({ webhook_url: WEBHOOK_URL, name: "Lunch <b>box</b>" });
  ada = await logIn(applicationId);
  admin = await openConsole();
});
afterEach(() => vi.restoreAllMocks());

async function uploaded(): Promise<string> {
  const { record_id: id } = await (await upload(ada, photo)).json<{ record_id: string }>();
  await finalRecord(ada, id);
  return id;
}

const text = async (path: string): Promise<string> => (await admin.get(path)).text();
/** Submits a form and reads the page that it leads to. */
async function follow(path: string, fields: Record<string, string> = {}): Promise<{ page: string; headers: Headers }> {
  const response = await submit(admin, path, fields);
  expect(response.status).toBe(303);
  const there = await admin.get(response.headers.get("location") ?? "");
  return { page: await there.text(), headers: there.headers };
}

describe("the pages of records", () => {
  it("say how records come about while there are none", async () => {
    expect(await text("/console/records")).toContain("No records yet");
    expect(await text("/console/usage")).toContain("No records in this period");
    expect(await text("/console/deliveries")).toContain("No deliveries yet");
  });

  it("list records and find them; what is foreign is only ever text", async () => {
    listenForWebhooks();
    const id = await uploaded();
    const page = await text("/console/records?q=&status=&application_id=");
    expect(page).toContain(`href="/console/records/${id}"`);
    expect(page).toContain("Lunch &lt;b&gt;box&lt;/b&gt;");
    expect(page).not.toContain("<b>box</b>");
    expect(await text(`/console/records?q=${id}`)).toContain(`/console/records/${id}`);
    expect(await text("/console/records?q=nobody")).toContain("No records match");
    // As the hint says: a record's id or its first eight digits, in any letter case.
    for (const q of [id.slice(0, 8), id.toUpperCase(), id.slice(0, 13).toUpperCase()]) {
      expect(await text(`/console/records?q=${q}`)).toContain(`/console/records/${id}`);
    }
    for (const q of [id.slice(0, 7), "ad", "ADA"]) {
      expect(await text(`/console/records?q=${q}`)).not.toContain(`/console/records/${id}`);
    }
    expect((await admin.get("/console/records?status=eaten")).status).toBe(422);
  });

  it("show one record with its timeline and its JSON", async () => {
    listenForWebhooks();
    const id = await uploaded();
    await deliveryOf(applicationId, id, "delivered");
    const page = await text(`/console/records/${id}`);
    for (const part of ["Model call: @test/scripted", "Webhook attempt 1", "USDA", "Raw JSON"]) {
      expect(page.toLowerCase()).toContain(part.toLowerCase());
    }
    expect((await admin.get("/console/records/01932c2e-0000-7000-8000-000000000001")).status).toBe(404);
  });

  it("show the photo to nobody but the session, and let nothing keep it", async () => {
    listenForWebhooks();
    const id = await uploaded();
    const response = await admin.get(`/console/records/${id}/image`);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await response.bytes()).length).toBe(photo.length);
    const stranger = await call(`/console/records/${id}/image`, { redirect: "manual" });
    expect(stranger.status).toBe(303);
  });
});

describe("the pages of webhooks", () => {
  it("send a webhook again and show what came of it", async () => {
    let answer = () => new Response("<script>alert(1)</script>", { status: 500 });
    const webhooks = listenForWebhooks(() => answer());
    const id = await uploaded();
    const { delivery_id: delivery } = await deliveryOf(applicationId, id, "waiting");
    expect(await text(`/console/deliveries?application_id=${applicationId}&status=waiting`)).toContain(delivery);
    expect(await text(`/console/deliveries/${delivery}`)).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    answer = () => new Response("thanks");
    const { page, headers } = await follow(`/console/deliveries/${delivery}/resend`);
    const isThere = page.includes("Resent: 200");
    expect(headers.get("refresh")).toBe(isThere ? null : "2");
    await vi.waitFor(() => expect(webhooks.filter(({ body }) => body.includes(id))).toHaveLength(2));
    await deliveryOf(applicationId, id, "delivered");
    const later = await admin.get(`/console/deliveries/${delivery}?asked=1_${Date.now()}`);
    expect(await later.text()).toContain("Resent: 200");
    expect(later.headers.get("refresh")).toBeNull();

    // The same form again leads to the attempt that it has made, and makes none.
    const again = await submit(admin, `/console/deliveries/${delivery}/resend`, { after: "1" });
    expect(again.headers.get("location")).toMatch(new RegExp(`^/console/deliveries/${delivery}\\?asked=1_`));
    expect(await text(again.headers.get("location") ?? "")).toContain("Resent: 200");
    expect(webhooks.filter(({ body }) => body.includes(id))).toHaveLength(2);
  });

  it("stop waiting for an attempt that never comes", async () => {
    listenForWebhooks();
    const id = await uploaded();
    const { delivery_id: delivery } = await deliveryOf(applicationId, id, "delivered");
    const page = await admin.get(`/console/deliveries/${delivery}?asked=7_${Date.now() - 61_000}`);
    expect(page.headers.get("refresh")).toBeNull();
    expect(await page.text()).toContain("No attempt was made");
  });

  it("recover what did not arrive, and show how far it is", async () => {
    listenForWebhooks();
    const { page } = await follow("/console/deliveries/recover", {
      application_id: String(applicationId),
      hours: "24",
    });
    expect(page).toContain("<progress");
    const refused = await submit(admin, "/console/deliveries/recover", {
      application_id: String(applicationId),
      hours: "5",
    });
    expect(refused.status).toBe(422);
  });

  it("recover once when the form is sent again", async () => {
    listenForWebhooks();
    const page = await text(`/console/deliveries?application_id=${applicationId}`);
    const fields = {
      application_id: String(applicationId),
      hours: "1",
      as_of: / name="as_of" value="(\d+)"/.exec(page)?.[1] ?? "",
    };
    const places: (string | null)[] = [];
    for (let times = 0; times < 2; times++) {
      const response = await submit(admin, "/console/deliveries/recover", fields);
      places.push(response.headers.get("location"));
      await vi.waitFor(async () => expect(await text(places[0] ?? "")).toContain("Finished"));
    }
    expect(places[0]).toMatch(/^\/console\/deliveries\/recoveries\//);
    expect(places[1]).toBe(places[0]);
    const later = { ...fields, as_of: String(Date.now() + 60_000) };
    expect((await submit(admin, "/console/deliveries/recover", later)).status).toBe(422);
  });

  it("never name a time that has passed for the next attempt of an event that is held", async () => {
    listenForWebhooks(() => new Response("down", { status: 500 }));
    const id = await uploaded();
    const { delivery_id: delivery } = await deliveryOf(applicationId, id, "waiting");
    const hold = async (status: string, probeAt: number | null) => {
      await env.DB.prepare("UPDATE deliveries SET status = ?, next_attempt_at = 5000 WHERE event_id = ?")
        .bind(status, delivery)
        .run();
      await env.DB.prepare("INSERT OR REPLACE INTO endpoint_health VALUES (?, 9, 12, 1000, ?, NULL, 'It failed.', 0)")
        .bind(applicationId, probeAt)
        .run();
      const pages = [
        await text(`/console/deliveries/${delivery}`),
        await text(`/console/deliveries?application_id=${applicationId}`),
      ];
      for (const page of pages) expect(page).not.toContain("1970-01-01T00:00:05");
      return pages;
    };
    for (const page of await hold("waiting", null)) expect(page).toContain("due now");
    for (const page of await hold("held", null)) expect(page).toContain("when the endpoint is back");
    for (const page of await hold("held", 500)) expect(page).toContain("next probe: due now");
    for (const page of await hold("held", Date.now() + 60_000)) expect(page).toMatch(/next probe: <time/);
    await env.DB.prepare("DELETE FROM endpoint_health").run();
  });

  it("take no form that another page has made", async () => {
    await formTokenOn(admin);
    const response = await call("/console/deliveries/recover", {
      method: "POST",
      redirect: "manual",
      headers: { cookie: admin.cookie },
      body: new URLSearchParams({ application_id: String(applicationId), hours: "24" }),
    });
    expect(response.status).toBe(403);
  });

  it("tell of an application that is not there", async () => {
    expect((await admin.get("/console/deliveries?application_id=999999")).status).toBe(404);
    expect((await admin.get("/console/deliveries/evt_unknown_3")).status).toBe(404);
  });
});

describe("the page of usage", () => {
  it("tells of the error budget as people count", async () => {
    const page = await text("/console/usage?range=day");
    expect(page).toMatch(/none of \d+ anal[a-z]+ failed or ran late through the service’s own fault; 1 in 200 may/);
  });

  it.each(["day", "week", "month", "quarter", "nonsense"])(
    "draws charts without a style attribute: %s",
    async (range) => {
      listenForWebhooks();
      await uploaded();
      const page = await text(`/console/usage?range=${range}`);
      expect(page.match(/<svg[^>]+role="img"/g)).toHaveLength(4);
      expect(page).not.toMatch(/ style=| on\w+=|<style|<script(?! src=)/);
      expect(page).toContain("As a table");
      expect(page).toContain("@test/scripted");
    },
  );
});
