import { invalidInput, noSuchModel, notAllowed, outOfCapacity, requestTooLarge } from "./workers-ai-error.ts";

/** A server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio. */
export interface ChatServer {
  /** With or without the `/v1` at its end. */
  url: string;
  /** Null asks the server for the first model that it has. */
  model: string | null;
  apiKey: string | null;
}

/** As much of what a server says as a line of the log can bear. */
const MAX_DETAIL_LENGTH = 300;

const endpoint = ({ url }: ChatServer, path: string): string =>
  `${url.replace(/(?<!\/)\/+$/, "").replace(/\/v1$/, "")}/v1/${path}`;

const headersOf = ({ apiKey }: ChatServer): Record<string, string> => ({
  "content-type": "application/json",
  ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
});

/**
 * What a status of these servers means in Workers AI's codes; the server's own words come along and are read as well.
 */
async function failure(server: ChatServer, response: Response): Promise<Error> {
  const detail = `${server.url} responded ${response.status}: ${(await response.text()).slice(0, MAX_DETAIL_LENGTH)}`;
  switch (response.status) {
    case 400:
    case 422:
      return invalidInput(detail);
    case 401:
    case 403:
      return notAllowed(`LOCAL_VLM_API_KEY is not accepted: ${detail}`);
    case 402:
    case 429:
      // Too many requests for now, or nothing left of what was paid for: only its words tell.
      return new Error(detail);
    case 404:
      return noSuchModel(server.model ?? "", `LOCAL_VLM_MODEL or LOCAL_VLM_URL is wrong: ${detail}`);
    case 413:
      return requestTooLarge(detail);
    default:
      return outOfCapacity(detail);
  }
}

async function firstModel(server: ChatServer, fetcher: typeof fetch): Promise<string> {
  const response = await fetcher(endpoint(server, "models"), { headers: headersOf(server) });
  if (!response.ok) throw await failure(server, response);
  const { data } = (await response.json()) as { data?: { id?: unknown }[] };
  const id = data?.[0]?.id;
  if (typeof id !== "string") throw noSuchModel("", `${server.url} has no model loaded`);
  return id;
}

/**
 * A model that is asked at a server of the user's own. The input goes through as it is, so that it is the production
 * code which builds the request and reads the output.
 */
export function createChatModel(
  server: ChatServer,
  fetcher: typeof fetch,
): (input: Record<string, unknown>) => Promise<unknown> {
  let model = server.model;
  return async (input) => {
    model ??= await firstModel(server, fetcher);
    const response = await fetcher(endpoint(server, "chat/completions"), {
      method: "POST",
      headers: headersOf(server),
      body: JSON.stringify({ model, ...input }),
    });
    if (!response.ok) throw await failure(server, response);
    return response.json();
  };
}
