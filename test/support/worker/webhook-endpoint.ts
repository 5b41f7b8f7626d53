import { vi } from "vitest";
import { respondToDns, isDnsQuery, type Zone } from "../dns.ts";
import { OPERATIONS_URL } from "../operations-endpoint.ts";

/** One webhook as it arrived. */
export interface ReceivedWebhook {
  url: string;
  headers: Headers;
  body: string;
  /** Aborted when the service breaks the request off. */
  signal: AbortSignal | null;
}

/** Where operators hear of things: apart from the webhooks of tenants, which tests count. */
export const operators = {
  received: [] as ReceivedWebhook[],
  answer: (): Response | Promise<Response> => new Response("ok"),
  take(webhook: ReceivedWebhook): Response | Promise<Response> {
    operators.received.push(webhook);
    return operators.answer();
  },
};

export function resetOperators(): void {
  operators.received = [];
  operators.answer = () => new Response("ok");
}

export const WEBHOOK_URL = "https://hooks.tenant.test.example.com/morsel";

/**
 * Stands in for the outside network: records every outgoing request and answers as the test says. `zone` says
 * what names resolve to: a public address unless the test says otherwise.
 */
export function listenForWebhooks(
  answer: (received: ReceivedWebhook) => Response | Promise<Response> = () => new Response("ok"),
  zone?: Zone,
): ReceivedWebhook[] {
  const received: ReceivedWebhook[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (isDnsQuery(request.url)) return Response.json(respondToDns(request.url, zone));
    const { url, headers } = request;
    const webhook = { url, headers, body: await request.text(), signal: init?.signal ?? null };
    if (webhook.url === OPERATIONS_URL) return operators.take(webhook);
    received.push(webhook);
    return answer(webhook);
  });
  return received;
}
