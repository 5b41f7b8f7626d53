import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { checkUrl } from "../../src/outbound/url-rules.ts";
import { isDnsQuery, PUBLIC_ADDRESS } from "../support/dns.ts";
import { jpeg } from "../support/images.ts";
import { GOOD_URLS, HOSTILE_URLS } from "../support/outbound-urls.ts";
import { ADMIN, call, createApplication, finalRecord, logIn, upload } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const SAVED_URL = "https://saved.example.com/hook";
let applicationId: number;

beforeAll(async () => {
  applicationId = await createApplication({ webhook_url: SAVED_URL });
});
afterEach(() => vi.restoreAllMocks());

const changeUrl = (url: string, id = applicationId) =>
  call(`/admin/applications/${id}`, { method: "PATCH", headers: ADMIN, body: JSON.stringify({ webhook_url: url }) });
const savedUrl = async () =>
  (await (await call(`/admin/applications/${applicationId}`, { headers: ADMIN })).json<{ webhook_url: string }>())
    .webhook_url;

describe("the outbound rules in workerd", () => {
  it("refuse every hostile URL for the same reason as in Node, and pass the good ones", () => {
    for (const [reason, urls] of Object.entries(HOSTILE_URLS)) {
      for (const url of urls) expect(checkUrl(url, false), url).toEqual({ ok: false, error: reason });
    }
    for (const url of GOOD_URLS) expect(checkUrl(url, false).ok, url).toBe(true);
  });
});

describe("a webhook URL that is saved", () => {
  it.each<[string, string, readonly string[]]>([
    ["leads to a private address", "names a host with an address that is not public", ["10.0.0.1"]],
    ["leads to one among public ones", "names a host with an address that is not public", [PUBLIC_ADDRESS, "::1"]],
    ["leads nowhere", "names a host that has no address", []],
  ])("is refused with a sentence when it %s, and the old one stays", async (title, message, addresses) => {
    listenForWebhooks(undefined, () => addresses);
    const response = await changeUrl(`https://${title.replaceAll(" ", "-")}.example.com/`);
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ location: "body.webhook_url", message }] });
    expect(await savedUrl()).toBe(SAVED_URL);
  });

  it("is not accepted unchecked while the name service is down: 503, and the old one stays", async () => {
    vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(null, { status: 502 }));
    const response = await changeUrl("https://unchecked.example.com/");
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ status: 503, code: "temporarily_unavailable", retryable: true });
    expect(await savedUrl()).toBe(SAVED_URL);
    const created = await call("/admin/applications", {
      method: "POST",
      headers: ADMIN,
      body: JSON.stringify({ name: "unchecked", webhook_url: "https://unchecked.example.com/" }),
    });
    expect(created.status).toBe(503);
    expect(await (await call("/admin/applications", { headers: ADMIN })).text()).not.toContain("unchecked");
  });
});

describe("a webhook attempt", () => {
  /** A completed record whose application has an endpoint that nothing has resolved yet, as if it was saved long ago. */
  async function announce(host: string) {
    const id = await createApplication();
    await env.DB.prepare("UPDATE applications SET webhook_url = ? WHERE id = ?").bind(`https://${host}/`, id).run();
    const ada = await logIn(id);
    const accepted = await upload(ada, jpeg({ width: 1024, height: 768 }));
    const { record_id: recordId } = await accepted.json<{ record_id: string }>();
    await finalRecord(ada, recordId);
    return { recordId, deliveries: () => deliveriesOf(id) };
  }

  const deliveriesOf = async (id: number) =>
    (await call(`/admin/applications/${id}/deliveries`, { headers: ADMIN })).json<
      { status: string; attempts: { error: string | null; http_status: number | null }[] }[]
    >();

  it("is refused when the name has come to lead inside, and made again when it leads outside", async () => {
    let addresses = ["169.254.169.254"];
    const received = listenForWebhooks(undefined, () => addresses);
    const { recordId, deliveries } = await announce("rebinding.example.com");
    await vi.waitFor(async () =>
      expect(await deliveries()).toMatchObject([
        {
          attempts: [{ http_status: null, error: "refused: the URL names a host with an address that is not public" }],
        },
      ]),
    );
    expect(received).toEqual([]);

    addresses = [PUBLIC_ADDRESS];
    const later = Date.now() + 60_000;
    vi.spyOn(Date, "now").mockReturnValue(later);
    await runDurableObjectAlarm(env.RECORDS.get(env.RECORDS.idFromName(recordId)));
    expect(received).toHaveLength(1);
    await vi.waitFor(async () => expect(await deliveries()).toMatchObject([{ status: "delivered" }]));
  });

  it("fails, and is made again, when nobody can say where the name leads", async () => {
    const reached: string[] = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const { url } = new Request(input, init);
      if (!isDnsQuery(url)) reached.push(url);
      throw new TypeError("the network is down");
    });
    const { deliveries } = await announce("undecided.example.com");
    await vi.waitFor(async () =>
      expect(await deliveries()).toMatchObject([
        {
          status: "waiting",
          attempts: [{ error: "refused: the URL could not be checked: DNS did not respond" }],
        },
      ]),
    );
    expect(reached).toEqual([]);
  });
});
