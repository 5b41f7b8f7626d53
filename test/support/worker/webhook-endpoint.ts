import { vi } from "vitest";

/** One webhook as it arrived. */
export interface ReceivedWebhook {
  url: string;
  headers: Headers;
  body: string;
}

export const WEBHOOK_URL = "https://hooks.tenant.test.example.com/morsel";

/** Stands in for the outside network: records every outgoing request and answers as the test says. */
export function listenForWebhooks(
  answer: (received: ReceivedWebhook) => Response | Promise<Response> = () => new Response("ok"),
): ReceivedWebhook[] {
  const received: ReceivedWebhook[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const webhook = { url: request.url, headers: request.headers, body: await request.text() };
    received.push(webhook);
    return answer(webhook);
  });
  return received;
}
