import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A request for a completion, as the server got it. */
export interface ChatRequest {
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: unknown }[]; response_format?: unknown };
}

/** A small server that speaks OpenAI's protocol: it lists one model and answers every chat with the same text. */
export interface ChatServerStandIn {
  url: string;
  requests: ChatRequest[];
  /** What it answers from now on. */
  answerWith(status: number, content: string): void;
  close: () => Promise<void>;
}

const MODEL = "stand-in-vision";

export async function startChatServer(content: string): Promise<ChatServerStandIn> {
  const requests: ChatRequest[] = [];
  let result = { status: 200, content };
  const reply = async (request: IncomingMessage): Promise<[number, unknown]> => {
    if (request.url === "/v1/models") return [200, { object: "list", data: [{ id: MODEL, object: "model" }] }];
    if (request.url !== "/v1/chat/completions") return [404, { error: { message: "not found" } }];
    const body = (await json(request)) as ChatRequest["body"];
    requests.push({ authorization: request.headers.authorization, body });
    if (result.status !== 200) return [result.status, { error: { message: result.content } }];
    const message = { role: "assistant", content: result.content };
    return [200, { id: "1", object: "chat.completion", model: body.model, choices: [{ index: 0, message }] }];
  };
  const server = createServer(async (request, response) => {
    const [status, body] = await reply(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerWith: (status, text) => void (result = { status, content: text }),
    async close() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
